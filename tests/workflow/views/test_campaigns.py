"""Campaigns from files, rules of casework, and Wagtail's screens that are nobody's business."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from workflow.models import Campaign, JournalLine, NumberPattern, Threshold

LOAD = reverse("workflow_campaign_load")


def plan(**changes):
    category = {
        "number": 1, "code": "toys", "name": "儿童玩具", "lead_unit": "综合行政执法中队",
        "violation_type": {"code": "toys", "name": "玩具"},
        "responsible_units": ["大渡口所"],
    }  # fmt: skip
    return {
        "code": "tq2023", "name": "2023 铁拳行动", "year": 2023, "starts_on": "2023-03-01",
        "ends_on": "2023-12-31", "categories": [{**category, **changes.pop("category", {})}],
        **changes,
    }  # fmt: skip


def upload(client, data, **more):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(LOAD, {"file": SimpleUploadedFile("c.json", text), **more})


@pytest.fixture
def office(client, world):
    client.force_login(world.office)
    return client


def test_file_is_tried_first_and_then_loaded(office, world):
    tried = upload(office, plan())
    kept = Campaign.objects.exists()
    loaded = office.post(LOAD, {"text": tried.context["text"], "do": "keep"})

    campaign = Campaign.objects.get()
    assert (tried.status_code, kept, loaded.status_code) == (200, False, 302)
    assert campaign.categories.get().lead_unit == world.squad
    assert JournalLine.objects.filter(verb="campaign.loaded").count() == 1
    assert "儿童玩具" in office.get(loaded.url).content.decode()
    assert campaign.name in office.get(reverse("workflow_campaigns")).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        {"code": "x"},
        plan(category={"lead_unit": "火星所"}),
        plan(category={"responsible_units": ["火星所"]}),
        plan(ends_on="2020-01-01"),
        plan(starts_on="soon"),
        plan(year="many"),
        plan(categories=[{"number": 1}]),
        plan(categories=7),
        plan(code=None),
    ],
)
def test_wrong_file_is_refused_with_reasons(office, world, data):
    response = upload(office, data, do="keep")

    assert response.status_code == 422
    assert response.context["errors"] or response.context["form"].errors
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"year": "many"}, "年份: “many”的值应该是一个整"),
        ({"year": 10**20}, "年份: 确保该值小于或等于"),
        ({"starts_on": "soon"}, "自: “soon”"),
        ({"ends_on": "2020-01-01"}, "专项行动的结束日期早于开始日期。"),
        ({"category": {"number": "x"}}, "第x类: 序号: “x”"),
        ({"category": {"name": "长" * 101}}, "第1类: 名称: "),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_entry(office, world, changes, said):
    response = upload(office, plan(**changes), do="keep")

    (error,) = response.context["errors"]
    assert (response.status_code, error[: len(said)]) == (422, said)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("who", ["handler", "unit_head", "system_admin"])
def test_campaigns_are_the_offices(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(LOAD).status_code == 404
    assert upload(client, plan(), do="keep").status_code == 404


def test_threshold_is_set_in_yuan_and_kept_in_the_journal(client, world):
    client.force_login(world.system_admin)
    data = {
        "code": "new", "name": "新门槛", "amount_fen": "100.50", "effective_from": "2022-01-01",
        "source": "某规定",
    }  # fmt: skip

    client.post(reverse("workflow_thresholds:add"), data)

    row = Threshold.objects.get(code="new")
    assert (row.amount_fen, row.effective_from) == (10050, date(2022, 1, 1))
    assert JournalLine.objects.get(verb="setting.changed").data["values"]["amount_fen"] == 10050


@pytest.mark.parametrize(
    ("until", "fields"), [("2021-12-31", ["effective_until"]), ("2022-01-01", [])]
)
def test_threshold_ends_on_its_first_day_or_later(client, world, until, fields):
    client.force_login(world.system_admin)
    data = {
        "code": "new", "name": "新门槛", "amount_fen": "1", "effective_from": "2022-01-01",
        "effective_until": until, "source": "某规定",
    }  # fmt: skip

    page = client.post(reverse("workflow_thresholds:add"), data)

    assert list(page.context["form"].errors if page.status_code == 200 else []) == fields
    assert Threshold.objects.filter(code="new").exists() == (not fields)


@pytest.mark.parametrize(
    "pattern", ["东市监〔{year}〕号", "{n}号", "{year}{n}{x}", "{year.real}{n", "{n!r:>9999999999}"]
)
def test_pattern_that_makes_no_numbers_is_refused(client, world, pattern):
    client.force_login(world.system_admin)
    data = {"kind": "other", "name": "其他", "pattern": pattern}

    response = client.post(reverse("workflow_numbers:add"), data)

    assert list(response.context["form"].errors) == ["pattern"]
    assert not NumberPattern.objects.filter(kind="other").exists()


def test_two_classes_do_not_share_a_pattern(client, world):
    client.force_login(world.system_admin)
    one = NumberPattern.objects.create(kind="one", name="其一", pattern="东市监一〔{year}〕{n}号")
    data = {"kind": "other", "name": "其他", "pattern": one.pattern}

    response = client.post(reverse("workflow_numbers:add"), data)
    assert list(response.context["form"].errors) == ["pattern"]
    assert not NumberPattern.objects.filter(kind="other").exists()

    again = {"kind": "one", "name": "改名", "pattern": one.pattern}
    client.post(reverse("workflow_numbers:edit", args=[one.pk]), again)
    assert NumberPattern.objects.get(pk=one.pk).name == "改名"


@pytest.mark.parametrize("name", ["workflow_thresholds", "workflow_numbers", "workflow_workdays"])
def test_rules_are_not_for_caseworkers(client, world, name):
    client.force_login(world.unit_head)

    assert client.get(reverse(f"{name}:index")).status_code == 302
    assert client.get(reverse(f"{name}:add")).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "reports/site-history/", "reports/locked/", "reports/aging-pages/", "reports/workflow/",
        "choose-page/", "images/", "documents/", "snippets/", "pages/", "bulk/workflow/lead/route/",
        "sites/", "redirects/", "collections/", "api/main/pages/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["handler", "auditor", "system_admin"])
def test_screens_about_pages_do_not_exist_for_others(client, world, who, path):
    client.force_login(getattr(world, who))

    assert client.get(f"/admin/{path}").status_code == 404


def test_a_file_of_nothing_but_brackets_is_refused(office):
    answer = upload(office, b"[" * 100_000)

    assert answer.status_code == 422
    assert answer.context["errors"]
    assert not Campaign.objects.filter(year=2023).exists()
