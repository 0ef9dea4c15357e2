"""What is asked and the law does not give: ceilings, second extensions, pauses without ground."""

from __future__ import annotations

import pytest

from tests.workflow.clocks.asking import ask, codes, due


@pytest.mark.parametrize(
    ("code", "start", "extensions", "expected", "said"),
    [
        # 行政强制法 25: thirty days more at most, in one step or in two
        ("C18", "2021-06-03", [(30, None)], "2021-08-02", []),
        ("C18", "2021-06-03", [(31, None)], "2021-08-02", ["over_ceiling"]),
        (
            "C18",
            "2021-06-03",
            [(20, None), (20, None)],
            "2021-08-02",
            ["over_ceiling", "too_many_extensions"],
        ),
        # 程序规定 18: fifteen working days once
        (
            "C1",
            "2021-08-02",
            [(15, None)] * 2,
            "2021-09-13",
            ["over_ceiling", "too_many_extensions"],
        ),
        # 程序规定 64: thirty by a leader; what the joint discussion then fixes has no ceiling
        ("C12", "2021-04-28", [(45, None)], "2021-08-26", ["over_ceiling"]),
        ("C12", "2021-04-28", [(30, "2021-07-01"), (40, None)], "2021-10-08", []),
        # 程序规定 55: as long as the leader says
        ("C22", "2021-08-02", [(20, None)], "2021-09-13", []),
        # no extension in the law at all: counted as entered, and said
        ("C5", "2021-08-02", [(5, None)], "2021-08-18", ["extension_without_ground"]),
        ("C31", "2021-08-31", [(1, None)], "2021-12-31", ["extension_without_ground"]),
        ("C38a", "2021-08-02", [(1, None)], "2024-08-02", ["extension_without_ground"]),
        # 行政处罚法 66: a leader grants a plan
        ("C27", "2021-08-02", [(30, "2021-08-10")], "2021-09-16", []),
    ],
)
def test_extension_counts_up_to_the_ceiling_of_the_law(code, start, extensions, expected, said):
    answer = ask(code, start, extensions=extensions)

    assert (due(answer), codes(answer)) == (expected, said)


def test_what_goes_beyond_the_ceiling_is_named_with_the_date_it_would_give():
    answer = ask("C18", "2021-06-03", extensions=[(31, None)])

    assert "2021-08-03" in answer.warnings[0].render()
    assert [given.amount for given in answer.applied] == [30]
    assert "60" in answer.steps[2].render()


def test_extension_granted_before_the_limit_began_is_said():
    answer = ask("C12", "2021-04-28", extensions=[(30, "2021-04-27")])

    assert (due(answer), codes(answer)) == ("2021-08-26", ["granted_early"])


def test_running_pause_leaves_what_the_ceiling_allows():
    answer = ask("C18", "2021-06-03", pauses=[("2021-06-10", None)], extensions=[(40, None)])

    assert (due(answer), answer.left, codes(answer)) == (None, 54, ["over_ceiling"])


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("C12", "听证", []),
        ("C12", "检验期间告知书：12号", []),
        ("C12", "天气", []),  # words that name no ground are taken as they are
        ("C18", "检测", []),
        ("C18", "中止调查", ["pause_without_ground"]),  # 行政强制法 25: tests alone
        ("C1", "hearing", ["pause_without_ground"]),
        ("C5", "", ["pause_without_ground"]),
    ],
)
def test_pause_for_a_reason_the_law_does_not_name_is_said(code, reason, said):
    answer = ask(code, "2021-08-02", pauses=[("2021-08-03", "2021-08-03", reason)])

    assert [skip.kind for skip in answer.skipped][:1] == ["pause"]
    assert codes(answer) == said


@pytest.mark.parametrize("code", ["C2", "C14", "C28", "T1"])
def test_clock_without_date_says_that_what_was_entered_is_left_out(code):
    assert codes(ask(code, "2021-08-02", extensions=[(5, None)])) == ["left_out"]
    assert codes(ask(code, "2021-08-02", pauses=[("2021-08-03", None)])) == ["left_out"]
    assert codes(ask(code, "2021-08-02")) == []


def test_rolled_days_are_not_told_twice():
    """Sixty days end on 1 October: the holidays are the way to the working day, no more."""
    steps = [step.code for step in ask("C29a", "2021-08-02").steps]

    assert steps == ["rule", "start", "rolled", "due"]
