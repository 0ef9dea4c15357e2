"""A case becomes a candidate for exposure: the only way an exposure comes to be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from publicity.exposures.guards.case import nomination_refusals
from publicity.exposures.intake import working_title
from publicity.exposures.models import Exposure
from workflow.api import Case, Refusal, TransitionRefused, begin, record_act

LONGEST = 2000


def nominate(
    case: Case,
    *,
    actor: User,
    reason: str,
    kind: str = Exposure.Kind.TYPICAL,
    police_agreement: str = "",
    acted_at: datetime | None = None,
) -> Exposure:
    """Propose a case for exposure; ``actor`` must see the case and may nominate in its unit.

    Afterwards the exposure stands at "nominated" without a draft. Raises ``TransitionRefused``
    with all reasons: decision not served (APL 61), contested or overturned (PUB 11), with the
    police, a minor, restricted, an exposure under way.
    """
    if not reason.strip() or len(reason) > LONGEST:
        message = _("Say in at most %(count)d characters why the case is exposed.")
        refusal = Refusal("reason_missing", message % {"count": LONGEST}, field="reason")
        raise TransitionRefused([refusal])
    if kind not in Exposure.Kind.values:
        raise TransitionRefused([Refusal("invalid", _("Choose a kind of exposure."), field="kind")])
    with transaction.atomic():
        locked = begin(case, actor=actor, permission="nominate_exposure", acted_at=acted_at)
        refused = nomination_refusals(locked, kind=kind, police_agreement=police_agreement)
        if refused:
            raise TransitionRefused(refused)
        exposure = Exposure(
            case=locked,
            unit=locked.unit,
            kind=kind,
            title=working_title(locked),
            nomination=reason.strip(),
            police_agreement=police_agreement.strip()[:120],
            created_by=actor,
            state_since=acted_at or now(),
        )
        exposure.save(force_insert=True)
        record_act(
            exposure, "exposure.nominate", actor=actor, data={"kind": kind}, acted_at=acted_at
        )
        return exposure
