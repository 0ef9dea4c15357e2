from __future__ import annotations

import pytest

from publicity.exposures.redaction import (
    NOBODY,
    Enterprise,
    Person,
    Policy,
    Registry,
    Severity,
    detect,
    redact,
)

ZHANG = Person(
    "张三丰",
    role="party",
    id_numbers=("A1234567",),
    phones=("0566-7021234",),
    addresses=("安徽省池州市东至县尧渡镇建设路12号",),
    is_punished=True,
)
FILE = Registry(
    persons=(ZHANG,),
    enterprises=(
        Enterprise(
            "东至县张三丰水果店",
            uscc="92341721MA2ABCDE1X",
            licence_numbers=("13812345678901",),
            addresses=("东至县大渡口镇沿江路8号",),
            accounts=("1234 5678 90",),
            phones=("8765432",),
        ),
    ),
)


def found(text: str, registry: Registry = FILE) -> list[str]:
    return [hit.text for hit in detect(text, registry=registry)]


@pytest.mark.parametrize(
    "written",
    ["张三丰", "张 三 丰", "张\u200b三\u2060丰", "張三豐", "张　三丰", "张·三丰", "张\n三丰"],
)
def test_known_name_is_found_as_written(written):
    assert found(f"由{written}供货") == [written]


@pytest.mark.parametrize(
    "written", ["JOHN SMITH", "John  Smith", "john·smith", "ＪＯＨＮ Smith", "JohnSmith"]
)
def test_latin_name_is_found_in_any_case(written):
    assert found(f"由{written}供货", Registry(persons=(Person("John Smith"),))) == [written]


def test_latin_name_is_no_part_of_a_word():
    assert found("Italian food", Registry(persons=(Person("Li An"),))) == []


@pytest.mark.parametrize("written", ["买买提·艾力", "买买提艾力", "买买提•艾力", "买买提 . 艾力"])
def test_dotted_name_is_found_as_written(written):
    registry = Registry(persons=(Person("买买提·艾力"),))

    [hit] = detect(f"由{written}供货", registry=registry)

    assert (hit.text, hit.suggestion) == (written, "买买提·某")


def test_known_number_telephone_and_address_are_found():
    text = "证件a-1234567，打(0566)7021234或7021234，在尧渡镇建设路12号"

    assert found(text) == ["a-1234567", "(0566)7021234", "7021234", "尧渡镇建设路12号"]


def test_register_data_of_an_entity_are_kept():
    text = (
        "东至县张三丰水果店（代码92341721MA2ABCDE1X，证号13812345678901）"
        "住所：东至县大渡口镇沿江路8号"
    )

    assert found(text) == []
    assert redact(text, registry=FILE).text == text


def test_account_and_telephone_of_an_entity_go():
    assert found("汇入1234567890，问8765432") == ["1234567890", "8765432"]


def test_residence_identical_to_the_premises_is_kept():
    home = Person("李四光", addresses=("东至县大渡口镇沿江路8号",))
    registry = Registry(persons=(home,), enterprises=FILE.enterprises)

    assert found("经营场所在大渡口镇沿江路8号", registry) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("当事人：陈小明，", "陈小明"),
        ("法定代表人刘德华签字", "刘德华"),
        ("证人赵六证实", "赵六"),
        ("受委托人欧阳娜娜到场", "欧阳娜娜"),
        ("执法人员王五、孙七到场", "王五"),
        ("经营者（姓名）：古丽·阿依", "古丽·阿依"),
        ("店主John Smith称", "John Smith"),
        ("，周小红，女，", "周小红"),
    ],
)
def test_name_is_found_by_its_context(text, name):
    assert name in found(text, NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "当事人于2021年5月开始销售",
        "当事人应当改正",
        "经营者从事食品经营",
        "当事人张某某",
        "消费者权益",
        "法定代表人变更",
        "当事人和经营者",
        "证人李女士",
        "消费者王先生网购",
        "医生白班",
        "当事人通过微信销售",
        "当事人成立于2015年",
    ],
)
def test_everyday_words_are_no_names(text):
    assert [hit for hit in detect(text, registry=NOBODY) if hit.severity is Severity.MASK] == []


def test_punished_person_may_be_named_in_full_with_a_reason():
    policy = Policy(name_punished_in_full=True, reason="重大食品安全案件")

    assert detect("当事人：张三丰。", registry=FILE, policy=policy) == []
    with pytest.raises(ValueError, match="reason"):
        Policy(name_punished_in_full=True, reason=" ")


def test_minor_is_never_named_in_full():
    child = Person("张小虎", is_punished=True, is_minor=True)
    policy = Policy(name_punished_in_full=True, reason="某种理由")

    [hit] = detect("张小虎到场", registry=Registry(persons=(child,)), policy=policy)

    assert (hit.kind, hit.severity, hit.suggestion) == ("minor", Severity.BLOCK, "某未成年人")


REPORTER = Person("王小明", role="reporter", phones=("13999999999",), id_numbers=("12345",))


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("举报人王小明反映", "举报人反映"),
        ("经王小明举报", "经举报人举报"),
        ("来电１３９９９９９９９９９", "来电***"),
        ("编号12345", "编号***"),
        ("举报人李某来信", "举报人来信"),
        ("接消费者李女士投诉", "接消费者投诉"),
        ("李某某向我局举报", "群众向我局举报"),
    ],
)
def test_trace_of_the_reporter_blocks_and_goes(text, public):
    registry = Registry(persons=(REPORTER,))

    redacted = redact(text, registry=registry)

    assert [hit.severity for hit in detect(text, registry=registry)] == [Severity.BLOCK]
    assert redacted.text == public
    assert [change.kind for change in redacted.blocks] == ["reporter"]


def test_reporter_blocks_inside_a_registered_name_and_a_kept_text():
    registry = Registry(persons=(REPORTER,), enterprises=(Enterprise("王小明超市"),))
    policy = Policy(keep=frozenset({"王小明"}))

    [hit] = detect("王小明超市", registry=registry, policy=policy)

    assert (hit.text, hit.severity) == ("王小明", Severity.BLOCK)


def test_reporting_enterprise_blocks_too():
    registry = Registry(enterprises=(Enterprise("东至县茶叶公司", role="reporter"),))

    assert [h.severity for h in detect("东至县茶叶公司来函", registry=registry)] == [Severity.BLOCK]


def test_surname_of_the_reporter_asks():
    [hit] = detect("张某与王某供货", registry=Registry(persons=(REPORTER,)))

    assert (hit.text, hit.rule, hit.severity) == ("王某", "reporter-surname", Severity.WARN)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("住安徽省池州市东至县尧渡镇东流路3号", "住安徽省池州市东至县***"),
        ("家庭住址：东至县胜利镇桃源村五组", "家庭住址：东至县***"),
        ("户籍所在地为池州市贵池区清风苑3栋402室。", "户籍所在地为池州市贵池区***。"),
        ("家住阳光小区3栋", "家住***"),
        ("住所：池州市贵池区清风路9号", "住所：池州市贵池区***"),
    ],
)
def test_residence_ends_at_the_county(text, public):
    assert redact(text, registry=NOBODY).text == public


def test_township_stays_when_the_policy_says_so():
    text = "住东至县尧渡镇东流路3号"

    assert redact(text, registry=NOBODY, policy=Policy(keep_township=True)).text == (
        "住东至县尧渡镇***"
    )


@pytest.mark.parametrize(
    "text",
    [
        "住所（经营场所）：东至县尧渡镇东流路3号",
        "户籍地安徽省东至县",
        "在东至县尧渡镇东流路3号的店内",
        "住院期间",
    ],
)
def test_place_of_business_and_county_stay(text):
    assert redact(text, registry=NOBODY).text == text


def test_identity_clause_goes():
    text = "张某，男，汉族，1985年3月2日出生，初中文化，无业"

    assert redact(text, registry=NOBODY).text == "张某，无业"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("年仅15岁", "minor-age"),
        ("十四周岁的孩子", "minor-age"),
        ("系东至县第一小学学生", "minor-school"),
        ("患有乙型肝炎", "health"),
        ("属维吾尔族群众", "ethnicity"),
        ("阳光花园3栋402室", "room"),
    ],
)
def test_facts_of_a_person_ask(text, rule):
    assert [(h.rule, h.severity) for h in detect(text, registry=NOBODY)] == [(rule, Severity.WARN)]


@pytest.mark.parametrize("text", ["年满18周岁", "二十五岁", "3.5岁", "未满18周岁", "回族自治县"])
def test_adults_and_groups_are_no_hits(text):
    assert detect(text, registry=NOBODY) == []


@pytest.mark.parametrize("text", ["1985年3月2日出生", "出生日期：1985-03-02", "生于1985年"])
def test_birth_is_found(text):
    assert [hit.kind for hit in detect(text, registry=NOBODY)] == ["birth"]


def test_date_of_production_is_no_birth():
    assert detect("2021年5月生产", registry=NOBODY) == []


def test_residence_in_brackets_ends_with_them():
    text = "当事人（住址：东至县尧渡镇东流路12号3室）销售三无玩具30件。"

    assert redact(text, registry=NOBODY).text == "当事人（住址：东至县***）销售三无玩具30件。"
