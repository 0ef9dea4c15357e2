"""A party becomes a case of its own (分案): same lead, same day of filing, same limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.clocks.lines import key
from workflow.engine.acts import begin, record_act
from workflow.engine.perform import open_record
from workflow.engine.refusals import TransitionRefused
from workflow.guards.links import case_link
from workflow.guards.police import TR_11
from workflow.models import Case, CaseParty, Deadline, Handler
from workflow.plugin import Refusal
from workflow.states import CaseState as S
from workflow.states import TransferState as T

#: States of a transfer that is still on its way.
OPEN = (
    T.PROPOSED, T.APPROVED, T.HANDED_OVER, T.RECEIPTED, T.ACCEPTED, T.REFUSED, T.RECONSIDERING,
)  # fmt: skip
STATES = (S.INVESTIGATING, S.CONCLUDED)
#: What the new case begins with; amounts are each case's own and are written anew.
COPIED = (
    "cause", "procedure", "lead", "unit", "category", "violation_type", "restricted", "filed_at",
    "place", "facts", "legal_basis",
)  # fmt: skip


def split_party(row: CaseParty, *, actor: User, title: str, reason: str) -> Case:
    """A new case, at investigation, for this party alone; the others stay.

    It has its own number, the facts, handlers, people named to know and evidence of the old one
    (a row of its own for each file; the stored file is the same). Its limits started with the old
    case and go on from there, pauses and extensions included: the 90 days are not restarted.
    Raises ``TransitionRefused`` when no party would stay, or something of this party is under way.
    """
    with transaction.atomic():
        old = begin(row.case, actor=actor, permission="split_case", states=STATES)
        row = CaseParty.objects.select_for_update().select_related("party").get(pk=row.pk)
        if wrong := list(leaving_refusals(old, row)):
            raise TransitionRefused(wrong)
        kind = "simple" if old.procedure == Case.Procedure.SIMPLE else "filing"
        new = Case(title=title, **{name: getattr(old, name) for name in COPIED})
        open_record(
            new, verb="case.split_off", number=kind, actor=actor, acted_at=now(),
            data={"from": old.pk}, reason=reason,
        )  # fmt: skip
        new.other_categories.set(old.other_categories.all())
        CaseParty.objects.create(case=new, party=row.party, violation=row.violation)
        _hand_on(old, new, actor)
        _copy_evidence(old, new)
        _copy_limits(old, new)
        row.split_into = new
        row.save(update_fields=["split_into"])
        record_act(
            old, "party.split", actor=actor, reason=reason,
            data={"party": row.pk, "into": new.pk},
        )  # fmt: skip
        return new


def leaving_refusals(case: Case, row: CaseParty) -> Iterator[Refusal]:
    """Why a party cannot leave the case: something of it is under way, or nobody would stay."""
    sent = case.transfers.filter(state__in=OPEN, parties=row).exists()
    if row.split_into_id is not None or (row.outcome and not sent):
        yield Refusal("not_open", _("This party is not open in this case any more."))
    others = case.parties.not_on_their_way().exclude(pk=row.pk).filter(split_into=None)
    if not others.filter(outcome=CaseParty.Outcome.OPEN).exists():
        yield Refusal("last_party", _("At least one open party stays in the case."))
    if row.measures.unfinished().exists():
        message = _(
            "A measure on goods of this party is not finished: lift or dispose of it first."
        )
        yield Refusal("measure_open", message)
    if sent:
        message = _(
            "A transfer of this party is under way: it stays until the receiver returns it."
        )
        yield Refusal("transfer_open", message, TR_11, case_link(case.pk, "transfers"))


def _hand_on(old: Case, new: Case, actor: User) -> None:
    """Handlers, those recused with their ground, and the people named to know."""
    for handler in old.handlers.filter(ended_on=None):
        Handler.objects.create(
            case=new, user=handler.user, is_lead_handler=handler.is_lead_handler,
            qualification_no=handler.qualification_no, assigned_by=actor,
            assigned_on=timezone.localdate(), recused_on=handler.recused_on,
            recusal_reason=handler.recusal_reason,
        )  # fmt: skip
    for grant in old.grants.live():
        _as_new(grant, case=new)


def _copy_evidence(old: Case, new: Case) -> None:
    """Each file as it stands, the oldest first, so that what replaces another finds its copy."""
    copies: dict[int, Any] = {}
    for file in old.evidence.order_by("pk"):
        source, replaced = file.pk, copies.get(file.replaces_id or 0)
        copies[source] = _as_new(file, case=new, copy_of_id=source, replaces=replaced)


def _copy_limits(old: Case, new: Case) -> None:
    """Limits of the case that have started, with their pauses and extensions, for the new one."""
    rows = Deadline.objects.filter(record_type="workflow.case", record_id=old.pk, party=None)
    counted: dict[str, int] = {}
    for deadline in rows.order_by("pk"):
        code = deadline.code
        counted[code] = counted.get(code, 0) + 1
        parts = [*deadline.pauses.order_by("pk"), *deadline.extensions.order_by("pk")]
        own = key(code, ("workflow.case", new.pk), None, counted[code])
        copy = _as_new(deadline, key=own, record_id=new.pk, case=new)
        for part in parts:
            _as_new(part, deadline=copy)


def _as_new(row: Any, **changed: Any) -> Any:
    """A second row like this one but for what changed."""
    copy = type(row)()
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            setattr(copy, field.attname, getattr(row, field.attname))
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy
