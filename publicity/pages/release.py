"""Drafts come in and go live here: the only code that writes a release number."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction

from publicity.pages.models.exposure import ExposurePage
from publicity.pages.models.site_pages import CaseIndexPage


def new_draft(*, title: str, owner: Any = None, **copied: Any) -> ExposurePage:
    """Put a draft below the list of cases, under a random address nobody can guess.

    ``copied`` are fields of ``ExposurePage``. Afterwards the page is not live, has one revision
    and no release number. Raises ``CaseIndexPage.DoesNotExist`` when the page tree is missing.
    """
    index_page = CaseIndexPage.objects.get()
    draft = ExposurePage(
        title=title, slug=f"draft-{uuid.uuid4().hex}", live=False, owner=owner, **copied
    )
    index_page.add_child(instance=draft)
    draft.save_revision(user=owner, clean=False, changed=True)
    return draft


@transaction.atomic
def put_live(
    page: ExposurePage, *, release_no: int, at: datetime, expires_on: date | None = None
) -> ExposurePage:
    """Publish the page's latest text under its release number, which is also its address.

    Returns the fresh live page, which has no unpublished change left. Called again with the same
    number (after a correction) it publishes the corrected text and keeps the first release date,
    and the last day in public unless another is given.
    Raises ``ValidationError`` while a required text is missing, and ``IntegrityError`` when the
    number is another page's.
    """
    row = ExposurePage.objects.select_for_update().get(pk=page.pk)
    revision = row.latest_revision
    fresh: ExposurePage = revision.as_object() if revision else row
    fresh.release_no = release_no
    fresh.slug = str(release_no)
    fresh.released_at = row.released_at or at
    fresh.expires_on = expires_on or row.expires_on
    fresh.live = True
    fresh.expired = fresh.has_unpublished_changes = False
    fresh.live_revision = revision
    fresh.first_published_at = row.first_published_at or at
    fresh.last_published_at = at
    fresh.draft_title = fresh.title
    fresh.save()
    return fresh
