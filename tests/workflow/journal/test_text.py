from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from workflow.engine.journal_text import UnfitForJournalError, canonical, plain, plain_data
from workflow.models import Lead

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("无证\n经营", "无证\n经营"),
        (Lead.DeclineGround.MINOR, "minor"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(9, 30), "09:30:00"),
        (datetime(2026, 3, 2, 12, tzinfo=SHANGHAI), "2026-03-02T04:00:00.000000+00:00"),
        (timedelta(days=1), "P1DT00H00M00S"),
        (Decimal("1E+3"), "1000"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (User(pk=3, name="王小明"), {"id": 3, "label": "王小明"}),
        ([1, (2, "b")], [1, [2, "b"]]),
        ({"b", "a"}, ["a", "b"]),
        ({"b": 1, "a": {"d": None}}, {"a": {"d": None}, "b": 1}),
    ],
)
def test_plain_keeps_one_form(value, kept):
    assert plain(value) == kept


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        Decimal("NaN"),
        b"bytes",
        datetime(2026, 3, 2),  # noqa: DTZ001 -- naive is the case
        object(),
        io.StringIO("x"),
        SimpleUploadedFile("a.pdf", b"x"),
        User(name="not saved"),
        {1: "a key that is no text"},
        {"\x00": 1},
        "\x9f",
    ],
)
def test_plain_refuses_what_has_no_stable_form(value):
    with pytest.raises(UnfitForJournalError):
        plain(value)


def test_plain_keeps_long_text_as_a_digest():
    text = "字" * 501

    kept = plain_data({"short": "字" * 500, "long": text})

    assert kept == {
        "long": {"sha256": hashlib.sha256(text.encode()).hexdigest(), "length": 501},
        "short": "字" * 500,
    }


def test_plain_translates_a_label_once():
    with override("en"):
        assert plain(gettext_lazy("yes")) == "yes"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(json_values, json_values)
def test_canonical_differs_exactly_when_values_differ(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (canonical(one) == canonical(other)) == same


def test_moment_is_the_same_in_every_zone():
    there = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)

    assert plain(there) == plain(there.astimezone(UTC))
