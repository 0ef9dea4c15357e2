"""The law library: what ships, what files add, what may be changed."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from workflow.models import Article, FineRange, JournalLine, Law, LawVersion
from workflow.models.law import place_of
from workflow.services.laws import (
    import_laws,
    load_shipped_laws,
    remove_range,
    save_law_part,
)

HEAD = "法律名称,版本,施行日期,条,款项,条旨,条文\n"
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A numeral below a thousand as laws write it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_an_article_stands_where_its_number_says(number):
    assert place_of(f"第{chinese(number)}条") == number * 100


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("第五十条之一", 5001),
        ("第一百三十四条之十一", 13411),
        ("第12条", 0),
        ("五十条", 0),
        ("", 0),
    ],
)
def test_numbers_that_are_none_stand_nowhere(number, place):
    assert place_of(number) == place


@pytest.mark.parametrize(
    ("law", "day", "label"),
    [
        ("行政处罚法", date(2021, 7, 14), "2017年修正"),
        ("行政处罚法", date(2021, 7, 15), "2021年修订"),
        ("反不正当竞争法", date(2025, 10, 14), "2019年修正"),
        ("反不正当竞争法", date(2025, 10, 15), "2025年修订"),
    ],
)
def test_one_version_is_the_law_on_a_day(db, law, day, label):
    versions = LawVersion.objects.filter(law__short_name=law)

    assert [v.label for v in versions if v.is_in_force(day)] == [label]


def test_shipped_articles_have_no_invented_wording(db):
    assert Article.objects.count() > 250
    assert not Article.objects.exclude(text="").exists()


def test_the_crimes_of_the_campaign_are_there_by_number(db):
    crimes = Article.objects.in_force(date(2021, 5, 1)).filter(version__law__short_name="刑法")

    assert list(crimes.order_by("order", "pk").values_list("number", flat=True)) == [
        "第一百三十四条之一", "第一百四十条", "第一百四十一条", "第一百四十二条", "第一百四十三条",
        "第一百四十四条", "第一百四十六条", "第一百四十七条", "第二百一十三条", "第二百一十四条",
        "第二百一十五条", "第二百二十二条", "第二百五十三条之一", "第四百零二条",
    ]  # fmt: skip


def test_loading_again_leaves_the_library_as_the_bureau_has_it(db):
    Article.objects.filter(number="第九条").update(heading="改过")
    before = list(Article.objects.order_by("pk").values())

    kept = load_shipped_laws()

    assert (kept.laws, kept.versions, kept.articles) == (0, 0, 0)
    assert list(Article.objects.order_by("pk").values()) == before


def test_a_new_version_ends_the_one_before(world):
    text = HEAD + "中华人民共和国产品质量法,2027年修订,2027-01-01,第四十九条,,处罚,某文\n"

    kept = import_laws(text, actor=world.jurist, keep=True)

    assert (kept.laws, kept.versions, kept.articles) == (0, 1, 1)
    old, new = LawVersion.objects.filter(law__short_name="产品质量法").order_by("effective_from")
    assert (old.effective_until, new.effective_until) == (date(2026, 12, 31), None)


def test_what_is_tried_does_not_stay(world):
    text = json.dumps([{"name": "某办法", "versions": [
        {"label": "2020年公布", "effective_from": "2020-01-01", "articles": [{"number": "第一条"}]},
    ]}])  # fmt: skip

    tried = import_laws(text, actor=world.jurist, keep=False)
    assert (tried.laws, Law.objects.filter(name="某办法").exists()) == (1, False)

    import_laws(text, actor=world.jurist, keep=True)
    assert Law.objects.filter(name="某办法").exists()


def test_every_bad_row_is_named(world):
    text = HEAD + (
        "某办法,2020年公布,2020-01-01,第一条,,,\n"
        "某办法,2020年公布,2020年1月1日,第二条,,,\n"
        "某办法,2020年公布,2020-01-01,第3条,,,\n"
        ",2020年公布,2020-01-01,第四条,,,\n"
    )

    with pytest.raises(ValidationError) as wrong:
        import_laws(text, actor=world.jurist, keep=True)

    said = [re.search(r"\d+", message)[0] for message in wrong.value.messages]
    assert said == ["3", "4", "5"]
    assert not Law.objects.filter(name="某办法").exists()


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 2}', "[[[", "a,b\n1,2\n", '[{"versions": 1}]'])
def test_a_file_of_another_shape_is_refused(world, text):
    with pytest.raises(ValidationError):
        import_laws(text, actor=world.jurist, keep=True)


@given(text=st.text(max_size=300))
def test_no_text_crashes_the_import(text):
    from workflow.services.law_rows import read_rows

    try:
        rows = read_rows(text)
    except ValidationError:
        return
    assert rows


def test_a_file_completes_but_does_not_rewrite(world):
    row = "中华人民共和国产品质量法,2018年修正,2018-12-29,第四十九条,,,{}\n"

    assert import_laws(HEAD + row.format("甲"), actor=world.jurist, keep=True).filled == 1
    with pytest.raises(ValidationError):
        import_laws(HEAD + row.format("乙"), actor=world.jurist, keep=True)

    article = Article.objects.get(version__law__short_name="产品质量法", number="第四十九条")
    assert article.text == "甲"


def test_only_who_keeps_the_library_changes_it(world):
    law = Law.objects.get(short_name="产品质量法")
    law.issuer = "某机关"

    with pytest.raises(PermissionDenied):
        save_law_part(law, by=world.handler, changed=["issuer"])

    save_law_part(law, by=world.jurist, changed=["issuer"])
    law.refresh_from_db()
    assert law.issuer == "某机关"


def test_versions_do_not_overlap(world):
    law = Law.objects.get(short_name="行政处罚法")
    version = LawVersion(law=law, label="另一版", effective_from=date(2020, 1, 1))

    with pytest.raises(ValidationError):
        save_law_part(version, by=world.jurist, changed=["label"])

    version = LawVersion(law=law, label="另一版", effective_from=date(2016, 1, 1))
    save_law_part(version, by=world.jurist, changed=["label"])
    assert version.effective_until == date(2017, 12, 31)


def test_ranges_ship_for_the_articles_whose_amounts_are_known_and_none_is_verified(db):
    found = FineRange.objects.values_list("article__version__law__short_name", "article__number")

    assert set(found) == {
        ("食品安全法", "第一百二十三条"), ("食品安全法", "第一百二十四条"),
        ("特种设备安全法", "第八十四条"), ("特种设备安全法", "第八十五条"),
        ("广告法", "第五十五条"), ("反不正当竞争法", "第二十条"),
        ("消费者权益保护法", "第五十六条"), ("价格违法行为行政处罚规定", "第七条"),
        ("价格违法行为行政处罚规定", "第十三条"),
    }  # fmt: skip
    assert not FineRange.objects.filter(is_verified=True).exists()


def test_food_below_ten_thousand_yuan_has_a_fixed_range_else_times(db):
    ranges = FineRange.objects.filter(
        article__version__label="2021年修正", article__number="第一百二十四条"
    )

    assert list(
        ranges.values_list(
            "base", "base_from_fen", "base_below_fen", "min_fen", "max_fen", "min_times",
            "max_times",
        )
    ) == [
        ("goods", None, 1_000_000, 5_000_000, 10_000_000, None, None),
        ("goods", 1_000_000, None, None, None, 10, 20),
    ]  # fmt: skip


def file_of(ranges):
    article = {"number": "第一条", "ranges": ranges}
    version = {"label": "2020年公布", "effective_from": "2020-01-01", "articles": [article]}
    return json.dumps([{"name": "某办法", "versions": [version]}])


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"min": 1, "max": 2, "verified": True}, False), ({"base": "goods", "max_times": 3}, False),
        ({"min": 2, "max": 1}, True), ({"max_times": 3}, True), ({"most": 3}, True),
        ({"max": "viel"}, True), ({"base": "weight", "max": 1}, True), ("1", True),
    ],
)  # fmt: skip
def test_a_file_brings_ranges_or_says_which_is_none(world, entry, wrong):
    if wrong:
        with pytest.raises(ValidationError) as refused:
            import_laws(file_of([entry]), actor=world.jurist, keep=True)
        assert refused.value.messages[0].startswith("第1行：")
        return

    assert import_laws(file_of([entry]), actor=world.jurist, keep=True).ranges == 1
    found = FineRange.objects.get(article__version__law__name="某办法")
    assert found.is_verified is entry.get("verified", False)
    assert import_laws(file_of([entry]), actor=world.jurist, keep=True).ranges == 0


def versions_of(law):
    rows = LawVersion.objects.filter(law__short_name=law).order_by("effective_from")
    return list(rows.values_list("effective_from", "effective_until"))


def test_a_wrong_first_day_is_corrected_and_the_version_before_follows(world):
    version = LawVersion.objects.get(law__short_name="行政处罚法", label="2021年修订")
    version.effective_from = date(2021, 8, 1)

    save_law_part(version, by=world.jurist, changed=["effective_from"])
    later = versions_of("行政处罚法")
    version.effective_from = date(2021, 7, 15)
    save_law_part(version, by=world.jurist, changed=["effective_from"])

    assert later == [(date(2018, 1, 1), date(2021, 7, 31)), (date(2021, 8, 1), None)]
    assert versions_of("行政处罚法") == [
        (date(2018, 1, 1), date(2021, 7, 14)), (date(2021, 7, 15), None),
    ]  # fmt: skip


def test_a_corrected_version_does_not_run_into_another(world):
    version = LawVersion.objects.get(law__short_name="行政处罚法", label="2017年修正")
    version.effective_until = date(2021, 7, 15)
    before = versions_of("行政处罚法")

    with pytest.raises(ValidationError):
        save_law_part(version, by=world.jurist, changed=["effective_until"])

    assert versions_of("行政处罚法") == before


def test_a_range_is_taken_out_and_the_journal_keeps_what_it_said(world):
    found = FineRange.objects.get(article__number="第八十四条")
    with pytest.raises(PermissionDenied):
        remove_range(found, by=world.handler)

    remove_range(found, by=world.jurist)

    assert not FineRange.objects.filter(article__number="第八十四条").exists()
    line = JournalLine.objects.filter(verb="law.changed").latest("pk")
    assert (line.data["was"]["min_fen"], line.data["was"]["max_fen"]) == (3_000_000, 30_000_000)
