from __future__ import annotations

from publicity.exposures.redaction import (
    NOBODY,
    RULE_VERSION,
    Person,
    Policy,
    Registry,
    redact,
    segments,
)

TEXT = "当事人张三，电话13812345678，驾驶皖R12345。"
FILE = Registry(persons=(Person("张三"),))


def test_redacted_text_and_changes_tell_the_same():
    redacted = redact(TEXT, registry=FILE)

    assert redacted.text == "当事人张某，电话***，驾驶皖R***45。"
    assert redacted.rule_version == RULE_VERSION
    assert [(c.kind, c.original, c.replacement) for c in redacted.changes] == [
        ("name", "张三", "张某"),
        ("mobile", "13812345678", "***"),
        ("plate", "皖R12345", "皖R***45"),
    ]
    assert all(TEXT[c.start : c.end] == c.original for c in redacted.changes)


def test_text_without_hits_is_untouched():
    text = "2021年5月11日，东至县市场监督管理局作出处罚决定：没收12345.67元。\r\n\t\x00"

    assert redact(text, registry=FILE).text == text
    assert redact("", registry=FILE).text == ""


def test_what_policy_keeps_stays():
    policy = Policy(keep=frozenset({"0566-7021234"}), keep_plates=True)
    text = "举报电话0566 7021234，皖R12345，0566-7029999"

    assert (
        redact(text, registry=NOBODY, policy=policy).text == "举报电话0566 7021234，皖R12345，***"
    )


def test_replacement_that_makes_a_new_hit_is_masked_too():
    registry = Registry(persons=(Person("张三", phones=("55555",)),))
    text = "13855555138****4567"

    once = redact(text, registry=registry)

    assert redact(once.text, registry=registry).text == once.text
    assert "".join(segment.original for segment in segments(text, once.text, once.changes)) == text


def test_segments_show_both_columns_whole():
    redacted = redact(TEXT, registry=FILE)

    rows = segments(TEXT, redacted.text, redacted.changes)

    assert "".join(row.original for row in rows) == TEXT
    assert "".join(row.public for row in rows) == redacted.text
    assert [(r.kind, r.original, r.public, r.rule) for r in rows if r.kind != "kept"] == [
        ("name", "张三", "张某", "known-name"),
        ("mobile", "13812345678", "***", "mobile"),
        ("plate", "皖R12345", "皖R***45", "plate"),
    ]


def test_segments_call_an_editors_words_an_edit():
    redacted = redact(TEXT, registry=FILE)
    public = redacted.text.replace("驾驶", "开着") + "已结案。"

    rows = segments(TEXT, public, redacted.changes)

    assert "".join(row.original for row in rows) == TEXT
    assert "".join(row.public for row in rows) == public
    assert [(row.original, row.public) for row in rows if row.kind == "edit"] == [
        ("驾驶", "开着"),
        ("", "已结案。"),
    ]
    assert {row.kind for row in rows} == {"kept", "edit", "name", "mobile", "plate"}


def test_segments_of_long_texts_stay_whole():
    original = "".join(f"第{number}段，张三供述。\n" for number in range(2000))
    public = original.replace("张三", "张某").replace("第7段", "第七段")

    rows = segments(original, public)

    assert "".join(row.original for row in rows) == original
    assert "".join(row.public for row in rows) == public
    assert len([row for row in rows if row.kind == "edit"]) == 2001
