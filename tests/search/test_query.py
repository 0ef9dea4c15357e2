"""What people type, understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Not, Or, PlainText, SearchQuery

from search.matching import matches
from search.query import (
    MAX_PIECES,
    parse,
    rewrite,
    wanted_words,
    with_open_end,
)
from search.text import index_tokens


def finds(typed: str, text: str) -> bool:
    return matches(parse(typed), index_tokens(text))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("三无产品", "销售三无小家电产品"),
        ("瘦肉精", "检出瘦肉精成分"),
        ("黑气瓶", "查获一批黑气瓶"),
        ("肥", "假冒化肥"),
        ("保健食品虚假宣传", "对保健食品作虚假的宣传"),
        ("生产和销售", "生产并销售"),
        ("东市监罚〔2021〕12号", "文号为东市监罚(2021)第12号的决定"),
        ("东市监罚[2021] 12号", "东市监罚〔2021〕12号"),
        ("〔2021〕12号", "东市监罚〔2021〕12号"),
        ("２０２１年５月１１日", "2021-05-11查处"),
        ("2021年5月", "2021年5月11日"),
        ("20210511", "二〇二一年五月十一日"),
        ("91341721MA2ABCDE3X", "代码：91341721ma2abcde3x。"),
        ("2ABCDE3X", "91341721MA2ABCDE3X"),
        ("91341721MA", "91341721MA2ABCDE3X"),
        ("138-1234-5678", "电话13812345678"),
        ("13812345678", "电话138-1234-5678"),
        ("15000元", "罚款15,000元"),
        ("gb2760", "GB 2760-2014"),
        ("GB/T 2760-2014", "违反gb/t2760-2014"),
        ("东流镇12号", "东流镇东流街12号"),
        ("“虚假宣传”", "作虚假宣传"),
        ("-广告 瘦肉精", "瘦肉精"),
        ("！！瘦肉精？", "瘦肉精"),
    ],
)
def test_query_finds(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("东市监罚〔2021〕12号", "东市监罚〔2021〕112号"),
        ("东市监罚〔2021〕12号", "东市监罚〔2021〕2号、东市监罚〔2020〕12号"),
        ("东市监罚〔2021〕12号", "池市监罚〔2021〕12号"),
        ("2021年5月11日", "2021年5月1日、2021年11月5日"),
        ("2021年1月", "2021年11月3日"),
        ("ABCDE3X", "91341721MA2ABCDE3X"),  # seven characters are no tail
        ("2021", "13800002021"),
        ("瘦肉精 -广告", "瘦肉精广告"),
        ('"宣传虚假"', "虚假宣传"),
        ("精瘦", "瘦肉精"),
        ("12号", "112号"),
        ("！！", "瘦肉精！！"),
        ("\ud800\x00", "瘦肉精"),
        ("", "瘦肉精"),
    ],
)
def test_query_does_not_find(typed, text):
    assert not finds(typed, text)


def test_open_end_lets_the_last_word_go_on():
    assert not finds("poseid", "poseidon")
    assert matches(with_open_end(parse("god poseid")), index_tokens("the god poseidon"))


def test_plain_words_of_a_program_are_not_read_as_signs():
    assert repr(rewrite(PlainText("-瘦肉精"))) == "<Words '瘦肉 肉精'>"
    assert repr(parse("-瘦肉精")) == "<Not <Words '瘦肉 肉精'>>"


def test_query_of_a_thousand_words_is_cut():
    assert len(list(wanted_words(parse("甲乙 " * 1000)))) <= MAX_PIECES
    assert len(list(wanted_words(parse("一丁七万丈三上下" * 100)))) <= MAX_PIECES


def words() -> st.SearchStrategy[SearchQuery]:
    leaves = st.sampled_from([PlainText("瘦肉精"), PlainText("东流镇"), MATCH_ALL, MATCH_NONE])
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(And, st.lists(inner, min_size=1, max_size=3))
            | st.builds(Or, st.lists(inner, min_size=1, max_size=3))
        ),
        max_leaves=8,
    )


def plainly(query: SearchQuery, text: str) -> bool:
    match query:
        case PlainText():
            return query.query_string in text
        case And():
            return all(plainly(part, text) for part in query.subqueries)
        case Or():
            return any(plainly(part, text) for part in query.subqueries)
        case Not():
            return not plainly(query.subquery, text)
    return True


@given(words(), st.sampled_from(["瘦肉精", "东流镇", "东流镇瘦肉精", "别的"]))
def test_simplifying_changes_no_answer(query, text):
    assert matches(rewrite(query), index_tokens(text)) == plainly(query, text)


@given(st.text(max_size=300))
def test_anything_can_be_typed(typed):
    query = parse(typed)

    assert repr(query).encode()
    assert matches(with_open_end(query), ["瘦肉"]) in {True, False}
