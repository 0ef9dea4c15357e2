"""Who may do what with exposures: codenames on the unit of the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.api import Act

_UNIT = ("handler", "unit_head")
_LEADERS = ("leader", "head", "acting_head")
_CHECKERS = ("editor", "secrecy_reviewer")

ACTS = (
    Act(
        codename="view_exposure",
        label=_("See exposures"),
        roles=(*_UNIT, *_LEADERS, *_CHECKERS, "campaign_office"),
    ),
    Act(
        codename="nominate_exposure",
        label=_("Nominate cases for exposure"),
        roles=(*_UNIT, "campaign_office", "editor"),
    ),
    Act(codename="edit_exposure", label=_("Write exposures"), roles=("editor",)),
    Act(codename="check_exposure", label=_("Check the redaction of exposures"), roles=_CHECKERS),
    Act(
        codename="review_secrecy",
        label=_("Review exposures for secrets"),
        roles=("secrecy_reviewer",),
    ),
    Act(codename="release_exposure", label=_("Release exposures"), roles=("editor",)),
    Act(codename="withdraw_exposure", label=_("Withdraw exposures"), roles=("editor", *_LEADERS)),
)
