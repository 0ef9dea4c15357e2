"""Measures on goods: who lets them happen, which limits run, how they end."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.measures import FIELDS, TOYS, carry_out, give_back, in_force, propose, sign
from workflow import api
from workflow.api import TransitionRefused
from workflow.models import (
    Campaign,
    Case,
    Category,
    Deadline,
    JournalLine,
    Measure,
    ViolationType,
)
from workflow.services import case_file, measures


def codes(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def limits(measure) -> dict[str, Deadline]:
    rows = Deadline.objects.filter(record_type="workflow.measure", record_id=measure.pk)
    return {row.code: row for row in rows}


def test_a_measure_is_proposed_signed_carried_out(world):
    measure = propose(world)
    assert (measure.state, measure.number, measure.decided_at) == (
        "proposed", "东市监强〔2022〕1号", None,
    )  # fmt: skip
    assert limits(measure) == {}

    measure = carry_out(world, sign(world, measure))

    assert (measure.state, measure.keeper, measure.place) == ("in_force", "吴承办", "大渡口所仓库")
    assert [(s.from_keeper, s.to_keeper) for s in measure.custody.all()] == [
        ("某某县小星星玩具店", "吴承办")
    ]
    assert {code: row.due_on for code, row in limits(measure).items()} == {"C18": date(2022, 3, 31)}
    verbs = JournalLine.objects.filter(case=measure.case, record_type="workflow.measure")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "measure.proposed", "approval.proposed", "approval.signed", "measure.approve",
        "measure.carry_out",
    ]  # fmt: skip


def test_preservation_has_seven_working_days_and_its_own_number(world):
    measure = in_force(world, kind="preserve", power="apl-56")

    assert measure.number == "东市监登保〔2022〕1号"
    assert {code: row.due_on for code, row in limits(measure).items()} == {"C16": date(2022, 3, 10)}


@pytest.mark.parametrize(("hours", "state"), [(23, "met"), (25, "late_met")])
def test_made_on_the_spot_the_approval_is_due_within_24_hours(world, hours, state):
    measure = propose(world, on_spot=True)
    assert (measure.state, limits(measure)["C17"].state) == ("provisional", "running")

    with later(hours=hours):
        measure = sign(world, measure)

    assert (measure.state, limits(measure)["C17"].state) == ("in_force", state)
    assert limits(measure)["C18"].is_open


def test_what_the_leader_does_not_approve_goes_back_at_once(world):
    measure = propose(world, on_spot=True)
    approval = api.Approval.objects.get(record_id=measure.pk, transition="measure.ratify")
    api.send_back(approval, actor=world.unit_head, reason="不应查扣")

    api.perform(measure, "measure.revoke", actor=world.handler, data={"reason": "未获批准"})

    measure = reload(measure)
    assert (measure.state, measure.outcome) == ("ended", "revoked")
    assert measure.items.get().held == 0
    assert {row.state for row in limits(measure).values()} == {"met"}


@pytest.mark.parametrize("missing", ["place", "keeper", "witness"])
def test_on_the_spot_says_where_who_and_before_whom(world, missing):
    case = world.investigating()

    with pytest.raises(TransitionRefused) as refused:
        propose(world, case, on_spot=True, **{missing: ""})

    assert [(r.code, r.field) for r in refused.value.refusals] == [("missing", missing)]
    assert not Measure.objects.exists()


def test_without_a_list_nothing_is_carried_out(world):
    measure = sign(world, propose(world, items=()))

    with pytest.raises(TransitionRefused) as refused:
        carry_out(world, measure)
    assert codes(refused) == ["no_items"]

    measures.list_items(measure, actor=world.handler, items=[TOYS])
    assert carry_out(world, reload(measure)).state == "in_force"


def test_two_handlers_with_a_certificate_carry_it_out(world):
    case = world.investigating()
    world.second.qualification_no = ""
    world.second.save()

    with pytest.raises(TransitionRefused) as refused:
        propose(world, case)
    assert codes(refused) == ["two_handlers"]

    world.second.qualification_no = "皖99999999"
    world.second.save()
    assert propose(world, case).state == "proposed"


@pytest.mark.parametrize(
    ("who", "code"), [("stranger", "out_of_scope"), ("unit_head", "no_permission")]
)
def test_only_a_handler_proposes(world, who, code):
    case = world.investigating()

    with pytest.raises(TransitionRefused) as refused:
        measures.impose_measure(
            case, actor=getattr(world, who), case_party=case.parties.get(), fields=FIELDS,
            items=[TOYS],
        )  # fmt: skip

    assert codes(refused) == [code]


def category(world, *laws: str) -> Category:
    campaign = Campaign.objects.create(
        code="2022", name="铁拳", year=2022, starts_on="2022-01-01", ends_on="2022-12-31"
    )
    kind = ViolationType.objects.create(code="toys", name="玩具")
    return Category.objects.create(
        campaign=campaign, number=1, code="toys", name="劣质玩具", violation_type=kind,
        lead_unit=world.squad, laws=[{"law": law} for law in laws],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("law", "power", "refused"),
    [
        ("中华人民共和国产品质量法", "pql-18", []),
        ("中华人民共和国价格法", "pql-18", ["power_not_lawful"]),
        ("中华人民共和国价格法", "apl-56", []),
    ],
)
def test_a_category_offers_only_its_lawful_powers(world, law, power, refused):
    case = world.investigating()
    Case.objects.filter(pk=case.pk).update(category=category(world, law))
    kind = "preserve" if power == "apl-56" else "seize"

    try:
        propose(world, reload(case), power=power, kind=kind)
        said = []
    except TransitionRefused as error:
        said = [refusal.code for refusal in error.refusals]

    assert said == refused


def test_unfair_competition_needs_the_city_level(world):
    case = world.investigating()

    with pytest.raises(TransitionRefused) as refused:
        propose(world, case, power="aucl-13")
    assert codes(refused) == ["superior_approval_missing"]

    measure = propose(world, case, power="aucl-13", superior_approval="池市监批〔2022〕3号")
    assert measure.basis == "《中华人民共和国反不正当竞争法》第十三条"


def test_lifting_gives_everything_back_and_ends_the_limit(world):
    measure = in_force(world)

    with later(days=3):
        data = {"ground": "unrelated", "reason": "与违法行为无关", "receiver": "店主"}
        measure = world.signed(measure, "measure.lift", data)

    item = measure.items.get()
    assert (measure.state, measure.outcome) == ("ended", "lifted")
    assert (item.held, item.moved()) == (0, {"released": 30})
    assert limits(measure)["C18"].state == "met"


def test_a_measure_that_is_not_carried_out_is_dropped(world):
    measure = sign(world, propose(world))

    api.perform(measure, "measure.drop", actor=world.handler, data={"reason": "已自行召回"})

    assert reload(measure).state == "dropped"


def test_a_case_is_not_closed_over_goods_that_are_held(world):
    case = world.investigating()
    measure = in_force(world, case)
    case = enforced(world, case)
    data = {"ground": "performed", "reason": "罚款已缴清。"}

    with pytest.raises(TransitionRefused) as refused:
        world.signed(case, "case.close", data)
    assert codes(refused) == ["goods_held"]
    assert f"/cases/{case.pk}/?tab=measures" in refused.value.refusals[0].link

    give_back(world, measure.items.get(), 30)
    assert world.signed(reload(case), "case.close", data).state == "closed"


def enforced(world, case):
    """The case decided, served and paid."""
    world.__dict__["investigating"] = lambda **more: case
    case = world.enforcing()
    penalty = case.parties.get().decisions.latest("round").penalties.get()
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
    )
    return reload(case)
