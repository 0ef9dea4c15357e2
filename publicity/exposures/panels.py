"""Panels: the publicity tab of a case, and what of exposures waits for somebody at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import has_act, unit_ids
from publicity.exposures.guards.case import nomination_refusals
from publicity.exposures.models import Exposure
from publicity.exposures.selectors import waiting_for
from workflow.api import Panel

#: Whoever may do one of these takes steps of exposures beside signing.
_AT_WORK = ("edit_exposure", "check_exposure", "review_secrecy", "release_exposure")
_MOST = 10


def desk_panels(user: Any) -> list[Panel]:
    """One panel for whoever writes, checks or releases exposures; none for anybody else."""
    if not any(unit_ids(user, act) for act in _AT_WORK):
        return []
    rows = list(waiting_for(user)[: _MOST + 1])
    context = {"exposures": rows[:_MOST], "more": len(rows) > _MOST}
    title = _("Exposures that wait for me")
    return [Panel(title=title, template="exposures/desk_panel.html", context=context, order=50)]


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
