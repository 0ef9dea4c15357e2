"""The days of a case file in the order in which they must lie, round by round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.sane import day_of
from workflow.clocks.store import ask
from workflow.guards.file import PartyFile
from workflow.guards.links import page
from workflow.models import Decision, Notice
from workflow.selectors.checked_file import ERROR, WARNING, CheckedFile, Finding, Round
from workflow.states import CaseState

APL_5 = gettext_lazy("Administrative Penalty Law art. 5")
APL_36 = gettext_lazy("Administrative Penalty Law art. 36")
_CLOSED = (CaseState.CLOSED, CaseState.ARCHIVED)
Milestone = tuple[str, date | None]


def dates_in_order(file: CheckedFile) -> Iterator[Finding]:
    """Found, filed, concluded, told, answered, decided, served, enforced, closed: in this order.

    A case that was reopened goes through them again, from the day it was reopened.
    """
    parties: list[PartyFile | None] = [*file.parties] or [None]
    for party in parties:
        for one in file.rounds:
            known = [(label, day) for label, day in _milestones(file, one, party) if day]
            for (before, first), (after, then) in pairwise(known):
                if then < first:
                    yield _out_of_order(file, before, first, after, then)


def found_in_time(file: CheckedFile) -> Iterator[Finding]:
    """Found within two years from the end of the violation; five for life, health and finance."""
    violated_on, lead = file.case.violated_on, file.case.lead
    if violated_on is None or lead is None:
        return
    limit = ask("C38a", violated_on)
    found_on = timezone.localdate(lead.received_at)
    if limit.due is not None and day_of(limit.due) < found_on:
        message = _(
            "The violation ended on %(violated)s and was found on %(found)s, after the time bar of "
            "%(due)s: punish only where the five years for life, health or financial safety apply."
        ) % {
            "violated": date_format(violated_on), "found": date_format(found_on),
            "due": date_format(day_of(limit.due)),
        }  # fmt: skip
        yield Finding(
            "time_barred", WARNING, message, APL_36, page("workflow_case:edit", file.case.pk)
        )


def _out_of_order(file: CheckedFile, before: str, first: date, after: str, then: date) -> Finding:
    message = _("%(after)s on %(then)s, before: %(before)s on %(first)s.") % {
        "after": after, "then": date_format(then),
        "before": before, "first": date_format(first),
    }  # fmt: skip
    return Finding("dates_out_of_order", ERROR, message, APL_5, file.link("timeline"))


def _milestones(file: CheckedFile, one: Round, party: PartyFile | None) -> list[Milestone]:
    papers = papers_in(one, party)
    notice, decision = papers.notice, papers.decision
    name = f"{party.name}：" if party else ""
    days: list[tuple[str, Any]] = [
        *_beginning(file, one),
        (_("Investigation concluded"), one.first("case.conclude")),
        (name + _("Notice issued"), notice.issued_at if notice else None),
        (name + _("Notice served"), _first_service(notice)),
        (name + _("Party answered"), notice.answered_at if notice else None),
        (name + _("Penalty decided"), decision.decided_at if decision else None),
        (name + _("Decision served"), _first_service(decision)),
        # A party whose decision stood was not decided again: the acts of this round are not its.
        (_("Enforcement began"), one.last("case.enforce") if decision or not party else None),
        (_("Case closed"), _closed(file, one)),
    ]
    return [(label, _day(moment)) for label, moment in days]


def _beginning(file: CheckedFile, one: Round) -> list[tuple[str, Any]]:
    if one.reopened_at is not None:
        return [(_("Reopened"), one.reopened_at)]
    lead = file.case.lead
    return [(_("Found"), lead.received_at if lead else None), (_("Case filed"), file.case.filed_at)]


def _closed(file: CheckedFile, one: Round) -> Any:
    """When the round ended; of one that never ended, what the case says if it is closed."""
    closed = one.last("case.close") or one.last("case.close_simple")
    if closed is None and one.is_last and file.case.state in _CLOSED:
        return file.case.closed_at
    return closed


@dataclass(frozen=True, slots=True)
class Papers:
    """What came of one round for one party."""

    notice: Notice | None
    decision: Decision | None


def papers_in(one: Round, party: PartyFile | None) -> Papers:
    """The notice and decision that came of the round; changes made by others are no round."""
    if party is None:
        return Papers(None, None)
    notices = [n for n in party.row.notices.all() if n.issued_at and one.holds(n.issued_at)]
    decisions = [
        d
        for d in party.row.decisions.all()
        if d.decided_at and not d.changed_by_id and one.holds(d.decided_at)
    ]
    standing = [n for n in notices if n.superseded_at is None or not one.is_last]
    if one.is_last and party.decision and party.decision.status == Decision.Status.DRAFT:
        decisions.insert(0, party.decision)
    return Papers(next(iter(standing), None), next(iter(decisions), None))


def _first_service(paper: Notice | Decision | None) -> Any:
    services: Sequence[Any] = list(paper.services.all()) if paper else []
    return min((service.served_at for service in services), default=None)


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if hasattr(moment, "hour") else moment
