"""The gate as a checklist: what has to hold before the public may read it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publicity.exposures.guards import case as case_guards
from publicity.exposures.guards import text as text_guards
from publicity.exposures.models import Exposure
from publicity.exposures.states import PUBLIC, ExposureState
from workflow.api import Attempt, Refusal, attempt_of

S = ExposureState
SIGNED = (S.APPROVED, S.SCHEDULED, *PUBLIC)


@dataclass(frozen=True)
class Check:
    """One line of the checklist: what it asks, and every reason against it."""

    label: Any
    refusals: list[Refusal] = field(default_factory=list)
    is_done: bool = True


def checklist(exposure: Exposure, user: User, memo: dict[str, Any]) -> list[Check]:
    """Facts, law, redaction, second person, secrecy, leader, release; guards share ``memo``."""
    attempt = attempt_of(exposure, "exposure.approve", user, memo=memo)
    has_text = exposure.page_id is not None
    asked = [
        (_("Law: the decision is served and stands"), case_guards.CASE_GUARDS),
        (_("Facts: the text is complete"), (text_guards.text_is_complete,)),
        (_("Redaction: nothing is open"), text_guards.CHECKED[1:]),
        (_("Second person: somebody else confirmed"), (text_guards.two_people_confirmed,)),
        (_("Secrecy: reviewed"), (text_guards.secrecy_is_reviewed,)),
    ]
    checks = []
    for number, (label, guards) in enumerate(asked):
        early = number > 1 and not has_text
        found = [] if early else _ask(attempt, guards)
        checks.append(Check(label, found, not found and not early))
    is_signed = exposure.state in SIGNED
    checks.append(Check(_("Leader: the release is approved"), [], is_signed))
    checks.append(Check(_("Released"), [], exposure.state in PUBLIC))
    return checks


def _ask(attempt: Attempt, guards: Iterable[Any]) -> list[Refusal]:
    found: list[Refusal] = []
    for guard in guards:
        answer = guard(attempt)
        answers = [answer] if isinstance(answer, Refusal) else list(answer or ())
        found += [r if r.law else Refusal(r.code, r.message, guard.law, r.link) for r in answers]
    return found
