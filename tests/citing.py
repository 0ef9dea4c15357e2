"""What decisions of tests cite."""

from __future__ import annotations

from accounts import clock
from workflow.models import Article, ArticleCitation


def broken() -> list[tuple[Article, str]]:
    """What the toy shop broke, in the version of the day."""
    rows = Article.objects.in_force(clock.today())
    found = rows.filter(version__law__short_name="产品质量法", number="第二十七条")
    return [(article, ArticleCitation.Role.BREACHED) for article in found]
