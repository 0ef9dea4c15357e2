"""Whatever column of a record or its papers changes while an approval waits: it is void."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models, transaction

from accounts import clock
from tests.casework import START, reload
from tests.citing import broken
from tests.remembered import remembered
from tests.workflow import measures
from tests.workflow.guards.test_part_transfers import go_on, sent, two_parties
from workflow import api
from workflow.models import (
    Article,
    ArticleCitation,
    Case,
    CaseParty,
    Decision,
    Lead,
    Measure,
    MeasureItem,
    Notice,
    Penalty,
    Transfer,
)
from workflow.models.papers import BOOKKEEPING
from workflow.models.record import Record
from workflow.services import case_file
from workflow.services.side import propose_transfer

#: What the tables demand beside a changed column.
BESIDE = {
    (Decision, "kind"): {"kind": "no_penalty", "ground": "minor"},
    (Decision, "status"): {"status": "issued", "number": "X", "decided_at": START},
    (Transfer, "whole"): {"whole": False, "part": "王二部分"},
    (Transfer, "lead"): {"lead": 10**9, "case": None},
    (Transfer, "case"): {"lead": 10**9, "case": None},
    (Penalty, "kind"): {"kind": "gains"},
}


@remembered
def proposed_lead(world):
    lead = world.verifying()
    return api.propose(lead, "lead.file", actor=world.handler, data=world.filing())


@remembered
def proposed_notice(world):
    case = world.reviewed()
    world.draft_notice(case)
    return api.propose(reload(case), "case.notify", actor=world.handler)


@remembered
def proposed_decision(world):
    return api.propose(world.deliberating(), "case.decide", actor=world.handler)


@remembered
def proposed_transfer(world):
    transfer = propose_transfer(
        world.investigating(), actor=world.handler, kind="criminal", authority=world.police,
        facts="涉嫌生产、销售不符合安全标准的产品罪", team=[world.handler, world.second],
    )  # fmt: skip
    return api.propose(transfer, "transfer.approve", actor=world.handler)


@remembered
def proposed_measure(world):
    return api.pending_of(measures.propose(world))[0]


#: What waits, and the models whose every column it rests on but those left out.
WAITING = {
    proposed_lead: {Lead: frozenset()},
    proposed_notice: {
        Case: frozenset(), Notice: BOOKKEEPING[Notice], Penalty: BOOKKEEPING[Penalty],
    },
    proposed_decision: {Decision: BOOKKEEPING[Decision], Penalty: BOOKKEEPING[Penalty]},
    proposed_transfer: {Transfer: frozenset()},
    proposed_measure: {Measure: frozenset(), MeasureItem: MeasureItem.UNFROZEN},
}  # fmt: skip


def columns(model, without) -> list[models.Field]:
    if issubclass(model, Record):
        without = model.BOOKKEEPING | model.unfrozen
    fields = model._meta.concrete_fields
    return [field for field in fields if not field.primary_key and field.name not in without]


def another(row, field: models.Field):
    """A value of the column that is not the one it has."""
    old = getattr(row, field.attname)
    if isinstance(field, models.BooleanField):
        return not old
    if field.choices:
        return next(value for value, _label in field.flatchoices if value not in (old, ""))
    if isinstance(field, models.ForeignKey):
        rows = field.related_model._base_manager.exclude(pk=old).order_by("pk")
        nowhere = None if old and field.null else 10**9
        return rows.values_list("pk", flat=True).first() or nowhere
    if isinstance(field, models.DateTimeField):
        return (old or datetime.fromisoformat("2022-02-01T09:00+08:00")) - timedelta(days=3)
    if isinstance(field, models.DateField):
        return date(2021, 1, 1)
    if isinstance(field, models.CharField | models.TextField):
        return f"{old}改"[-(field.max_length or 100) :]
    return (old or 0) + 1


def fingerprint_with(record, row, field: models.Field) -> str:
    """Of the record, were that column of the row another; nothing stays changed."""
    values = BESIDE.get((type(row), field.name)) or {field.attname: another(row, field)}
    with transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        found = reload(record).fingerprint()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("waiting", WAITING, ids=lambda waiting: waiting.__name__)
def test_every_column_of_what_waits_is_frozen(world, waiting):
    """A new column is frozen by itself, or named among those that are not."""
    approval = waiting(world)
    record = apps.get_model(approval.record_type)._base_manager.get(pk=approval.record_id)
    before = record.fingerprint()

    left_open = [
        f"{model.__name__}.{field.name}"
        for model, without in WAITING[waiting].items()
        for field in columns(model, without)
        if fingerprint_with(record, model._base_manager.latest("pk"), field) == before
    ]

    assert (before, left_open) == (approval.fingerprint, [])


def redrafted_notice(world, case, **changes):
    wording = {
        "facts": "销售三无玩具 30 件。", "reasons": "违反产品质量法第二十七条。",
        "basis": "产品质量法第五十四条", "hearing_right": False,
        "penalties": [{"kind": "fine", "amount_fen": 500_000}],
    }  # fmt: skip
    case_file.draft_notice(case.parties.get(), actor=world.handler, **wording | changes)


@pytest.mark.parametrize(("changes", "outcome"), [
    ({}, ""),
    ({"penalties": [{"kind": "fine", "amount_fen": 5_000_000}]}, "voided"),
    ({"reasons": "情节严重。"}, "voided"),
    ({"hearing_right": True}, "voided"),
])  # fmt: skip
def test_notice_drafted_anew_between_signatures(world, changes, outcome):
    approval = api.sign(proposed_notice(world), actor=world.unit_head, opinion="同意")

    redrafted_notice(world, Case.objects.get(), **changes)

    assert reload(approval).outcome == outcome


@pytest.mark.parametrize(("changes", "outcome"), [
    ({}, ""),
    ({"party_identity": "另一家店"}, "voided"),
    ({"performance": "三年内缴纳"}, "voided"),
    ({"remedies": "不得申请复议"}, "voided"),
    ({"authority": "别的机关"}, "voided"),
])  # fmt: skip
def test_decision_drafted_anew_between_signatures(world, changes, outcome):
    approval = api.sign(proposed_decision(world), actor=world.unit_head, opinion="同意")
    row = CaseParty.objects.get()
    names = ("kind", "party_identity", "facts", "basis", "performance", "remedies", "authority")
    fields = {name: getattr(row.decisions.get(), name) for name in names} | changes

    case_file.draft_decision(
        row, actor=world.handler, fields=fields, citations=broken(),
        penalties=[{"kind": "fine", "amount_fen": 500_000}],
    )  # fmt: skip

    assert reload(approval).outcome == outcome


def test_article_moved_from_one_penalty_to_another_voids(world):
    """The same articles as before, but another penalty rests on them."""
    case = world.reviewed()
    first, second = Article.objects.in_force(clock.today())[:2]
    fines = [{"kind": "warning", "article": first}, {"kind": "criticism", "article": second}]
    redrafted_notice(world, case, penalties=fines)
    approval = api.propose(reload(case), "case.notify", actor=world.handler)
    one, other = ArticleCitation.objects.filter(penalty__isnull=False).order_by("pk")

    one.article, other.article = other.article, one.article
    one.save(), other.save()

    assert reload(case).fingerprint() != approval.fingerprint


def test_team_and_parties_of_a_transfer_are_frozen(world):
    approval = proposed_transfer(world)
    transfer = Transfer.objects.get()

    found = []
    for change in (
        lambda: transfer.team.remove(world.second),
        lambda: transfer.parties.add(CaseParty.objects.get()),
    ):
        change()
        found.append(transfer.fingerprint())

    assert len({approval.fingerprint, *found}) == 3


def test_what_waits_for_a_signature_is_void_when_the_police_take_a_party_or_let_it_go(world):
    case = two_parties(world)
    seen = [reload(case).fingerprint()]
    transfer = sent(world, case, "handed_over")
    seen.append(reload(case).fingerprint())
    go_on(world, transfer, "refuse")
    seen.append(reload(case).fingerprint())

    assert (seen[0] == seen[1], seen[0] == seen[2]) == (False, True)
