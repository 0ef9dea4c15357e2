"""``manage.py deadline``: one question, or a year of files at once."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("deadline", *args, stdout=out)
    return out.getvalue()


def ask(*args):
    return json.loads(run(*args, "--json"))


@pytest.fixture
def batch(tmp_path):
    def batch(*lines):
        file = tmp_path / "questions.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        file.write_bytes(b"\n".join(raw))
        return [json.loads(line) for line in run("--batch", str(file)).splitlines()]

    return batch


def test_json_has_what_was_promised():
    found = ask(
        "C12", "--from", "2021-04-28", "--pause", "2021-05-17:2021-05-20:检验",
        "--extend", "30@2021-07-01",
    )  # fmt: skip

    assert list(found) == [
        "code", "due", "rule_version", "counted", "skipped", "source", "warnings", "explanation",
    ]  # fmt: skip
    assert set(found["skipped"][0]) == {"date", "reason"}
    assert (found["code"], found["due"], found["counted"]) == ("C12", "2021-08-30", 120)
    assert found["rule_version"] == "C12@2019-04-01"
    assert found["skipped"][0]["date"] == "2021-05-17"
    assert "检验" in found["skipped"][0]["reason"]
    assert "程序暂行规定" in found["source"]
    assert found["warnings"] == []
    assert "2021-08-30" in found["explanation"]


@pytest.mark.parametrize("code", ["T2", "T5", "T6", "T7", "T8", "T9"])
def test_calendar_days_of_the_transfer_regulation_are_said_to_be_a_reading(code):
    found = ask(code, "--from", "2021-08-27")

    assert found["due"] == "2021-08-30"
    assert found["warnings"] == ["“三日”法条未定义为工作日，从严按自然日计算。"]
    assert ask("C18", "--from", "2021-08-02")["warnings"] == []  # careful too, without a note


def test_hour_clock_answers_with_a_moment():
    assert ask("C17", "--from", "2021-04-28T09:00")["due"] == "2021-04-29T09:00"
    assert ask("T3", "--from", "2021-04-28T09:00:30Z")["due"] == "2021-04-29T17:00:30"


def test_running_pause_and_dateless_clock_answer_null():
    assert ask("C12", "--from", "2021-04-28", "--pause", "2021-05-17:")["due"] is None
    assert ask("C28", "--from", "2021-04-28")["due"] is None


def test_time_of_day_is_dropped_for_day_clocks():
    assert ask("C4", "--from", "2021-08-02T23:59")["due"] == "2021-08-09"


def test_words_for_people():
    text = run("C1", "--from", "2026-12-28")

    assert "2027-01-18" in text
    assert "  ! " in text


@pytest.mark.parametrize(
    "args",
    [
        ("C99", "--from", "2021-04-28"),
        ("C29", "--from", "2021-04-28"),
        ("C12",),
        (),
        ("C12", "--from", "2021-04-28", "--batch", "-"),
        ("C12", "--from", "2021-02-30"),
        ("C12", "--from", "28.4.2021"),
        ("C12", "--from", "２０２１-04-28"),
        ("C12", "--from", "0001-01-01"),
        ("C12", "--from", "2021-04-28", "--pause", "2021-05-17"),
        ("C12", "--from", "2021-04-28", "--pause", "2021-05-17:2021-05-01"),
        ("C12", "--from", "2021-04-28", "--extend", "0"),
        ("C12", "--from", "2021-04-28", "--extend", "thirty"),
        ("C12", "--from", "2021-04-28", "--extend", "30@soon"),
        ("--batch", "/no/such/file"),
        ("C12", "--batch", "-"),
        ("--batch", "-", "--pause", "2021-05-17:"),
    ],
)
def test_question_that_cannot_be_answered_is_refused_in_a_sentence(args):
    with pytest.raises(CommandError) as caught:
        run(*args)

    assert str(caught.value)


def test_variants_are_named():
    with pytest.raises(CommandError, match="C29a, C29b"):
        run("C29", "--from", "2021-04-28")


#: Good lines and every kind of bad one, as they may come from another system.
LINES = (
    {"id": 1, "code": "C4", "from": "2021-08-02"},
    {"id": "b", "code": "C12", "from": "2021-04-28", "pauses": ["2021-05-17:"]},
    {"id": 3, "code": "C12", "from": "2021-04-28", "extend": [30, "20@2021-07-01"]},
    {"id": 4, "code": "C99", "from": "2021-04-28"},
    b"{not json",
    b"",
    b"\xff\xfe",
    b"[1, 2]",
    {"id": 5, "code": "C12"},
    {"id": 6, "code": "C12", "from": "2021-04-28", "extend": [True]},
    {"id": 7, "code": "C12", "from": "2021-04-28", "pauses": "2021-05-17:"},
    {"id": 8, "code": "C12", "from": "2021-04-28", "extend": [1.5]},
    {"id": "\ud800", "code": "C4", "from": "2021-08-02"},
    {"id": 9, "code": "C4", "from": "2021-08-02", "pauses": None, "extend": None},
    b"[" * 100_000,
    {"id": 10, "code": "C4", "from": "2021-08-02", "extend": 30},
    b'{"id": 11, "code": "C12", "from": "2021-04-28", "extend": [NaN]}',
    b'{"id": NaN, "code": "C4", "from": "2021-08-02"}',
    b'{"id": 1e999, "code": "C4", "from": "2021-08-02"}',
    {"id": {"a": [1]}, "code": "C4", "from": "2021-08-02"},
    {"code": "C4", "from": "2021-08-02"},
    {"id": 12, "code": "C4", "form": "2021-08-02"},
    {"id": 13, "code": "C" * 10_000_000, "from": "2021-08-02"},
    {"id": 14, "code": "C4", "from": "2021-08-02", "pauses": [["2021-08-03:"]]},
    {"id": 15, "code": "C29", "from": "2021-08-02"},
    b'{"id": 16, "code": "C4", "code": "C5", "from": "2021-08-02"}',
    b'\xef\xbb\xbf{"id": 17, "code": "C4", "from": "2021-08-02"}\r',
    {"id": "last", "code": "C4", "from": "2021-08-02"},
)


def test_batch_answers_line_by_line_and_a_bad_line_stops_nothing(batch):
    found = batch(*LINES)

    assert [row["id"] for row in found] == [
        1, "b", 3, 4, None, None, None, 5, 6, 7, 8, "\ud800", 9, None, 10, 11, None, None, None,
        None, 12, 13, 14, 15, 16, 17, "last",
    ]  # fmt: skip
    answered = [row["id"] for row in found if "error" not in row]
    assert answered == [1, "b", 3, "\ud800", 9, 17, "last"]
    assert [row["due"] for row in found if "due" in row] == [
        "2021-08-09", None, "2021-09-15", *["2021-08-09"] * 4,
    ]  # fmt: skip
    assert all(row.keys() == {"id", "error"} for row in found if "error" in row)
    assert all(len(row["error"]) < 200 for row in found if "error" in row)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("code", 12), ("code", None), ("code", ["C4"]), ("code", ""), ("from", 20210802),
        ("from", ""), ("from", "2021-08-02T25:00"), ("from", "2021-13-01"), ("pauses", "x"),
        ("pauses", {}), ("pauses", [1]), ("pauses", ["2021-08-03"]), ("pauses", [None]),
        ("extend", {}), ("extend", "30"), ("extend", [30.0]), ("extend", [None]), ("extend", [0]),
        ("extend", [-1]), ("extend", [10**30]), ("extend", ["1@"]), ("extend", [[1]]),
    ],
)  # fmt: skip
def test_one_wrong_value_makes_the_line_an_error_with_its_id(batch, key, value):
    good = {"id": "q", "code": "C4", "from": "2021-08-02", "pauses": [], "extend": []}

    [answer, refused] = batch(good, {**good, key: value})

    assert answer["due"] == "2021-08-09"
    assert refused.keys() == {"id", "error"}
    assert refused["id"] == "q"


def test_key_that_is_not_known_is_left_out_and_named(batch):
    """A list from another system may say more; a misspelt key is not passed over in silence."""
    asked = {"id": 1, "code": "C4", "from": "2021-08-02"}

    [plain, told] = batch(asked, {**asked, "extends": [5]})

    assert told == {**plain, "warnings": [told["warnings"][0]]}
    assert plain["warnings"] == []
    assert "extends" in told["warnings"][0]


def test_json_is_one_line_in_chinese():
    text = run("C12", "--from", "2021-04-28", "--json")

    assert text.count("\n") == 1
    assert "办案期限" in text


def test_batch_answers_exactly_as_a_single_question(batch):
    question = {"id": 1, "code": "C18", "from": "2021-04-02", "pauses": ["2021-04-10:2021-04-12:x"]}

    one = ask("C18", "--from", "2021-04-02", "--pause", "2021-04-10:2021-04-12:x")

    assert batch(question) == [{"id": 1, **one}]


def test_a_year_of_files_reads_rules_and_calendar_once(batch, django_assert_max_num_queries):
    lines = [{"id": n, "code": "C12", "from": "2021-04-28"} for n in range(300)]

    with django_assert_max_num_queries(4):
        assert len(batch(*lines)) == 300
