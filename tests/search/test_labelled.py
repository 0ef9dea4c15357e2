"""Queries with the cases a person means by them: nothing missed, nothing else found."""

from __future__ import annotations

import pytest
from modelsearch.backends import get_search_backend

from search.casework import search_queryset
from search.indexing import index_changes
from search.matching import matches
from search.query import parse
from search.text import BREAK, index_tokens
from tests.search.records import make_case
from workflow.models import Case

pytestmark = pytest.mark.django_db

# What a case is called here → its title, its facts, its number.
CASES = {
    "toys": (
        "东至县尧渡镇小灵通玩具店销售三无产品案",
        "现场发现无厂名、无厂址、无合格证明的玩具三十件，货值1,260元。",
        "东市监罚〔2021〕12号",
    ),
    "charger": (
        "东至县大渡口镇顺达电子商行销售三无小家电产品案",
        "当事人（统一社会信用代码91341721MA2ABCDE3X）于2021年5月11日被查获，电话0566-7011234。",
        "东市监罚〔2021〕112号",
    ),
    "pork": (
        "东至县东流镇老李肉铺销售检出瘦肉精的猪肉案",
        "抽检报告载明检出盐酸克伦特罗（瘦肉精），二〇二一年五月十一日送达。",
        "东市监罚〔2020〕12号",
    ),
    "beef": (
        "东至县张溪镇回味牛肉馆未建立进货查验记录案",
        "未查验供货者资质，肉品来源不明，不含瘦肉精。详见东市监罚（2021）第12号。",
        "东市监罚〔2021〕2号",
    ),
    "gas": (
        "东至县龙泉镇平安液化气站充装黑气瓶案",
        "充装超期未检气瓶12只，违反TSG 23-2021，住所龙泉镇沿河路12号。",
        "东市监罚〔2021〕31号",
    ),
    "tonic": (
        "池州康寿生物科技有限公司对保健食品作虚假宣传案",
        "以会议营销的方式宣传该保健食品能治疗糖尿病，统一社会信用代码９１３４１７２１ＭＡ２ＡＢＣＤＥ３Ｙ。",
        "东市监罚〔2021〕45号",
    ),
    "fertiliser": (
        "东至县昭潭镇丰收农资店销售假冒化肥案",
        "所售复混肥料冒用他人注册商标，2021-05-01立案，联系13805660012。",
        "东市监罚〔2021〕46号",
    ),
    "drink": (
        "东至县胜利镇湖畔超市发布虚假广告案",
        "张贴的广告称饮料可以减肥，2021年11月5日拍照。",
        "东市监罚〔2021〕47号",
    ),
}

MEANT = {
    # words
    "三无产品": {"toys", "charger"},
    "瘦肉精": {"pork", "beef"},
    "黑气瓶": {"gas"},
    "保健食品虚假宣传": {"tonic"},
    "假冒化肥": {"fertiliser"},
    "气瓶 超期": {"gas"},
    # companies and places
    "东至县尧渡镇小灵通玩具店": {"toys"},
    "小灵通": {"toys"},
    "池州康寿生物科技有限公司": {"tonic"},
    "东流镇": {"pork"},
    "龙泉镇沿河路12号": {"gas"},
    # document numbers, however typed; a number cited in the facts is found too
    "东市监罚〔2021〕12号": {"toys", "beef"},
    "东市监罚[2021]第12号": {"toys", "beef"},
    "东市监罚（2021） 12号": {"toys", "beef"},
    "东市监罚〔2020〕12号": {"pork"},
    "〔2021〕2号": {"beef"},
    "〔2021〕112号": {"charger"},
    # codes: whole, head, the last eight and more
    "91341721MA2ABCDE3X": {"charger"},
    "91341721ma2abcde3y": {"tonic"},
    "９１３４１７２１ＭＡ２ＡＢＣＤＥ３Ｙ": {"tonic"},
    "2ABCDE3X": {"charger"},
    "MA2ABCDE3Y": {"tonic"},
    "91341721MA2": {"charger", "tonic"},
    "05667011234": {"charger"},
    "138-0566-0012": {"fertiliser"},
    # dates
    "2021年5月11日": {"charger", "pork"},
    "２０２１年５月１１日": {"charger", "pork"},
    "2021-05-11": {"charger", "pork"},
    "20210511": {"charger", "pork"},
    "2021.5.1": {"fertiliser"},
    "2021年5月": {"charger", "pork", "fertiliser"},
    "2021年11月": {"drink"},
    # amounts and standards
    "1260元": {"toys"},
    "TSG23": {"gas"},
    # one character
    "肥": {"fertiliser", "drink"},
    "瓶": {"gas"},
    # exclusion and quotes
    "瘦肉精 -猪肉": {"beef"},
    "肥 -化肥": {"drink"},
    "-东至县": {"tonic"},
    '"虚假宣传"': {"tonic"},
    '"虚假广告"': {"drink"},
    '肥 -"复混肥料"': {"drink"},
    # in no case
    "电动自行车": set(),
    "2021年5月12日": set(),
    "东市监罚〔2022〕12号": set(),
    "？！": set(),
}


@pytest.fixture
def cases() -> dict[str, Case]:
    made = {
        name: make_case(facts, title=title, number=number)
        for name, (title, facts, number) in CASES.items()
    }
    index_changes()
    return made


def test_every_query_finds_what_is_meant_and_nothing_else(cases):
    names = {case.pk: name for name, case in cases.items()}

    found = {
        typed: {
            names[pk] for pk in search_queryset(Case.objects, typed).values_list("pk", flat=True)
        }
        for typed in MEANT
    }

    assert found == MEANT


def test_index_answers_as_the_reference_does(cases):
    texts = {
        case.pk: [
            token
            for text in (case.number, case.title, case.cause, case.facts)
            for token in (*index_tokens(text), BREAK)
        ]
        for case in cases.values()
    }
    backend = get_search_backend("casework")

    for typed in MEANT:
        expected = {pk for pk, tokens in texts.items() if matches(parse(typed), tokens)}
        assert {case.pk for case in backend.search(typed, Case)} == expected, typed
        assert backend.search(typed, Case).count() == len(expected), typed
