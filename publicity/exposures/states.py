"""State codes of an exposure. Codes are stable: rows hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ExposureState(models.TextChoices):
    NOMINATED = "nominated", _("Nominated")
    DRAFTING = "drafting", _("Being drafted")
    CHECKING = "checking", _("Being checked")
    APPROVED = "approved", _("Approved for release")
    SCHEDULED = "scheduled", _("Release scheduled")
    RELEASED = "released", _("Released")
    CORRECTED = "corrected", _("Released, corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Publication ended")


S = ExposureState
#: States an exposure still has a way to go in: a case has at most one such exposure.
OPEN = (S.NOMINATED, S.DRAFTING, S.CHECKING, S.APPROVED, S.SCHEDULED, S.RELEASED, S.CORRECTED)
BEFORE_RELEASE = (S.NOMINATED, S.DRAFTING, S.CHECKING, S.APPROVED, S.SCHEDULED)
PUBLIC = (S.RELEASED, S.CORRECTED)
#: States in which the text may be written; from approval on it is locked.
WRITABLE = (S.DRAFTING, S.CHECKING)


def exposure_states() -> list[tuple[str, StrOrPromise]]:
    """Choices as a function, so that a migration does not freeze them."""
    from workflow.api import added_states

    return [*S.choices, *((s.code, s.label) for s in added_states("exposure").values())]
