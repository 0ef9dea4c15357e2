from __future__ import annotations

from publicity.exposures.redaction import Person, Registry, detect_in, redact_in

FILE = Registry(persons=(Person("张三丰"), Person("张无忌")))
UUID = "11381234-1380-4000-8138-138123456789"


class Stream:
    def get_prep_value(self):
        return [{"type": "caption", "id": UUID, "value": "张三丰供货"}]


class RichText:
    source = "<p>张三丰</p>"


def test_paths_name_the_place():
    page = {"title": "张三丰案", "body": [{"value": {"caption": "13812345678"}}], "a-张三丰": None}

    found = [(item.path, item.hit.text) for item in detect_in(page, registry=FILE)]

    assert found == [
        ("title", "张三丰"),
        ("body[0].value.caption", "13812345678"),
        ("#key", "张三丰"),
    ]


def test_stream_and_rich_text_values_are_walked_without_their_ids():
    found = [item.path for item in detect_in({"a": Stream(), "b": RichText()}, registry=FILE)]

    assert found == ["a[0].value", "b#text"]


def test_rich_text_is_read_across_tags_entities_and_attributes():
    source = (
        "<p>张<b>三</b>丰 &#49;38&nbsp;1234&nbsp;5678</p><!--张三丰-->"
        '<a href="tel:13812345678">x</a><img alt="张三丰" title=\'张无忌\'>'
    )

    found = [(item.path, item.hit.text) for item in detect_in(source, registry=FILE, path="body")]

    assert found == [
        ("body#text", "张三丰"),
        ("body#text", "138\xa01234\xa05678"),
        ("body@href", "13812345678"),
        ("body@alt", "张三丰"),
        ("body@title", "张无忌"),
        ("body#comment", "张三丰"),
    ]


def test_blocks_of_rich_text_do_not_join():
    assert detect_in("<p>1381234</p><p>5678</p><td>138</td><td>12345678</td>", registry=FILE) == []


def test_redacted_rich_text_keeps_its_tags():
    source = '<p>由张<b>三丰</b>&amp;<i>张无忌</i></p><!-- 张三丰 --><img alt="张三丰 &gt;">'

    public, changes = redact_in({"body": source}, registry=FILE)

    assert public == {"body": '<p>由张某甲<b></b>&amp;<i>张某乙</i></p><img alt="张某甲 &gt;">'}
    assert [path for path, _ in changes] == ["body@alt", "body#text", "body#text"]


def test_masks_agree_over_all_fields():
    page = {"title": "张无忌案", "body": ["张三丰供货给张无忌"], "id": UUID, "n": 7}

    public, _ = redact_in(page, registry=FILE)

    assert public == {"title": "张某甲案", "body": ["张某乙供货给张某甲"], "id": UUID, "n": 7}
    assert redact_in(public, registry=FILE) == (public, [])


def test_broken_markup_is_still_read():
    for source in (
        "<p>张三丰",
        "<p title=张三丰>x",
        "<!-- 张三丰",
        "<!DOCTYPE 张三丰>",
        "<b 张三丰 <i>张三丰",
    ):
        assert detect_in(source, registry=FILE), source
