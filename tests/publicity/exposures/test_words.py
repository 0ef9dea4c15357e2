"""No page of the staff site speaks English, the pages that are Wagtail's own included."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from lxml import html

SENTENCE = re.compile(r"[A-Za-z][A-Za-z'’,]+(?: [A-Za-z'’,]+)+")


def english(content: bytes) -> list[str]:
    tree = html.fromstring(content)
    for code in tree.xpath("//script|//style|//svg"):
        code.drop_tree()
    said = tree.xpath("//text()|//@title|//@aria-label|//@placeholder|//@alt")
    return [found for text in said for found in SENTENCE.findall(text)]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("editor", "wagtailadmin_home"), ("editor", "wagtailadmin_account"),
        ("editor", "wagtailadmin_explore_root"), ("system_admin", "workflow_workdays:index"),
        ("system_admin", "accounts_people:index"), ("auditor", "accounts_events:index"),
    ],
)  # fmt: skip
def test_pages_of_wagtail_are_in_chinese(client, news, who, name):
    client.force_login(getattr(news, who))

    answer = client.get(reverse(name), follow=True)

    assert (answer.status_code, english(answer.content)) == (200, [])


def test_the_editor_of_a_page_is_in_chinese(client, news):
    page = news.drafting().page
    client.force_login(news.editor)

    answers = [
        client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        for name in ("edit", "history")
    ]

    assert [(answer.status_code, english(answer.content)) for answer in answers] == [(200, [])] * 2
