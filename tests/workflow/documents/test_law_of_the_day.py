"""A document cites the law of its own date, and grants the days the limit of that date counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.workflow.documents.papers import said
from workflow.clocks import store
from workflow.documents import catalogue
from workflow.documents.builder.shipping import SOURCES
from workflow.documents.context import context_of
from workflow.documents.context.law import citations, cited, number
from workflow.documents.render import render_draft
from workflow.models import Article
from workflow.services.laws import load_shipped_laws

MAY, LAST_DAY, FIRST_DAY, AUGUST = (
    date(2021, 5, 20), date(2021, 7, 14), date(2021, 7, 15), date(2021, 8, 20),
)  # fmt: skip


def told(code, subject, on):
    context = context_of(code, subject, number="7号", on=on)
    return "".join(said(render_draft(catalogue.shipped(code), context)[0]))


@pytest.fixture
def party(world):
    return world.noticed().parties.get()


@pytest.mark.parametrize(
    ("on", "days", "articles"),
    [
        (MAY, 3, ("第三十一条的规定，现将", "第三十一条、第三十二条的规定，你（单位）")),
        (AUGUST, 5, ("第四十四条的规定，现将", "第四十四条、第四十五条的规定，你（单位）")),
    ],
)  # fmt: skip
def test_a_notice_says_what_its_limit_says(party, on, days, articles):
    text = told("F37", party, on)

    rule = store.ask("C23", on).rule
    assert (rule.amount, rule.unit) == (days, "working_day")
    assert re.findall(r"起(.*?)个工作日", text) == [number(days)]
    assert [words in text for words in articles] == [True, True]


@pytest.mark.parametrize(
    ("on", "cites"), [(LAST_DAY, "第四十二条"), (FIRST_DAY, "第六十三条、第六十四条")]
)
def test_the_right_to_a_hearing_changes_on_the_day_of_the_new_law(party, on, cites):
    party.notices.update(hearing_right=True)

    assert f"《中华人民共和国行政处罚法》{cites}的规定，你（单位）有权要求举行听证" in told(
        "F37", party, on
    )


def test_a_changed_rule_changes_the_days_of_the_notice(party):
    row = store.rulebook().row("C23", AUGUST)
    row.amount = 12
    row.save()

    assert "自收到本告知书之日起十二个工作日内" in told("F37", party, AUGUST)


@pytest.mark.parametrize(
    ("on", "not_listed"),
    # 行政处罚法 (2021) art. 26 stands in the ministry's own letters; the library does not list it.
    [(MAY, set()), (AUGUST, {"第二十六条"})],
)
def test_what_is_cited_is_what_the_library_has_of_the_text_in_force(db, on, not_listed):
    load_shipped_laws()
    known = Article.objects.in_force(on).filter(version__law__short_name="行政处罚法")

    told = "".join(cited(on).values()).split("《")
    of_the_law = "".join(piece for piece in told if piece.startswith("中华人民共和国行政处罚法"))
    numbers = set(re.findall(r"第[一二三四五六七八九十]+条", of_the_law))

    assert numbers - set(known.values_list("number", flat=True)) == not_listed


def test_no_description_names_an_article_that_moved():
    fixed = {
        path.name: found
        for path in sorted(Path(SOURCES).glob("*.txt"))
        if (found := re.findall(r"(?:行政处罚法|行政处罚程序规定)》第.{1,6}条", path.read_text()))
    }

    assert fixed == {}
    assert {rows[1][0] for rows in citations().values()} == {FIRST_DAY}


def test_education_cites_no_article_of_the_old_law(world):
    case = world.answer(world.noticed())
    world.draft_decision(case, kind="no_penalty")
    party = case.parties.get()
    party.decisions.update(education="已批评教育。")

    assert "不予行政处罚。本机关对当事人进行了教育：已批评教育。" in told("F46", party, MAY)
    assert "第三十三条第三款的规定，本机关对当事人进行了教育" in told("F46", party, AUGUST)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "零"), (3, "三"), (10, "十"), (15, "十五"), (60, "六十"), (99, "九十九"), (100, "100")],
)
def test_days_are_written_in_small_numerals(value, words):
    assert number(value) == words
