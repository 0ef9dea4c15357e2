"""``manage.py demo`` loads only where it can do no harm."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.published import PASSWORD
from publicity.exposures.models import Exposure
from publicity.pages.models import ExposurePage, HomePage
from tests.casework import START, World
from workflow import api
from workflow.engine.journal_proof import verify
from workflow.models import (
    Approval,
    ArticleCitation,
    Case,
    Deadline,
    Document,
    ItemMove,
    JournalLine,
    Lead,
    Measure,
    PartyMerge,
    PaymentPlan,
    Reminder,
)
from workflow.states import CaseState, LeadState


def test_demo_is_refused_without_debug(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="TIEQUAN_DEBUG"):
        call_command("demo")

    assert not Lead.objects.exists()


def test_accounts_are_listed_only_where_the_demo_runs(db, settings):
    out = StringIO()
    settings.DEBUG = False
    with pytest.raises(CommandError, match="TIEQUAN_DEBUG"):
        call_command("demo", "--accounts", stdout=out)
    assert out.getvalue() == ""

    settings.DEBUG = True
    call_command("demo", "--accounts", stdout=out)

    assert PASSWORD in out.getvalue()


def test_demo_is_refused_beside_real_records(db, settings):
    settings.DEBUG = True
    with clock.at(START):
        World().lead()

    with pytest.raises(CommandError, match="empty database"):
        call_command("demo")

    assert Lead.objects.count() == 1


@pytest.mark.slow  # it walks 800 acts through the engine: half a minute
def test_demo_shows_every_state_and_a_sound_journal(db, settings):
    settings.DEBUG = True
    out = StringIO()

    call_command("demo", stdout=out)

    states = Counter(Case.objects.values_list("state", flat=True))
    assert set(states) == set(CaseState.values)
    assert set(Lead.objects.values_list("state", flat=True)) == set(LeadState.values)
    assert (Case.objects.count(), Lead.objects.count()) == (43, 65)
    assert ExposurePage.objects.released().count() == 12
    assert Exposure.objects.filter(state="withdrawn").count() == 1
    assert list(verify()) == []
    assert "dadukou1" in out.getvalue()
    assert_depth()
    assert_review_waits_for_its_report()


def assert_review_waits_for_its_report() -> None:
    """The bureau of the demo wants the report of the investigation before the review."""
    for case in Case.objects.filter(state="concluded"):
        handler = case.handlers.get(is_lead_handler=True).user
        [refusal] = api.refusals(api.attempt_of(case, "case.submit_review", handler))
        assert (refusal.code, refusal.link) == (
            "document_missing", f"/admin/cases/{case.pk}/documents/add/F35/",
        )  # fmt: skip


def assert_depth() -> None:
    """What goes deeper than the life of a case is there too, and of the right shape."""
    states = Counter(Measure.objects.values_list("state", flat=True))
    assert states == {"ended": 4, "extended": 3, "in_force": 1, "proposed": 1}
    assert set(ItemMove.objects.values_list("kind", flat=True)) == {
        "confiscated", "destroyed", "released",
    }  # fmt: skip
    assert set(Measure.objects.values_list("kind", flat=True)) == {"seize", "preserve"}
    merge = PartyMerge.objects.get()
    assert merge.kept.aliases.filter(name=merge.absorbed.name).exists()
    plan = PaymentPlan.objects.get()
    assert plan.instalments.order_by("due_on")[0].due_on < clock.today()
    late = plan.penalty.payments.get(for_surcharge=True)
    assert late.amount_fen == 10_000_00 * 3 * 3 // 100
    assert Reminder.objects.count() == 1
    assert ArticleCitation.objects.filter(decision__isnull=False).exists()
    simple = Case.objects.filter(procedure=Case.Procedure.SIMPLE)
    assert set(simple.values_list("state", flat=True)) == {"closed", "decided"}
    waiting = Approval.objects.filter(outcome="").values_list("transition", flat=True)
    assert sorted(waiting) == [
        "case.decide", "case.decide", "case.extend", "lead.file", "measure.approve",
        "transfer.approve",
    ]  # fmt: skip
    assert JournalLine.objects.filter(verb="remark.added").count() == 5
    issued = Document.objects.filter(form__code__in=("F13", "F21", "F33"))
    assert {paper.status for paper in issued} == {"issued"}
    assert all(paper.number for paper in issued)
    assert list(Document.objects.exclude(fault="").values_list("form__name", "fault")) == []
    overdue = Deadline.objects.filter(
        state__in=Deadline.OPEN, due_on__lt=clock.today(), rule__lapses=True
    )
    assert not overdue.exists()
    assert HomePage.objects.get().campaign_title
    assert not ExposurePage.objects.released().filter(expires_on=None).exists()
