"""Whether a party is still the bureau's to notify and to decide."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow.engine.refusals import TransitionRefused
from workflow.guards.police import police_refusal
from workflow.models import CaseParty
from workflow.plugin import Refusal


def require_ours(row: CaseParty) -> None:
    """Raises ``TransitionRefused`` for a party that left the case or is with the police."""
    if not row.stands:
        message = _("This party is not open in this case any more.")
        raise TransitionRefused([Refusal("not_open", message)])
    if refusal := police_refusal(row):
        raise TransitionRefused([refusal])
