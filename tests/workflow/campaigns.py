"""A focus category for tests, with usual laws and a crime gate."""

from __future__ import annotations

from accounts.models import Unit
from workflow.models import Campaign, Category, ViolationType


def category_of_toys(unit: Unit) -> Category:
    """劣质儿童玩具 of a campaign of 2021, led by ``unit``; one row however often asked for."""
    campaign, _made = Campaign.objects.get_or_create(
        code="tiequan", defaults={
            "name": "铁拳", "year": 2021, "starts_on": "2021-05-11", "ends_on": "2021-12-31",
        },
    )  # fmt: skip
    kind, _made = ViolationType.objects.get_or_create(code="toys", defaults={"name": "玩具"})
    category, _made = Category.objects.get_or_create(
        campaign=campaign, number=4, defaults={
            "code": "toys", "name": "劣质儿童玩具", "violation_type": kind, "lead_unit": unit,
            "laws": [{"law": "产品质量法", "articles": ["第四十九条"], "consequence": "没收产品"}],
            "crime_gate": [{
                "law": "中华人民共和国刑法", "article": "第一百四十六条",
                "crime": "生产、销售不符合安全标准的产品罪", "threshold": "造成严重后果",
            }],
        },
    )  # fmt: skip
    return category
