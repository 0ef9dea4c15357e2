"""Another year's list loads from a file; category and place propose the handling unit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Unit
from accounts.organisation import load_organisation
from workflow.models import Campaign, Category
from workflow.services.campaigns import load_campaign, propose_unit

CAMPAIGNS = Path("workflow/data/campaigns")


@pytest.fixture
def county(db):
    load_organisation()


def category(number: int, year: int = 2021) -> Category:
    return Category.objects.get(campaign__year=year, number=number)


@pytest.mark.parametrize(("year", "count"), [(2021, 10), (2022, 8)])
def test_each_year_s_file_loads_and_loads_again_unchanged(county, year, count):
    for _ in range(2):
        campaign = load_campaign(CAMPAIGNS / f"{year}.json")

    assert (campaign.year, campaign.categories.count()) == (year, count)
    assert Campaign.objects.count() == 1


def test_stations_are_meant_all_together(county):
    load_campaign(CAMPAIGNS / "2021.json")

    stations = Unit.objects.filter(kind="station")
    units = category(1).responsible_units.all()
    assert set(stations) < set(units)
    assert category(1).lead_unit.name == "综合行政执法中队"


def test_unknown_units_are_all_named_and_nothing_is_loaded(county, tmp_path):
    data = json.loads((CAMPAIGNS / "2021.json").read_text(encoding="utf-8"))
    data["categories"][2]["lead_unit"] = "不存在的科"
    data["categories"][4]["responsible_units"].append("没有的局")
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    with pytest.raises(ValidationError) as refused:
        load_campaign(path)

    assert len(refused.value.messages) == 2
    assert "不存在的科" in refused.value.messages[0]
    assert "没有的局" in refused.value.messages[1]
    assert (Campaign.objects.count(), Category.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("number", "place", "unit"),
    [
        (1, "大渡口镇", "大渡口"),  # the station of the place is responsible
        (1, "", "综合行政执法中队"),  # no place: who leads
        (1, "外省某地", "综合行政执法中队"),
        (8, "东流镇老街", "东流"),
        (4, "", "质量发展科"),
    ],
)
def test_category_and_place_propose_the_unit(county, number, place, unit):
    load_campaign(CAMPAIGNS / "2021.json")

    assert unit in propose_unit(category(number), place).name
