"""A reminder and an application to the court bear the number of the paper made here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import later
from workflow.engine.refusals import TransitionRefused
from workflow.engine.subjects import about_record
from workflow.models import DocumentForm, Service
from workflow.services import documents
from workflow.services.execution import apply_to_court, remind

WRITTEN = {
    "F48": {"应履行义务": "缴纳罚款五千元", "缴款方式": "到银行缴纳"},
    "F49": {"受理法院": "东至县人民法院", "申请事项": "强制执行", "履行情况": "未履行"},
}


def paper_of(world, row, code):
    form = DocumentForm.objects.get(code=code)
    draft = documents.save_draft(
        form, about_record(row.case, case_party=row), actor=world.handler, written=WRITTEN[code]
    )
    return documents.issue_document(draft, actor=world.handler)


def post(client, name, case, decision, **data):
    url = reverse(f"workflow_case:{name}", args=[case.pk, decision.pk])
    return client.post(url, data)


@pytest.mark.parametrize("made", [True, False])
def test_a_reminder_takes_the_number_of_its_paper_or_one_of_its_own(client, world, made):
    case = world.enforcing()
    row = case.parties.get()
    decision = row.decisions.get()
    client.force_login(world.handler)
    with later(days=17):
        paper = paper_of(world, row, "F48") if made else None
        post(
            client, "remind", case, decision, paper=paper.pk if paper else "", receiver="店主",
            acted_at=f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}", method="direct",
        )  # fmt: skip

    reminder = decision.reminders.get()
    service = Service.objects.latest("pk")
    assert service.paper == paper
    assert reminder.number in service.document
    assert (paper is None) or reminder.number == paper.number
    offered = client.get(reverse("workflow_case:remind", args=[case.pk, decision.pk]))
    assert list(offered.context["form"].fields["paper"].queryset) == []  # a paper goes out once


@pytest.mark.parametrize(("days", "codes"), [(-1, ["not_issued"]), (0, [])])
def test_the_court_is_asked_with_a_paper_that_is_issued(world, days, codes):
    case = world.enforcing()
    row = case.parties.get()
    decision = row.decisions.get()
    with later(days=17):
        remind(decision, actor=world.handler, served_at=clock.now(), receiver="店主")
    found = []
    with later(days=200):
        paper = paper_of(world, row, "F49")
        on = clock.today() + timedelta(days=days)
        try:
            application = apply_to_court(
                decision, actor=world.handler, court="东至县人民法院", applied_on=on, paper=paper
            )
        except TransitionRefused as refused:
            found = [refusal.code for refusal in refused.refusals]
        else:
            assert application.number == paper.number

    assert found == codes
