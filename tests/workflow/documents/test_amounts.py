"""Amounts in capitals (大写), as receipts and decisions write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.documents.context import amount_in_words

DIGITS = {char: n for n, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (100, "壹元整"), (101, "壹元零壹分"),
        (110, "壹元壹角整"), (1_000, "壹拾元整"), (500_000, "伍仟元整"),
        (1_050_030, "壹万零伍佰元叁角整"), (10_000_100, "壹拾万零壹元整"),
        (100_050_000, "壹佰万零伍佰元整"), (1_010_000_000, "壹仟零壹拾万元整"),
        (10_000_000_000, "壹亿元整"), (10_000_000_100, "壹亿零壹元整"),
        (10_010_000_000, "壹亿零壹拾万元整"),
    ],
)  # fmt: skip
def test_amount_in_words(fen, words):
    assert amount_in_words(fen) == words


@given(st.integers(min_value=1, max_value=10**14 - 1))
def test_amount_in_words_says_the_amount_and_no_zero_twice(fen):
    words = amount_in_words(fen)

    assert counted(words) == fen
    assert "零零" not in words
    assert not re.search("零[元万亿角分]", words)
    assert words.endswith("整") == (fen % 10 == 0)


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_amount_nobody_owes_is_refused(fen):
    with pytest.raises(ValueError, match="in words"):
        amount_in_words(fen)


def counted(words: str) -> int:
    """The fen that the words say, read another way than they were written."""
    match = re.fullmatch(r"(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?整?", words)
    assert match, words
    whole = 0
    for sign, unit in (("亿", 10**8), ("万", 10**4), ("", 1)):
        head, sep, tail = (match[1] or "").partition(sign) if sign else (match[1] or "", "x", "")
        if sign and not sep:
            continue
        whole += unit * group(head)
        match_rest = tail
        match = [None, match_rest, match[2], match[3]]
    return whole * 100 + DIGITS.get(match[2] or "零", 0) * 10 + DIGITS.get(match[3] or "零", 0)


def group(words: str) -> int:
    return sum(
        DIGITS[digit] * UNITS.get(unit, 1)
        for digit, unit in re.findall("([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)", words)
    )
