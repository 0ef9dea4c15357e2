"""One analysis for what is indexed and what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import BREAK, DATE, DOCUMENT, MAX_TOKENS, TAIL, canonical, fold, index_tokens


def test_han_run_becomes_pairs_and_its_last_character():
    assert index_tokens("瘦肉精案") == ["瘦肉", "肉精", "精案", "案"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Café", "cafe"),
        ("甲\u00ad乙\u200b丙", "甲乙丙"),
        ("甲\x00乙\ud800丙\ue000丁", "甲 乙 丙 丁"),
        ("（株）㈱", "(株)(株)"),
    ],
)
def test_fold_makes_alike_what_looks_alike(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_fold_works_character_by_character(text):
    assert fold(text) == "".join(fold(character) for character in text)
    assert not {BREAK, TAIL, DATE, DOCUMENT, "\x00"} & set(fold(text).encode().decode())


@pytest.mark.parametrize(
    "written",
    [
        "2021年5月11日",
        "2021-05-11",
        "２０２１．５．１１",
        "2021/5/11",
        "20210511",
        "二〇二一年五月十一日",
    ],
)
def test_date_has_one_token_however_it_is_written(written):
    assert f"{DATE}20210511" in index_tokens(f"于{written}查处")


def test_impossible_date_has_no_token():
    assert not any(token.startswith(DATE) for token in index_tokens("2021年2月30日"))


def test_document_number_is_written_one_way():
    assert canonical("东市监罚［２０２１］第12号") == "东市监罚[2021]12号"
    assert index_tokens("东市监罚〔2021〕第12号") == index_tokens("东市监罚（2021）12号")


def test_document_number_has_a_token_of_its_own():
    assert f"{DOCUMENT}2021{DOCUMENT}12" in index_tokens("东市监罚〔2021〕12号")
    assert not any(token.startswith(DOCUMENT) for token in index_tokens("2021年12号"))


def test_code_is_one_token_and_has_a_tail():
    assert index_tokens("91341721MA2ABCDE3X") == [
        f"{TAIL}x3edcba2am12714319",
        BREAK,
        "91341721ma2abcde3x",
    ]


def test_amount_is_one_number():
    assert index_tokens("1,234,567元") == index_tokens("1234567元")


def test_long_text_keeps_its_codes():
    tokens = index_tokens("东至" * 40_000 + "13812345678")

    assert len(tokens) == MAX_TOKENS
    assert f"{TAIL}87654321831" in tokens
