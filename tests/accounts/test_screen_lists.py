"""The administrators' lists: search, filters, pages, export, and what they cost."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import AccountEvent, Authority, User
from accounts.services import end_posting
from accounts.views.event_words import words
from tests.accounts.people import make_user, post, url


def test_people_are_found_by_name(client, admins):
    make_user("wang", name="王五")
    client.force_login(admins.system)

    text = client.get(url("people"), {"q": "王五"}).content.decode()

    assert "wang" in text
    assert "Name of audit" not in text


def test_people_list_has_pages(client, admins):
    User.objects.bulk_create([User(username=f"u{n:03}", name=f"Person {n:03}") for n in range(60)])
    client.force_login(admins.system)

    first, second = (client.get(url("people"), {"p": page}).content.decode() for page in (1, 2))

    assert ("Person 001" in first, "Person 059" in first) == (True, False)
    assert ("Person 001" in second, "Person 059" in second) == (False, True)


def test_ended_postings_are_listed_without_a_button(client, admins, units):
    ended, open_ = (post(make_user(name), "handler", units.squad) for name in ("wang", "li"))
    end_posting(ended, by=None, reason="moved")
    client.force_login(admins.security)

    text = client.get(url("postings")).content.decode()

    assert "Name of wang" in text
    assert url("postings", "end", ended.pk) not in text
    assert url("postings", "end", open_.pk) in text


@pytest.mark.parametrize(("live", "shown"), [("true", "li"), ("false", "wang")])
def test_postings_are_filtered_by_whether_they_stand(client, admins, units, live, shown):
    ended, _open = (post(make_user(name), "handler", units.squad) for name in ("wang", "li"))
    end_posting(ended, by=None, reason="moved")
    client.force_login(admins.security)

    text = client.get(url("postings"), {"live": live, "role": "handler"}).content.decode()

    names = {name for name in ("wang", "li") if f"Name of {name}" in text}
    assert names == {shown}


def test_auditor_reads_and_exports_the_trail(client, admins):
    client.force_login(admins.audit)

    page = client.get(url("events")).content.decode()
    sheet = b"".join(client.get(url("events"), {"export": "csv"}).streaming_content).decode()

    assert "Name of system (system)" in page
    assert "Name of system (system)" in sheet


def test_details_of_the_trail_are_words():
    event = AccountEvent(
        data={
            "role": "auditor", "unit": "station-x", "from_on": "2026-01-02", "until_on": None,
            "has_legal_qualification": False, "name": ["甲", "乙"], "address": "127.0.0.1",
        }
    )  # fmt: skip

    with translation.override("zh-hans"):
        said = words(event, {"station-x": "某所"})

    assert said == (
        "角色：审计员；单位：某所；自：2026年1月2日；截止日期（含当日）：—；"
        "取得国家统一法律职业资格：否；姓名：甲 → 乙；网络地址：127.0.0.1"
    )


def test_ticks_and_crosses_are_said_in_the_language_of_the_page(client, admins):
    client.force_login(admins.audit)

    page = client.get(url("people"), headers={"accept-language": "zh-hans"}).content.decode()

    icons = map(str.strip, re.findall(r"</svg>\s*<span class=\"w-sr-only\">([^<]+)</span>", page))
    assert set(icons) == {"是"}


@pytest.mark.parametrize("name", ["people", "postings", "units", "authorities", "events"])
def test_list_costs_the_same_for_three_rows_as_for_one(client, admins, units, name):
    client.force_login(admins.audit)
    counts = []
    for number in range(3):
        user = make_user(f"user{number}")
        post(user, "handler", units.squad)
        Authority.objects.create(code=f"a{number}", name="A", kind="police", level="county")
        client.get(url(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_groups_have_nothing_but_the_way_in(units):
    staff = Group.objects.get(name="staff")

    assert [p.codename for p in staff.permissions.all()] == ["access_admin"]


@pytest.mark.parametrize(
    ("word", "said"),
    [("Pages", "页面"), ("Exploring", "浏览页面"), ("New: %(model_name)s", "新增%(model_name)s")],
)
def test_words_of_wagtail_are_said_in_chinese_and_not_renamed_by_ours(word, said):
    with translation.override("zh-hans"):
        assert translation.gettext(word) == said
