"""What happened in the demo happened in a lawful order, apart from what is late on purpose."""

from __future__ import annotations

import pytest

from tests.workflow.demo.content import CASES, EXPOSURES, LEADS, Entry, served

#: Calendar days that hold five or seven working days whatever holidays lie between.
FIVE_WORKING_DAYS = 16
SEVEN_WORKING_DAYS = 17

by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["key"])


def fall(*days: int | None) -> bool:
    """Whether the days ago never grow; what did not happen is left out."""
    happened = [day for day in days if day is not None]
    return happened == sorted(happened, reverse=True)


def ago(entry: Entry | None) -> int | None:
    return entry["days_ago"] if entry else None


@by_case
def test_the_file_grows_in_order(case: Entry) -> None:
    lead = next(lead for lead in LEADS if lead["key"] == case["lead"])
    assert fall(lead["received_days_ago"], case["filed_days_ago"], case["concluded_days_ago"],
                case["submitted_days_ago"], ago(case["closure"]), ago(case["archive"]))  # fmt: skip
    # 程序规定 art. 18: fifteen working days of verification, three weeks at least.
    assert lead["received_days_ago"] - case["filed_days_ago"] <= 21
    assert all(e["days_ago"] <= lead["received_days_ago"] for e in case["evidence"])
    for review in case["reviews"]:
        assert fall(case["submitted_days_ago"], review["started_days_ago"],
                    review["finished_days_ago"])  # fmt: skip


@by_case
def test_no_party_is_punished_before_it_was_heard(case: Entry) -> None:
    """行政处罚法 arts. 44, 45, 62, 64: notice, window or waiver, hearing, then the decision."""
    passed = [r["finished_days_ago"] for r in case["reviews"] if r["outcome"] == "agree"]
    for party in case["parties"]:
        notice, hearing, decision = party["notice"], party["hearing"], party["decision"]
        if notice is None:
            assert decision is None
            continue
        answer = notice["answer"]
        begun = case["deliberation"]["started_days_ago"] if case["deliberation"] else None
        assert fall(passed[0], notice["served_days_ago"], answer["days_ago"], begun, ago(decision))
        if begun is not None and answer["kind"] == "lapsed":
            assert notice["served_days_ago"] - begun >= FIVE_WORKING_DAYS
        assert bool(hearing) == (answer["kind"] == "hearing")
        if hearing:
            held = hearing["held_days_ago"]
            met = held if held is not None else -hearing["planned_in_days"]
            assert hearing["notice_served_days_ago"] - met >= SEVEN_WORKING_DAYS
            assert hearing["presider"] not in case["handlers"]


@by_case
def test_decisions_are_made_in_ninety_days_served_and_paid(case: Entry) -> None:
    """行政处罚法 art. 60; hearings and transfers stop the clock."""
    stopped = case["transfers"] or any(party["hearing"] for party in case["parties"])
    for party in case["parties"]:
        decision = party["decision"]
        if decision is None:
            continue
        assert stopped or case["filed_days_ago"] - decision["days_ago"] <= 90
        brought = served(party, "decision")
        assert fall(decision["days_ago"], brought, *(p["days_ago"] for p in party["payments"]))
        if brought is None:
            assert case["state"] == "decided"
        elif party["payments"] and not party["instalment"]:
            assert brought - party["payments"][0]["days_ago"] <= 15


@by_case
def test_amounts_agree(case: Entry) -> None:
    for party in case["parties"]:
        if not party["decision"]:
            continue
        assert party["decision"]["changed_from_proposed"] == (
            party["decision"]["penalties"] != party["proposed"]["penalties"]
        )
        if case["state"] in {"closed", "archived"}:
            owed = sum(p["amount_fen"] or 0 for p in party["decision"]["penalties"])
            paid = sum(p["fine_fen"] + p["confiscation_fen"] for p in party["payments"])
            assert owed == paid


@by_case
def test_a_defence_never_makes_the_fine_heavier(case: Entry) -> None:
    """行政处罚法 art. 45."""
    for party in case["parties"]:
        if party["decision"]:
            assert _sum(party["decision"]) <= _sum(party["proposed"])


def _sum(part: Entry) -> int:
    return sum(penalty["amount_fen"] or 0 for penalty in part["penalties"])


@by_case
def test_what_is_late_says_so(case: Entry) -> None:
    open_states = {"investigating", "concluded", "reviewing", "noticed"}
    if case["state"] in open_states and not case["transfers"] and not case["reopened"]:
        assert (case["filed_days_ago"] > 90) == ("C12" in case["overdue"])


@pytest.mark.parametrize("exposure", EXPOSURES, ids=lambda exposure: exposure["key"])
def test_nothing_is_exposed_before_the_decision_was_served(exposure: Entry) -> None:
    case = next(case for case in CASES if case["key"] == exposure["case"])
    days = exposure["days_ago"]
    brought = [served(party, "decision") for party in case["parties"]]
    steps = ("nominate", "draft", "check", "approve", "release", "withdraw")
    assert None not in brought
    assert fall(min(day for day in brought if day is not None), *(days.get(s) for s in steps))
    pending = case["challenge"] and not case["challenge"]["outcome"]
    assert not (exposure["state"] == "released" and pending)
    assert bool(exposure["withdrawal"]) == (exposure["state"] == "withdrawn")
