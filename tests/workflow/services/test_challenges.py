"""复议 and 诉讼 by level: what follows what, the windows, and when an outcome takes effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.challenging import filed, latest, limits, refused, settled
from workflow.guards.execution import Account
from workflow.models import Challenge, Deadline
from workflow.services import challenges, execution


def test_the_levels_follow_one_another(world):
    case = world.enforcing()
    first = filed(world, case)
    assert refused(lambda: filed(world, case, "lawsuit")) == [("open_already", "")]
    assert refused(lambda: filed(world, case, "lawsuit", previous=first)) == [
        ("wrong_level", "kind")
    ]
    settled(world, first, "upheld")
    assert refused(lambda: filed(world, case, "appeal", previous=first)) == [
        ("wrong_level", "kind")
    ]

    suit = filed(world, case, "lawsuit", previous=first)
    settled(world, suit, "upheld", instrument="judgment")
    assert refused(lambda: filed(world, case, "retrial", previous=suit)) == [
        ("wrong_level", "kind")
    ]
    appeal = filed(world, case, "appeal", previous=suit)
    assert refused(lambda: filed(world, case, "appeal", previous=suit)) == [("next_exists", "")]
    settled(world, appeal, "upheld")
    retrial = filed(world, case, "retrial", previous=reload(appeal))

    assert [c.kind for c in Challenge.objects.order_by("pk")] == [
        "reconsideration", "lawsuit", "appeal", "retrial",
    ]  # fmt: skip
    assert [reload(c).is_open for c in (first, suit, appeal, retrial)] == [
        False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "outcome", "codes"),
    [("reconsideration", "remanded", [("no_such_outcome", "outcome")]),
     ("reconsideration", "changed", [("parts_missing", "outcome")])],
)  # fmt: skip
def test_an_outcome_fits_its_level(world, kind, outcome, codes):
    case = world.enforcing()
    challenge = filed(world, case, kind)

    assert refused(lambda: settled(world, challenge, outcome)) == codes
    assert reload(challenge).outcome == ""
    settled(world, challenge, "dismissed")
    assert refused(lambda: settled(world, reload(challenge), "upheld")) == [("settled", "")]


def test_a_case_sent_back_begins_again_at_the_first_instance(world):
    case = world.enforcing()
    suit = filed(world, case, "lawsuit")
    settled(world, suit, "revoked", instrument="judgment")
    appeal = filed(world, case, "appeal", previous=suit)
    settled(world, appeal, "remanded")
    assert Challenge.objects.open().count() == 2
    assert latest(case).status == "issued"

    again = filed(world, case, "lawsuit", previous=appeal)
    settled(world, again, "withdrawn", instrument="ruling")

    assert not Challenge.objects.open().exists()
    assert latest(case).status == "issued"


@pytest.mark.parametrize(
    ("field", "days", "code"),
    [("filed_on", 1, "in_the_future"), ("filed_on", -1, "too_early"),
     ("accepted_on", 1, "in_the_future"), ("notified_on", -1, "too_early")],
)  # fmt: skip
def test_days_of_a_level_are_in_order(world, field, days, code):
    decision = latest(world.enforcing())
    data = {"filed_on": clock.today(), field: clock.today() + timedelta(days=days)}

    assert refused(
        lambda: challenges.file_challenge(
            decision, actor=world.handler, kind="lawsuit", body="法院", **data
        )
    ) == [(code, field)]


def test_a_reconsideration_leaves_fifteen_days_to_sue(world):
    case = world.enforcing()  # served on 1 March 2022
    with later(days=9):
        first = filed(world, case)
    assert limits(case, "C29a", "C29b") == [
        ("C29a", "met", date(2022, 5, 5)), ("C29b", "met", date(2022, 9, 1)),
    ]  # fmt: skip
    with later(days=40):
        settled(world, first, "upheld", served_on=clock.today())
        assert limits(case, "J1") == [("J1", "running", date(2022, 4, 25))]
        account = Account(latest(case))
        assert account.court_from == date(2022, 4, 25)
    with later(days=50):
        filed(world, case, "lawsuit", previous=first)
    assert limits(case, "J1") == [("J1", "met", date(2022, 4, 25))]
    assert Deadline.objects.get(code="J1").rule.confidence == "unverified"


def test_a_reconsideration_taken_back_leaves_the_usual_time_to_sue(world):
    case = world.enforcing()
    first = filed(world, case)
    settled(world, first, "withdrawn")

    assert limits(case, "C29b", "J1") == [("C29b", "running", date(2022, 9, 1))]
    assert Account(latest(case)).court_from == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("instrument", "codes", "due"),
    [("judgment", ("J2", "J4"), (16, 18)), ("ruling", ("J3", "J5"), (11, 14))],
)
def test_judgment_and_ruling_are_appealed_in_their_own_times(world, instrument, codes, due):
    case = world.enforcing()
    suit = filed(world, case, "lawsuit")
    with later(days=2):
        settled(
            world, suit, "dismissed", instrument=instrument,
            served_on=date(2022, 3, 3), received_on=date(2022, 3, 3),
        )  # fmt: skip
        assert [row[0] for row in limits(case, "J2", "J3", "J4", "J5")] == [*codes]
        last = Deadline.objects.get(code=codes[0]).due_on
        assert last == date(2022, 3, 18 if instrument == "judgment" else 14)
        assert refused(
            lambda: challenges.take_effect(suit, actor=world.handler, effective_on=clock.today())
        ) == [("window_open", "effective_on")]
    with later(days=30):
        challenges.take_effect(suit, actor=world.handler, effective_on=last + timedelta(days=1))
    assert {row[1] for row in limits(case, *codes)} == {"cancelled"}
    assert reload(suit).effective_on == last + timedelta(days=1)


def test_the_bureau_answers_in_time(world):
    case = world.enforcing()
    first = filed(world, case)
    assert limits(case, "J6") == []

    challenges.amend_challenge(
        first, actor=world.handler, file_number="复〔2022〕3号", accepted_on=clock.today(),
        notified_on=clock.today(), enforcement_suspended=True,
    )  # fmt: skip

    assert limits(case, "J6") == [("J6", "running", date(2022, 3, 11))]
    assert Deadline.objects.get(code="J6").obliged == "bureau"
    settled(world, reload(first), "upheld")
    assert refused(
        lambda: challenges.amend_challenge(reload(first), actor=world.handler, file_number="x")
    ) == [("settled", "")]
    suit = filed(world, case, "lawsuit", previous=reload(first), notified_on=clock.today())
    assert limits(case, "J6", "J7") == [
        ("J6", "met", date(2022, 3, 11)), ("J7", "running", date(2022, 3, 16)),
    ]  # fmt: skip
    assert suit.enforcement_suspended is False


def test_execution_stands_still_only_where_it_was_suspended(world):
    case = world.enforcing()
    first = filed(world, case)
    with later(days=17):
        now = clock.now()
        challenges.amend_challenge(first, actor=world.handler, enforcement_suspended=True)
        remind = {"actor": world.handler, "served_at": now, "receiver": "店主"}
        assert refused(lambda: execution.remind(latest(case), **remind)) == [("suspended", "")]
        challenges.amend_challenge(reload(first), actor=world.handler, enforcement_suspended=False)
        assert execution.remind(latest(case), **remind).fine_fen == 500_000
