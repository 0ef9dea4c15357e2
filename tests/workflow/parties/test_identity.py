"""Keys by which two spellings of one party are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import InvalidChecksum, ValidationError

from workflow.identity import (
    address_key,
    alike_name,
    normalize_name,
    phone_key,
    resident_number,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东至某某商贸有限公司", "东至 某某商贸有限公司"),
        ("某某超市（大渡口店）", "某某超市(大渡口店)"),
        ("ＡＢＣ商行", "abc商行"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert normalize_name(one) == normalize_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东至某某商贸有限责任公司", "东至某某商贸有限公司"),
        ("安徽省池州市东至县小星星玩具店", "小星星玩具店"),
        ("东至县小星星玩具店", "小星星玩具店"),
    ],
)
def test_similar_names_are_kept_apart_and_found_alike(one, other):
    assert normalize_name(one) != normalize_name(other)
    assert alike_name(one) == alike_name(other)


@pytest.mark.parametrize("name", ["好又多超市", "大渡口菜市场", "某某门市部", "东至县"])
def test_a_market_is_no_city_and_something_is_left(name):
    assert len(alike_name(name)) >= 3
    assert alike_name("好又多超市大渡口店") != alike_name("千家惠超市大渡口店")


def test_address_is_compared_without_province_city_and_county():
    assert address_key("安徽省池州市东至县大渡口镇 12 号") == address_key("大渡口镇１２＃")


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("13800138000、0566-7011111", "+8613800138000"),
        ("0566-7011111", "+865667011111"),
        ("110", ""),
        ("", ""),
    ],
)
def test_phone_is_compared_by_its_first_number(phone, key):
    assert phone_key(phone) == key


@given(st.text("东至县市省有限责任公司（）() Ａａ　-·12", max_size=60))
def test_a_key_of_a_key_is_itself(text):
    assert normalize_name(normalize_name(text)) == normalize_name(text)
    assert len(alike_name(text)) <= 200
    assert len(phone_key(text)) <= 40


@pytest.mark.parametrize("number", ["341721198001010012", "11010519491231002x"])
def test_a_resident_number_has_its_check_digit(number):
    """The first was given to somebody born before the county had its code: that is no fault."""
    assert resident_number(number) == number.upper()
    with pytest.raises(InvalidChecksum):
        resident_number(f"{number[:-1]}3")


@pytest.mark.parametrize(
    "number", ["110105194913310020", "1101051949123100", "1１0105194912310020"]
)
def test_what_is_no_resident_number_is_refused(number):
    with pytest.raises(ValidationError):
        resident_number(number)
