"""简易程序: decided on the spot, registered, paid, closed; or turned into an ordinary case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import clock
from publicity.exposures.nominate import nominate
from tests.casework import START, World, later, reload
from workflow import api
from workflow.engine.bind import transitions_of
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, Deadline
from workflow.selectors.steps import steps_for
from workflow.services.on_the_spot import hand_in_cash, punish_on_the_spot

DECISION = {
    "place": "大渡口镇老街1号", "facts": "未明码标价。", "breached": "价格法第十三条",
    "basis": "价格法第四十二条", "kind": "fine", "amount_fen": "100", "cards_shown": "on",
    "statement": "无", "collected": "", "collected_reason": "", "receipt": "",
}  # fmt: skip


def punish(world: World, *, party: str = "person", **decision) -> Case:
    return punish_on_the_spot(
        actor=world.handler, unit=world.station, second=world.second,
        party={"kind": party, "name": "王某"}, case={"cause": "未明码标价"},
        decision={**DECISION, **decision},
    )  # fmt: skip


def refused(act) -> list[str]:
    with pytest.raises(TransitionRefused) as caught:
        act()
    return sorted({refusal.code for refusal in caught.value.refusals})


def limits(case: Case) -> dict[str, str]:
    return dict(Deadline.objects.filter(case=case).values_list("code", "state"))


def test_the_whole_short_path(world):
    case = punish(world)

    decision = case.parties.get().decisions.get()
    assert (case.state, case.procedure, decision.status) == ("decided", "simple", "issued")
    assert decision.number == "东市监当罚〔2022〕1号"
    assert decision.services.count() == 1
    assert limits(case)["S1"] == limits(case)["C27"] == "running"
    assert limits(case)["C12"] == "met"

    api.perform(case, "case.register_on_the_spot", actor=world.unit_head)
    case = reload(case)
    assert (case.state, limits(case)["S1"]) == ("enforcing", "met")
    assert refused(lambda: api.perform(case, "case.close_simple", actor=world.handler)) == [
        "not_performed"
    ]
    pay(world, case)
    api.perform(case, "case.close_simple", actor=world.handler)
    case = reload(case)
    assert (case.state, case.closure_ground, limits(case)["C27"]) == ("closed", "performed", "met")


def pay(world, case):
    from workflow.services.case_file import record_payment

    penalty = case.parties.get().decisions.get().penalties.get()
    record_payment(
        penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
    )


@pytest.mark.parametrize(
    ("kind", "yuan", "fits"),
    [
        ("person", "200", True), ("person", "200.01", False),
        ("enterprise", "3000", True), ("enterprise", "3000.01", False),
        ("individual_business", "3000", True),
    ],
)  # fmt: skip
def test_the_fine_is_small_for_whom_it_is(world, kind, yuan, fits):
    if fits:
        assert punish(world, party=kind, amount_fen=yuan).state == "decided"
    else:
        assert refused(lambda: punish(world, party=kind, amount_fen=yuan)) == ["too_high"]
        assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("day", "yuan", "fits"),
    [(14, "50", True), (14, "50.01", False), (15, "50.01", True), (15, "200", True)],
)
def test_the_threshold_is_the_one_of_the_day(db, day, yuan, fits):
    with clock.at(START.replace(year=2021, month=7, day=day)):
        world = World()
        if fits:
            assert punish(world, amount_fen=yuan).state == "decided"
        else:
            assert refused(lambda: punish(world, amount_fen=yuan)) == ["too_high"]


def test_a_warning_is_carried_out_at_once(world):
    case = punish(world, kind="warning", amount_fen="")

    assert case.parties.get().decisions.get().penalties.get().performed_on == clock.today()
    assert "C27" not in limits(case)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"collected": "small", "receipt": "皖财1"}, []),
        ({"collected": "small"}, ["receipt"]),
        ({"collected": "small", "receipt": "皖财1", "amount_fen": "100.01"}, ["not_small"]),
        ({"collected": "hard", "receipt": "皖财1", "amount_fen": "150"}, ["why_taken"]),
        (
            {"collected": "hard", "receipt": "皖财1", "amount_fen": "150",
             "collected_reason": "流动摊贩"},
            [],
        ),
    ],
)  # fmt: skip
def test_cash_is_taken_only_where_the_law_lets(world, changes, codes):
    if codes:
        assert refused(lambda: punish(world, **changes)) == codes
        return
    case = punish(world, **changes)

    assert limits(case)["S2"] == "running"
    assert limits(case)["C27"] == "met"
    api.perform(case, "case.register_on_the_spot", actor=world.unit_head)
    assert refused(lambda: api.perform(case, "case.close_simple", actor=world.handler)) == [
        "not_handed_in"
    ]
    hand_in_cash(case, actor=world.handler, handed_in_on=clock.today())
    assert limits(case)["S2"] == "met"
    assert refused(lambda: hand_in_cash(case, actor=world.handler, handed_in_on=clock.today())) == [
        "no_cash"
    ]
    api.perform(case, "case.close_simple", actor=world.handler)
    assert reload(case).state == "closed"


def test_cash_is_not_handed_in_before_it_was_taken(world):
    case = punish(world, collected="small", receipt="皖财1")
    day = clock.today() - timedelta(days=1)

    assert refused(lambda: hand_in_cash(case, actor=world.handler, handed_in_on=day)) == [
        "wrong_day"
    ]


def test_the_other_officer_is_qualified_too(world):
    world.person("second", "handler", world.station, name="无证", qualification_no="")

    assert refused(lambda: punish(world)) == ["two_handlers"]


def test_a_handler_does_not_register_and_steps_are_those_of_the_procedure(world):
    case = punish(world)
    head = world.person("both", "unit_head", world.station, name="兼任")

    names = [step.transition.name for step in steps_for(case, head)]

    assert "case.register_on_the_spot" in names
    assert "case.enforce" not in names
    assert refused(lambda: api.perform(case, "case.enforce", actor=world.handler)) == [
        "wrong_state"
    ]


@pytest.fixture
def opened(world) -> Case:
    """A simple case of a lead, not decided yet."""
    lead = world.verifying()
    filing = world.filing()
    data = {name: filing[name] for name in ("title", "cause", "party_kind")}
    api.perform(lead, "lead.file_simple", actor=world.handler, data=data)
    return Case.objects.get(lead=lead)


def test_a_lead_turns_to_the_simple_procedure(world, opened):
    assert (opened.procedure, opened.state) == ("simple", "investigating")

    api.perform(opened, "case.decide_on_the_spot", actor=world.handler, data=DECISION)

    assert reload(opened).state == "decided"


def test_complex_facts_make_an_ordinary_case(world, opened):
    assert refused(lambda: api.perform(opened, "case.conclude", actor=world.handler)) == [
        "wrong_state"
    ]

    case = world.signed(opened, "case.convert", {"reason": "还涉及无证经营"})

    assert (case.procedure, case.state) == ("ordinary", "investigating")
    names = {step.transition.name for step in steps_for(case, world.handler)}
    assert "case.conclude" in names
    assert "case.decide_on_the_spot" not in names


def test_no_step_of_an_ordinary_case_is_one_of_the_short_path(world):
    case = world.investigating()
    simple = {
        b.transition.name for b in transitions_of("case") if b.transition.procedure == "simple"
    }

    assert simple == {
        "case.decide_on_the_spot", "case.register_on_the_spot", "case.close_simple", "case.convert",
    }  # fmt: skip
    for name in sorted(simple - {"case.convert"}):
        assert refused(lambda name=name: api.perform(case, name, actor=world.handler)) == [
            "wrong_state"
        ]


def test_the_graph_of_each_procedure_leads_to_the_end(db):
    """From the first state every procedure reaches 归档 by its own steps alone."""
    for procedure in ("ordinary", "simple"):
        steps = [
            b.transition for b in transitions_of("case")
            if b.transition.procedure in ("", procedure)
        ]  # fmt: skip
        reached, grown = {"investigating"}, True
        while grown:
            more = {t for s in steps if set(s.sources) & reached for t in s.targets}
            grown, reached = not more <= reached, reached | more
        assert {"closed", "archived"} <= reached


def test_a_simple_case_is_not_exposed(world):
    case = punish(world)

    assert "simple_procedure" in refused(lambda: nominate(case, actor=world.handler, reason="典型"))


def test_the_clock_of_registration_counts_working_days(world):
    case = punish(world)
    with later(days=3):
        deadline = Deadline.objects.get(case=case, code="S1")

    assert deadline.rule.unit == "working_day"


def test_the_page_punishes_and_keeps_what_was_typed(client, world):
    client.force_login(world.handler)
    address = reverse("workflow_on_the_spot")
    data = {
        **DECISION, "unit": world.station.pk, "second": world.second.pk, "party_kind": "person",
        "name": "王某", "cause": "未明码标价", "amount_fen": "200.01",
    }  # fmt: skip

    assert client.get(address).status_code == 200
    wrong = client.post(address, data)
    assert (wrong.status_code, "大渡口镇老街1号" in wrong.content.decode()) == (422, True)
    assert not Case.objects.exists()
    done = client.post(address, {**data, "amount_fen": "200"})

    case = Case.objects.get()
    assert done.url == reverse("workflow_case:inspect", args=[case.pk])
    page = client.get(done.url, {"tab": "parties"})
    assert "东市监当罚〔2022〕1号" in page.content.decode()


def test_the_step_offers_articles(client, world, opened):
    client.force_login(world.handler)
    address = reverse("workflow_case:step", args=[opened.pk, "case.decide_on_the_spot"])

    assert 'id="cw-articles"' in client.get(address).content.decode()
    assert client.post(address, {**DECISION, "seen": opened.version}).status_code == 302
    assert reload(opened).state == "decided"
