"""Take every word of a released case off its page and leave the place for the notice."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from publicity.pages.models.exposure import NULL_FIELDS, TEXT_FIELDS, ExposurePage, WithdrawalKind


class NotReleasedError(ValueError):
    """The page was never public: there is nothing to withdraw, and no address for a notice."""


@transaction.atomic
def blank(page: ExposurePage, *, on: date, kind: str) -> ExposurePage:
    """Empty every content field of the page, drop its revisions, comments, corrections and files.

    Afterwards the page is not live, keeps its release number, address and release date, and
    answers with a notice of ``on`` (the day of withdrawal) and ``kind`` (a ``WithdrawalKind``).
    Returns the fresh page. Raises ``NotReleasedError`` for a page that was never released and
    ``ValueError`` for an unknown kind. Blanking twice keeps the first date. APL art. 48, PUB
    art. 11: withdrawn publicly, with the reason.
    """
    reason = WithdrawalKind(kind)
    fresh = ExposurePage.objects.select_for_update().get(pk=page.pk)
    if fresh.release_no is None:
        raise NotReleasedError(f"page {page.pk} was never released")
    if fresh.withdrawn_on is not None:
        return fresh
    for name in TEXT_FIELDS:
        setattr(fresh, name, "")
    for name in NULL_FIELDS:
        setattr(fresh, name, None)
    fresh.laws = []
    with translation.override(settings.LANGUAGE_CODE):
        fresh.title = fresh.draft_title = _("Withdrawn case")
    fresh.live = False
    fresh.has_unpublished_changes = False
    fresh.live_revision = fresh.latest_revision = None
    fresh.withdrawn_on = on
    fresh.withdrawal_kind = reason.value
    fresh.save()
    fresh.revisions.all().delete()
    fresh.wagtail_admin_comments.all().delete()
    fresh.corrections.all().delete()
    for released in fresh.files.all():
        released.remove()
    return fresh
