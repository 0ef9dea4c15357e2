"""执行: plans, surcharges, reminders and the court."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from tests.casework import later, reload
from workflow.engine.refusals import TransitionRefused
from workflow.guards.execution import Account
from workflow.guards.surcharge import surcharge
from workflow.models import CourtApplication, Deadline, Decision, Service
from workflow.services import case_file, challenges
from workflow.services.execution import (
    apply_to_court,
    record_court_outcome,
    record_surcharge,
    remind,
)

START = date(2022, 1, 1)
days = st.integers(0, 120).map(lambda n: START + timedelta(days=n))
money = st.lists(st.tuples(days, st.integers(1, 10**7)), max_size=4)
stops = st.lists(
    st.tuples(days, st.none() | st.integers(0, 60)).map(
        lambda pair: (pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
    ),
    max_size=3,
)


def slow(fine, due, paid, halts, until):
    """Day by day, as the law says it."""
    hundredths = 0
    day = START
    while day <= until:
        stopped = any(start <= day and (end is None or day <= end) for start, end in halts)
        owed = sum(fen for when, fen in due if when < day)
        owed -= sum(fen for when, fen in paid if when < day)
        if not stopped and owed > 0:
            hundredths += 3 * owed
        day += timedelta(days=1)
    return min(hundredths // 100, fine)


@given(fine=st.integers(1, 10**9), due=money, paid=money, halts=stops, until=days)
def test_surcharge_is_that_of_a_slow_loop_over_the_days(fine, due, paid, halts, until):
    assert surcharge(fine, due=due, paid=paid, stops=halts, until=until) == slow(
        fine, due, paid, halts, until
    )


def test_a_payment_counts_from_the_day_after_and_a_challenge_stops_the_days():
    due = [(date(2022, 1, 10), 1_000_000)]
    paid = [(date(2022, 1, 12), 500_000)]
    halts = [(date(2022, 1, 14), date(2022, 1, 15))]

    assert surcharge(1_000_000, due=due, paid=paid, stops=halts, until=date(2022, 1, 16)) == (
        30_000 + 30_000 + 15_000 + 15_000
    )


def decision_of(case) -> Decision:
    return case.parties.get().decisions.get()


def refused(act) -> list[str]:
    with pytest.raises(TransitionRefused) as caught:
        act()
    return sorted(refusal.code for refusal in caught.value.refusals)


def pay(world, case, fen):
    penalty = decision_of(case).penalties.get()
    case_file.record_payment(penalty, actor=world.handler, amount_fen=fen, paid_on=clock.today())


def reminded(world, case, **more):
    return remind(
        decision_of(case), actor=world.handler, served_at=clock.now(), receiver="店主", **more
    )


def test_a_reminder_comes_after_the_last_day_and_keeps_what_is_owed(world):
    case = world.enforcing()

    with later(days=15):
        assert refused(lambda: reminded(world, case)) == ["not_overdue"]
    with later(days=17):
        reminder = reminded(world, case)

    assert (reminder.fine_fen, reminder.surcharge_fen) == (500_000, 30_000)
    assert Service.objects.filter(document__contains=reminder.number).exists()
    limit = Deadline.objects.get(case=case, code="C30")
    assert (limit.state, limit.rule.unit) == ("running", "working_day")
    assert not Deadline.objects.filter(case=case, code="C31").exists()


def asked(world, case):
    return apply_to_court(
        decision_of(case), actor=world.handler, court="县人民法院", applied_on=clock.today()
    )


def test_the_court_is_asked_after_reminder_and_challenge_period_within_three_months(world):
    case = world.enforcing()
    with later(days=20):
        assert refused(lambda: asked(world, case)) == ["no_reminder", "too_early"]
    with later(days=165):
        reminded(world, case)
        assert refused(lambda: asked(world, case)) == ["reminder_runs", "too_early"]
    with later(days=183):
        assert refused(lambda: asked(world, case)) == ["too_early"]
    with later(days=300):
        assert refused(lambda: asked(world, case)) == ["too_late"]
    with later(days=190):
        application = asked(world, case)
        assert refused(lambda: asked(world, case)) == ["applied_already"]

    assert (application.fine_fen, application.surcharge_fen) == (500_000, 500_000)


def test_a_late_reminder_starts_the_three_months(world):
    case = world.enforcing()
    with later(days=190):
        reminded(world, case)
        account = Account(decision_of(case))

    limit = Deadline.objects.get(case=case, code="C31")
    assert (limit.state, limit.due_on) == ("running", account.court_until)
    with later(days=210):
        asked(world, case)
    limit.refresh_from_db()
    assert limit.state == "met"


def test_a_pending_challenge_keeps_the_court_out_and_stops_the_surcharge(world):
    case = world.enforcing()
    decision = decision_of(case)
    with later(days=16):
        challenge = challenges.file_challenge(
            decision, actor=world.handler, kind="lawsuit", body="法院", filed_on=clock.today()
        )
    with later(days=190):
        account = Account(decision_of(case))
        assert account.surcharge(clock.today()) == 0
        assert "challenge_pending" in refused(lambda: asked(world, case))
        challenges.settle_challenge(
            challenge, actor=world.handler, outcome="upheld", outcome_on=clock.today()
        )
    with later(days=195):
        assert Account(decision_of(case)).surcharge(clock.today()) == 0
    with later(days=210):
        challenges.take_effect(challenge, actor=world.handler, effective_on=clock.today())
    with later(days=212):
        account = Account(decision_of(case))
        assert account.surcharge(clock.today()) == 30_000
        assert account.court_from == clock.today() - timedelta(days=2)


def test_the_courts_end_is_a_ground_to_close(world):
    case = world.enforcing()
    data = {"ground": "court_ended", "reason": "终结执行"}
    with later(days=170):
        reminded(world, case)
    with later(days=190):
        assert refused(lambda: world.signed(case, "case.close", data)) == ["court_not_ended"]
        application = asked(world, case)
        record_court_outcome(
            application, actor=world.handler, outcome="ended", outcome_on=clock.today()
        )
        assert refused(
            lambda: record_court_outcome(
                application, actor=world.handler, outcome="granted", outcome_on=clock.today()
            )
        ) == ["settled"]
        case = world.signed(reload(case), "case.close", data)

    assert case.state == "closed"


PLAN = "2022-04-01 2000\n2022-05-01 3,000.00"


def plan(world, case, schedule=PLAN):
    penalty = decision_of(case).penalties.get()
    data = {"penalty": penalty, "schedule": schedule, "reason": "经营困难"}
    return world.signed(case, "case.grant_plan", data)


def test_a_plan_moves_the_last_day_and_the_surcharge_follows_it(world):
    case = plan(world, world.enforcing())

    account = Account(decision_of(case))
    assert [(part.due_on, part.amount_fen) for part in account.plan] == [
        (date(2022, 4, 1), 200_000), (date(2022, 5, 1), 300_000),
    ]  # fmt: skip
    limit = Deadline.objects.get(case=case, code="C27")
    assert limit.due_on == date(2022, 5, 5)  # 1 May is a holiday
    assert account.surcharge(date(2022, 4, 1)) == 0
    assert account.surcharge(date(2022, 4, 3)) == 2 * 6_000
    assert account.court_from == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("schedule", "codes"),
    [
        ("2022-04-01 2000", ["wrong_sum"]),
        ("2022-04-01 2000\n2022-04-01 3000", ["wrong_order"]),
        ("2022-05-01 2000\n2022-04-01 3000", ["wrong_order"]),
        ("2022-02-01 5000", ["past_day"]),
        ("2022-04-01", ["invalid"]), ("2022-04-01 1.005", ["invalid"]),
        ("2022-13-01 5000", ["invalid"]), ("2022-04-01 NaN", ["invalid"]),
        ("2022-04-01 1e9999", ["invalid"]),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_add_up_is_refused(world, schedule, codes):
    case = world.enforcing()

    assert refused(lambda: plan(world, case, schedule)) == codes


def test_what_is_paid_of_the_surcharge_is_not_paid_of_the_fine(world):
    case = world.enforcing()
    penalty = decision_of(case).penalties.get()
    with later(days=17):
        act = {"actor": world.handler, "paid_on": clock.today()}
        assert refused(lambda: record_surcharge(penalty, amount_fen=30_001, **act)) == ["overpaid"]
        record_surcharge(penalty, amount_fen=30_000, **act)
        data = {"ground": "performed", "reason": "缴清"}
        assert refused(lambda: world.signed(case, "case.close", data)) == ["not_performed"]
        pay(world, case, 500_000)
        assert world.signed(reload(case), "case.close", data).state == "closed"


def test_pages_of_execution(client, world):
    case = world.enforcing()
    decision = decision_of(case)
    client.force_login(world.handler)
    page = reverse("workflow_case:inspect", args=[case.pk])
    with later(days=190):
        said = client.get(page, {"tab": "execution"}).content.decode()
        assert reverse("workflow_case:remind", args=[case.pk, decision.pk]) in said
        now = clock.now().strftime("%Y-%m-%dT%H:%M")
        done = client.post(
            reverse("workflow_case:remind", args=[case.pk, decision.pk]),
            {"acted_at": now, "method": "direct", "receiver": "店主"},
        )
        assert done.status_code == 302
    with later(days=210):
        said = client.get(page, {"tab": "execution"}).content.decode()
        address = reverse("workflow_case:apply_to_court", args=[case.pk, decision.pk])
        assert address in said
        client.post(address, {"court": "县人民法院", "applied_on": clock.today()})
        application = CourtApplication.objects.get()
        address = reverse("workflow_case:court_outcome", args=[case.pk, application.pk])
        assert client.get(address).status_code == 200
        client.post(address, {"outcome": "granted", "outcome_on": clock.today()})
    application.refresh_from_db()
    assert application.outcome == "granted"


def test_the_tab_asks_as_often_for_three_parties_as_for_one(world):
    from workflow.models import CaseParty, Party, Penalty
    from workflow.selectors.execution import standings_of

    case = world.enforcing()
    counted = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as queries:
            standings_of(case)
        counted.append(len(queries))
        party = Party.objects.create(kind="person", name=f"当事人{number}")
        row = CaseParty.objects.create(case=case, party=party, order=number)
        first = decision_of_first(case)
        other = Decision.objects.create(
            case_party=row, round=1, kind="penalty", status="issued", number=f"号{number}",
            decided_at=first.decided_at, facts="", basis="", remedies="", authority="",
            party_identity="", drafted_by=world.handler,
        )  # fmt: skip
        Penalty.objects.create(decision=other, kind="fine", amount_fen=100)
        Service.objects.create(
            case_party=row, decision=other, method="direct", served_at=clock.now(),
            receiver="某", recorded_by=world.handler,
        )  # fmt: skip

    assert counted[0] == counted[2]


def decision_of_first(case) -> Decision:
    return case.parties.order_by("order").first().decisions.get()
