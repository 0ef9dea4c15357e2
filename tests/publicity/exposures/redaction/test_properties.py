"""What holds for every text: planted traces are found, the rest is untouched, twice is once."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from publicity.exposures.redaction import (
    NOBODY,
    Enterprise,
    Person,
    Registry,
    Severity,
    detect,
    redact,
    redact_in,
    segments,
)
from publicity.exposures.redaction.codes import is_surely_credit_code
from publicity.exposures.redaction.folding import squeezed

CHINESE = st.text(
    st.sampled_from(
        "的一是了我不在人们有来他这上着个地到大里说就去子得也和那，。、；：（）“”\n \u3000"
    ),
    max_size=40,
)
WILD = st.text(
    st.sampled_from(
        "张三李四丰当事人举报住址东至县镇路号室男，。：（）·*某 \n\u200b０1138 2345678-Xx@."
        "皖RA微信账号出生年月日岁甲乙<b>&;"
    ),
    max_size=60,
) | st.text(max_size=40)
ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PROVINCES = st.sampled_from(["11", "34", "44", "53", "65", "82"])


@st.composite
def resident_ids(draw) -> str:
    born = draw(st.dates(dt.date(1930, 1, 1), dt.date(2020, 12, 31)))
    place, serial = draw(st.integers(0, 9999)), draw(st.integers(0, 999))
    body = f"{draw(PROVINCES)}{place:04}{born:%Y%m%d}{serial:03}"
    return body + ric.calc_check_digit(body + "0")


@st.composite
def credit_codes(draw) -> str:
    kind = draw(st.sampled_from(["91", "92", "93", "11", "12", "51", "52", "53", "54"]))
    region = draw(st.sampled_from(["110108", "341721", "440305", "530102", "650102"]))
    inner = draw(st.text(st.sampled_from(DIGITS), min_size=8, max_size=8))
    values = ["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(character) for character in inner]
    total = sum(a * b for a, b in zip(values, ORGANISATION, strict=True))
    body = kind + region + inner + "0123456789X0"[11 - total % 11]
    return body + uscc.calc_check_digit(body + "0")


@st.composite
def spaced(draw, text: str) -> str:
    """The text with blanks and invisible characters strewn in, or in full width."""
    if draw(st.booleans()):
        text = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)
    gap = draw(st.sampled_from(["", "\u200b", "\u2060", "\ufeff", "\u00ad"]))
    return gap.join(text)


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
names = st.builds(
    "".join,
    st.tuples(
        st.sampled_from("王李张刘陈杨赵"), st.text("伟芳娜秀英敏静丽强磊", min_size=1, max_size=2)
    ),
)


def covered(text: str, start: int, length: int, registry: Registry = NOBODY) -> bool:
    places = set(range(start, start + length))
    for hit in detect(text, registry=registry):
        places -= set(range(hit.start, hit.end)) if hit.severity is not Severity.WARN else set()
    return not any(not text[place].isspace() and text[place].isprintable() for place in places)


@given(CHINESE, resident_ids(), st.data(), CHINESE)
def test_planted_id_is_always_found(before, number, data, after):
    assume(not is_surely_credit_code(number))
    written = data.draw(spaced(number))

    assert covered(before + written + after, len(before), len(written))


@given(CHINESE, mobiles, st.data(), CHINESE)
def test_planted_mobile_is_always_found(before, number, data, after):
    written = data.draw(spaced(number))

    assert covered(before + written + after, len(before), len(written))


@given(CHINESE, names, st.data(), CHINESE)
def test_planted_known_name_is_always_found(before, name, data, after):
    written = data.draw(spaced(name) | st.just(" ".join(name)) | st.just("\u3000".join(name)))

    registry = Registry(persons=(Person(name),))

    assert covered(before + written + after, len(before), len(written), registry)


@given(CHINESE, st.text("0123456789", min_size=5, max_size=20), st.data(), CHINESE)
def test_planted_known_number_is_always_found(before, number, data, after):
    written = data.draw(spaced(number) | st.just(" ".join(number)) | st.just("-".join(number)))
    registry = Registry(persons=(Person("", phones=(number,), id_numbers=(number,)),))
    assume(squeezed(before)[-1:].isdecimal() is False)

    assert covered(before + written + after, len(before), len(written), registry)


@given(CHINESE, credit_codes(), CHINESE)
def test_credit_code_is_never_masked(before, code, after):
    text = before + code + after

    assert redact(text, registry=NOBODY).text == text


@given(CHINESE, names, CHINESE)
def test_registered_name_is_never_masked(before, name, after):
    shop = f"东至县{name}水果店"
    registry = Registry(persons=(Person(name),), enterprises=(Enterprise(shop),))

    assert shop in redact(before + shop + after, registry=registry).text


REGISTRY = Registry(
    persons=(
        Person("张三", phones=("13812345678",), addresses=("东至县张三镇12号",)),
        Person("张四丰", is_minor=True),
        Person("李四·三", role="reporter", id_numbers=("12345",)),
    ),
    enterprises=(Enterprise("张三超市", addresses=("东至县县镇路8号",), accounts=("23456",)),),
)


@given(WILD)
@example("当事人张三，1138123456781234")
@example("138123456782345138")
def test_redacting_twice_is_redacting_once(text):
    once = redact(text, registry=REGISTRY)

    assert redact(once.text, registry=REGISTRY).text == once.text


@given(WILD)
def test_hits_lie_where_they_say_and_do_not_overlap(text):
    place = 0
    for hit in detect(text, registry=REGISTRY):
        assert place <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        place = hit.end


@given(WILD)
def test_changes_account_for_every_difference(text):
    redacted = redact(text, registry=REGISTRY)

    rows = segments(text, redacted.text, redacted.changes)

    assert "".join(row.original for row in rows) == text
    assert "".join(row.public for row in rows) == redacted.text
    assert all(row.original == row.public for row in rows if row.kind == "kept")


@given(WILD, WILD)
def test_comparison_of_any_two_texts_is_whole(original, public):
    rows = segments(original, public)

    assert "".join(row.original for row in rows) == original
    assert "".join(row.public for row in rows) == public


@given(WILD)
def test_nothing_maskable_is_left(text):
    public = redact(text, registry=REGISTRY).text

    left = [hit for hit in detect(public, registry=REGISTRY) if hit.suggestion != hit.text]
    assert {hit.severity for hit in left} <= {Severity.WARN}


@given(
    st.recursive(
        WILD | st.integers() | st.none(),
        lambda s: st.lists(s, max_size=3) | st.dictionaries(WILD, s, max_size=3),
        max_leaves=6,
    )
)
def test_structures_are_stable_and_keep_their_shape(value):
    once, _ = redact_in(value, registry=REGISTRY)

    assert redact_in(once, registry=REGISTRY)[0] == once
