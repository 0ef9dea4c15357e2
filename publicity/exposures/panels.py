"""The publicity tab of a case: its exposures, and whether it may be nominated."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import has_act
from publicity.exposures.guards.case import nomination_refusals
from publicity.exposures.models import Exposure
from workflow.api import Panel


def publicity_panel(case: Any, user: Any) -> Panel:
    """What the tab shows to somebody who may see the case; read only where it is shown."""
    return Panel(
        title=_("Exposure"),
        template="exposures/case_panel.html",
        context=lambda: _context(case, user),
        tab="publicity",
        order=50,
    )


def _context(case: Any, user: Any) -> dict[str, Any]:
    exposures = list(Exposure.objects.filter(case=case).select_related("unit", "page"))
    reachable = (
        set(Exposure.objects.reachable_by(user).filter(case=case).values_list("pk"))
        if exposures
        else set()
    )
    may_nominate = has_act(user, "nominate_exposure", case.unit_id)
    refusals = (
        nomination_refusals(case, kind=Exposure.Kind.TYPICAL, police_agreement="")
        if may_nominate
        else []
    )
    return {
        "case": case,
        "exposures": [(row, (row.pk,) in reachable) for row in exposures],
        "may_nominate": may_nominate,
        "refusals": refusals,
    }
