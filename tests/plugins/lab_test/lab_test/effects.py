from __future__ import annotations

from django.apps import apps


def note_sample(attempt, line) -> None:
    samples = apps.get_model("lab_test.Sample").objects
    samples.create(case=attempt.record, lab=attempt.data["lab"], sent_at=line.acted_at)


def note_return(attempt, line) -> None:
    attempt.record.samples.filter(returned_at=None).update(returned_at=line.acted_at)


def put_in_report(attempt, line) -> None:
    attempt.record.samples.update(in_report=True)
