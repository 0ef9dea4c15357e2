"""Pages of cases in the situations the tests need; texts of real length and shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from publicity.pages.models import ExposurePage
from publicity.pages.release import new_draft, put_live
from publicity.pages.tree import ensure_tree

_numbers = count(1001)
RELEASED_AT = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)

CONTENT: dict[str, Any] = {
    "party_display": "东至县某某食品经营部",
    "uscc": "91350100M000100Y43",
    "category_code": "food_drugs",
    "category_name": "减肥、降糖类食品非法添加药品",
    "campaign_year": 2026,
    "unit_name": "大渡口市场监督管理所",
    "place": "大渡口镇",
    "violation": "经营添加药品西布曲明的减肥食品",
    "violation_type": "food_drugs",
    "decision_number": "东市监罚〔2026〕12号",
    "decided_on": date(2026, 4, 20),
    "penalty_text": "没收违法所得 1260 元，罚款 50000 元。",
    "fine_fen": 5_000_000,
    "confiscated_fen": 126_000,
    "laws": [
        ("law", {"law": "中华人民共和国食品安全法", "article": "第三十八条"}),
        ("law", {"law": "中华人民共和国食品安全法", "article": "第一百二十三条第一款第六项"}),
    ],
    "facts": "<p>执法人员在检查中发现当事人销售的减肥糖果检出西布曲明成分。</p>",
    "handling": "<p>当事人的行为违反食品安全法，依法作出行政处罚。</p>",
    "significance": "<p>提醒消费者不要轻信快速减肥。</p>",
    "source": "东至县市场监督管理局",
}


def make_draft(*, title: str = "大渡口镇查处某食品经营部销售非法添加食品案", **changes: Any):
    """A draft as the intake leaves it."""
    ensure_tree()
    return new_draft(title=title, **{**CONTENT, **changes})


def make_released(
    *,
    release_no: int | None = None,
    at: datetime = RELEASED_AT,
    **changes: Any,
) -> ExposurePage:
    """A case the public reads."""
    number = next(_numbers) if release_no is None else release_no
    return put_live(make_draft(**changes), release_no=number, at=at)
