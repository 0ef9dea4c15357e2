from __future__ import annotations

import pytest

from publicity.exposures.redaction import NOBODY, Enterprise, Person, Registry, Severity, detect

ID = "34082719850302123X"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(hit.kind.value, hit.text) for hit in detect(text, registry=NOBODY)]


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "11010519491231002x",
        "440524188001010014",
        "440524 18800101 0014",
        "４４０５２４１８８００１０１００１４",
        "4405-2418-8001-0100-14",
        "440524\u200b188001010014",
        "340827850302123",
    ],
)
def test_resident_id_is_found_as_written(number):
    assert kinds(f"系{number}号") == [("id_number", number)]


def test_mistyped_id_is_found_in_one_piece():
    assert kinds("号码110105194912310021。") == [("id_number", "110105194912310021")]


@pytest.mark.parametrize(
    "number",
    ["991105194912310021", "110105194913310021", "1101051949123100211", "20210511000012345678"],
)
def test_number_of_no_province_or_date_is_no_id(number):
    assert not [kind for kind, _ in kinds(number) if kind == "id_number"]


def test_labelled_number_is_found_whatever_its_check():
    assert kinds("身份证号：991105194912310021") == [("id_number", "991105194912310021")]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L", "91350100m000100y43"])
def test_credit_code_is_kept(code):
    assert kinds(f"统一社会信用代码{code}，") == []
    assert kinds(code) == []


def test_credit_code_of_the_registry_is_kept_whatever_it_looks_like():
    registry = Registry(enterprises=(Enterprise("某某商行", uscc="440524188001010014"),))

    assert detect("代码440524188001010014", registry=registry) == []
    assert detect("代码440524188001010014", registry=NOBODY) != []


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "+8613812345678",
        "+86 138 1234 5678",
        "0086-138-1234-5678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "138\u200d1234\ufeff5678",
        "一三八一二三四五六七八",
        "幺三八幺二三四五六七八",
    ],
)
def test_mobile_is_found_as_written(text):
    assert kinds(f"拨打{text}即可") == [("mobile", text)]


@pytest.mark.parametrize("text", ["12812345678", "138123456789", "13812345", "2013812345678"])
def test_other_digits_are_no_mobile(text):
    assert not [kind for kind, _ in kinds(f"数{text}。") if kind == "mobile"]


@pytest.mark.parametrize(
    "text",
    [
        "0566-7021234",
        "(0566)7021234",
        "０５６６－７０２１２３４",
        "010-62345678-801",
        "05667021234",
    ],
)
def test_landline_is_found_as_written(text):
    assert kinds(f"打{text}。") == [("phone", text)]


def test_local_number_is_found_after_its_label():
    assert kinds("联系电话：7021234") == [("phone", "7021234")]


def test_foreign_number_is_found():
    assert kinds("致电+44 20 7946 0958。") == [("phone", "+44 20 7946 0958")]


@pytest.mark.parametrize("text", ["12315", "12345", "400-123-4567", "8001234567", "0566-12345"])
def test_service_number_is_kept(text):
    assert kinds(f"举报电话：{text}") == []


def test_card_is_found_by_its_check_digit():
    assert kinds("转入6222021234567890128。") == [("bank", "6222021234567890128")]
    assert kinds("转入6222 0212 3456 7890 128。") == [("bank", "6222 0212 3456 7890 128")]
    assert kinds("转入6222021234567890127。") == []


def test_account_is_found_by_its_label():
    assert kinds("开户行：农业银行东至支行，账号：12-345 678901") == [("bank", "12-345 678901")]
    assert kinds("账户500000元") == []


@pytest.mark.parametrize(
    ("text", "public"),
    [("皖R12345", "皖R***45"), ("皖R·D12345", "皖R****45"), ("皖r1234学", "皖r***4学")],
)
def test_plate_loses_its_middle(text, public):
    [hit] = detect(f"驾驶{text}运输", registry=NOBODY)

    assert (hit.kind, hit.text, hit.suggestion) == ("plate", text, public)


@pytest.mark.parametrize("text", ["E12345678", "EA1234567", "H1234567890", "g12345678"])
def test_passport_is_found(text):
    assert kinds(f"持{text}入境") == [("document", text)]


@pytest.mark.parametrize(
    "text",
    [
        "国药准字H20123456",
        "批号G20210301",
        "食品经营许可证编号JY13417210012345",
        "生产许可证号：SC10634172100123",
        "GB 2760-2014",
        "注册号341721600012345",
        "东市监罚〔2021〕12号",
        "粤B2-20090059",
    ],
)
def test_licence_batch_and_standard_are_kept(text):
    assert kinds(f"产品标示{text}，") == []


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("邮箱zhang.san@qq.com。", "email", "zhang.san@qq.com"),
        ("邮箱ｚｈａｎｇ＠qq．com。", "email", "ｚｈａｎｇ＠qq．com"),
        ("微信号：zhangsan_88，", "social", "zhangsan_88"),
        ("QQ12345678联系", "social", "12345678"),
        ("抖音号dz0566abc", "social", "dz0566abc"),
        ("见https://a.cn/x?openid=8a7b，", "url", "https://a.cn/x?openid=8a7b"),
        ("订单编号：E20210512001", "order", "E20210512001"),
        ("快递SF1234567890123寄出", "order", "SF1234567890123"),
        ("登录IP为 192.168.1.20。", "ip", "192.168.1.20"),
        ("IMEI：867530021234567", "device", "867530021234567"),
        ("MAC 00:1A:2B:3C:4D:5E", "device", "00:1A:2B:3C:4D:5E"),
        ("留存138****6721备查", "mobile", "138****6721"),
        ("留存340827********1234", "id_number", "340827********1234"),
    ],
)
def test_other_numbers_are_found(text, kind, part):
    assert kinds(text) == [(kind, part)]


def test_public_address_and_version_are_kept():
    assert kinds("见https://scjgj.dongzhi.gov.cn/cases/12/，软件版本1.2.3.4") == []


DOUBTFUL = "531101199001020298"
"""A resident ID of Yunnan that is a sound credit code of a Beijing foundation as well."""


def test_number_that_may_be_either_asks_unless_the_words_say():
    [hit] = detect(f"见{DOUBTFUL}。", registry=NOBODY)

    assert (hit.rule, hit.severity) == ("id-or-credit-code", Severity.WARN)
    assert kinds(f"身份证号{DOUBTFUL}") == [("id_number", DOUBTFUL)]
    assert kinds(f"统一社会信用代码{DOUBTFUL}") == []


def test_number_of_a_person_of_the_file_beats_a_shape_that_is_kept():
    registry = Registry(
        persons=(Person("", id_numbers=("91350100M000100Y43",), phones=("12315",)),)
    )

    assert len(detect("91350100M000100Y43，12315", registry=registry)) == 2
