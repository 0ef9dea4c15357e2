"""What stands around a case page: the case before, the case after, others of its kind."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from publicity.pages.models.exposure import ExposurePage

RELATED = 5


def around(page: ExposurePage) -> dict[str, Any]:
    """Return corrections, previous, next and related cases: four queries, whatever the site holds.

    ``older`` and ``newer`` follow the order of the list, by decision date and then key.
    """
    others = ExposurePage.objects.released().exclude(pk=page.pk)
    related = others.filter(category_code=page.category_code) if page.category_code else None
    older = newer = None
    if page.pk and page.decided_on:
        earlier = Q(decided_on__lt=page.decided_on) | Q(decided_on=page.decided_on, pk__lt=page.pk)
        later = Q(decided_on__gt=page.decided_on) | Q(decided_on=page.decided_on, pk__gt=page.pk)
        older = others.filter(earlier).rows().first()
        newer = others.filter(later).rows().order_by("decided_on", "pk").first()
    return {
        "corrections": list(page.corrections.all()) if page.pk else [],
        "older": older,
        "newer": newer,
        "related": list(related.rows()[:RELATED]) if related is not None else [],
    }
