"""Notice before decision: facts, reasons, basis and rights told, the windows awaited or waived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.store import ask
from workflow.guards.file import PartyFile, case_file
from workflow.guards.links import case_link
from workflow.guards.review import opens_hearing
from workflow.models import Deadline
from workflow.plugin import Attempt, Refusal, guard

APL_44 = gettext_lazy("Administrative Penalty Law arts. 44, 62")
APL_45 = gettext_lazy("Administrative Penalty Law art. 45")
APL_63 = gettext_lazy("Administrative Penalty Law arts. 63-64")
APL_64 = gettext_lazy("Administrative Penalty Law art. 64")


def intends_no_penalty(party: PartyFile) -> bool:
    """A party whose draft decision imposes nothing needs no notice."""
    return party.decision is not None and party.decision.kind == "no_penalty"


def _owed(attempt: Attempt) -> list[PartyFile]:
    parties = case_file(attempt).answered_parties
    return [p for p in parties if p.is_open and not intends_no_penalty(p)]


@guard(reads="record", law=APL_44)
def every_party_has_a_notice(attempt: Attempt) -> Iterator[Refusal]:
    """A notice is drawn up for every party that is to be punished."""
    for party in _owed(attempt):
        if party.notice is None or not list(party.notice.penalties.all()):
            message = _("%(party)s: the notice of the intended penalty is not drawn up.")
            yield _about(attempt, "notice_missing", message, party)


@guard(reads="record", law=APL_63)
def hearing_right_is_told(attempt: Attempt) -> Iterator[Refusal]:
    """Where the intended penalty opens the way to a hearing, the notice says so."""
    day = timezone.localdate(attempt.acted_at)
    for party in _owed(attempt):
        if party.notice is None or party.notice.hearing_right:
            continue
        penalties = list(party.notice.penalties.all())
        if opens_hearing(penalties, is_person=party.row.party.is_person, on=day):
            message = _("%(party)s: the intended penalty gives a right to a hearing; say so.")
            yield _about(attempt, "hearing_right", message, party)


@guard(reads="record", law=APL_44)
def every_notice_is_served(attempt: Attempt) -> Iterator[Refusal]:
    for party in _owed(attempt):
        if party.notice is None or party.notice.issued_at is None:
            message = _("%(party)s: no notice was issued; no decision without it.")
            yield _about(attempt, "notice_missing", message, party)
        elif party.notice_served_at is None:
            message = _("%(party)s: the service of the notice is not recorded.")
            yield _about(attempt, "notice_not_served", message, party)
        elif timezone.localdate(attempt.acted_at) < timezone.localdate(party.notice_served_at):
            message = _("%(party)s: the notice was served on %(day)s; no act lies before.")
            day = date_format(timezone.localdate(party.notice_served_at), "DATE_FORMAT")
            yield _about(attempt, "before_service", message, party, day=day)


@guard(reads="record", law=APL_45)
def every_window_is_over(attempt: Attempt) -> Iterator[Refusal]:
    """Each party answered, waived with proof, or let its window pass (程序规定 art. 57).

    Who may ask for a hearing may do so until the last day, also after a statement.
    """
    windows = windows_of(attempt.record.pk)
    acted_on = timezone.localdate(attempt.acted_at)
    for party in _owed(attempt):
        notice = party.notice
        if notice is None or party.notice_served_at is None or notice.ends_wait:
            continue
        until = windows.get(party.row.pk)
        if until is not None and until < acted_on:
            continue
        message = _("%(party)s: may still answer until %(day)s; wait, or record the answer.")
        if notice.has_statement:
            message = _(
                "%(party)s: may still ask for a hearing until %(day)s; wait, or record its waiver."
            )
        day = date_format(until, "DATE_FORMAT") if until else "?"
        yield _about(attempt, "window_open", message, party, day=day)


@guard(reads="record", law=APL_45)
def statements_are_considered(attempt: Attempt) -> Iterator[Refusal]:
    """What a party said in its defence was looked into, and how is written down."""
    for party in _owed(attempt):
        if party.notice is not None and not party.notice.is_considered:
            message = _("%(party)s: write down how its statement was considered.")
            yield _about(attempt, "not_considered", message, party)


@guard(reads="record", law=APL_63)
def every_hearing_asked_for_is_held(attempt: Attempt) -> Iterator[Refusal]:
    """Each for the notice that stands: one held before it was issued heard another matter."""
    hearings = [
        (hearing.held_at, {party.pk for party in hearing.requested_by.all()})
        for hearing in case_file(attempt).hearings
        if hearing.held_at
    ]
    for party in _owed(attempt):
        notice = party.notice
        if notice is None or not notice.wants_hearing:
            continue
        issued = notice.issued_at
        held = (at for at, parties in hearings if party.row.pk in parties)
        if not any(issued is not None and at >= issued for at in held):
            message = _("%(party)s: asked for a hearing that was not held.")
            yield _about(attempt, "hearing_owed", message, party)


@guard(reads="record", law=APL_63)
def a_hearing_is_asked_for(attempt: Attempt) -> Refusal | None:
    """A hearing is opened when a party asked for one within its window."""
    if any(p.notice and p.notice.wants_hearing for p in _owed(attempt)):
        return None
    return Refusal("no_hearing_asked", _("No party has asked for a hearing."))


@guard(reads="data", law=APL_64)
def chair_is_not_a_handler(attempt: Attempt) -> Refusal | None:
    chair = (attempt.data or {}).get("chair")
    if chair and any(h.user_id == chair.pk for h in case_file(attempt).investigators):
        message = _("The chair of a hearing is not one who investigated the case.")
        return Refusal("chair_handles", message, field="chair")
    return None


@guard(reads="data", law=APL_64)
def parties_are_told_in_time(attempt: Attempt) -> Refusal | None:
    """Parties are told seven working days before the hearing."""
    data = attempt.data or {}
    told, at = data.get("notified_at"), data.get("scheduled_at")
    if not told or not at:
        return None
    last_day = ask("C24", timezone.localtime(at)).due
    if last_day is None or timezone.localdate(told) <= last_day:
        return None
    message = _("Parties are told seven working days before: for this date until %(day)s.")
    return Refusal(
        "hearing_too_soon",
        message % {"day": date_format(last_day, "DATE_FORMAT")},
        field="scheduled_at",
    )


def windows_of(case_id: int) -> dict[int | None, date | None]:
    """The last day each party of a case may answer its notice; the newest notice counts."""
    rows = Deadline.objects.filter(case_id=case_id, code="C23").order_by("pk")
    return dict(rows.values_list("party_id", "due_on"))


def _about(attempt: Attempt, code: str, message: str, party: PartyFile, **more: object) -> Refusal:
    return Refusal(
        code, message % {"party": party.name, **more}, link=case_link(attempt.record.pk, "parties")
    )
