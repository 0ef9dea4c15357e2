from __future__ import annotations

from django.urls import reverse

from workflow.api import Refusal, guard


@guard(reads="record")
def evidence_was_taken(attempt):
    if attempt.record.evidence.exists():
        return None
    return Refusal("nothing_to_test", "先提取样品，再送检。")


@guard(reads="record", law="产品质量法第十五条")
def every_sample_has_a_result(attempt):
    for sample in attempt.record.samples.filter(result=""):
        link = reverse("plugins:lab_test:sample", args=[sample.pk])
        yield Refusal("result_missing", f"{sample.lab}的检验结果尚未录入。", link=link)
