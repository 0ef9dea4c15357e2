"""Measures on goods beside their machine: proposing, listing, telling the party, testing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.clocks import phrases
from workflow.clocks.sane import LONGEST
from workflow.engine.acts import begin, record_act
from workflow.engine.approvals import propose
from workflow.engine.perform import open_record
from workflow.engine.refusals import TransitionRefused
from workflow.engine.system import move_by_system
from workflow.guards.measure import COERCING, PRESERVING, limit_of
from workflow.models import Case, CaseParty, CustodyStep, Deadline, Measure, MeasureItem
from workflow.plugin import Refusal
from workflow.powers import find
from workflow.services.case_file import BEFORE_DECISION
from workflow.services.testing import stop_for_test
from workflow.states import CaseState
from workflow.states import MeasureState as S

PERMISSION = "take_measures"
LAST_MINUTE = time(23, 59)
#: A measure needs a case that is still to be decided.
OPEN_CASE = (*BEFORE_DECISION, CaseState.HEARING)


def impose_measure(
    case: Case,
    *,
    actor: User,
    case_party: CaseParty,
    fields: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]] = (),
    carried_out_at: datetime | None = None,
    late_reason: str = "",
) -> Measure:
    """Propose a measure, or keep one made on the spot when ``carried_out_at`` says when.

    ``fields``: kind, power, reason, target, superior_approval; on the spot place, keeper, witness
    too. Afterwards its approval waits for the head of unit: of a proposal it lets the officers go
    (art. 18), of one made on the spot it is due within 24 hours (行政强制法 art. 19). Raises
    ``TransitionRefused``.
    """
    with transaction.atomic():
        locked = begin(
            case, actor=actor, permission=PERMISSION, acted_at=carried_out_at,
            late_reason=late_reason, states=OPEN_CASE,
        )  # fmt: skip
        _require_party(locked, case_party)
        on_spot = carried_out_at is not None
        measure = Measure(
            state=S.PROVISIONAL if on_spot else S.PROPOSED, case=locked,
            case_party=case_party, unit=locked.unit, is_urgent=on_spot,
            basis=str(fields.get("basis") or find(fields["power"]) or ""),
            **{name: fields[name] for name in ("kind", "power", "reason")},
            **{name: fields.get(name, "") for name in ("target", "superior_approval")},
        )  # fmt: skip
        if on_spot:
            _carried_out(measure, fields, carried_out_at)
        open_record(
            measure, verb="measure.imposed" if on_spot else "measure.proposed",
            number="measure" if measure.is_coercive else "preserve", actor=actor,
            acted_at=carried_out_at or now(), late_reason=late_reason,
            data={"party": case_party.pk, "kind": measure.kind, "basis": measure.basis},
        )  # fmt: skip
        _write_items(measure, items)
        if carried_out_at is not None:
            CustodyStep.objects.create(
                measure=measure, from_keeper=case_party.party.name[:100], place=measure.place,
                to_keeper=measure.keeper, at=carried_out_at, recorded_by=actor,
            )  # fmt: skip
        propose(measure, "measure.ratify" if on_spot else "measure.approve", actor=actor)
        return measure


def _carried_out(measure: Measure, fields: Mapping[str, Any], at: datetime | None) -> None:
    missing = [name for name in ("place", "keeper", "witness") if not fields.get(name)]
    if missing:
        message = _("Made on the spot: say this too.")
        raise TransitionRefused([Refusal("missing", message, field=name) for name in missing])
    measure.place, measure.keeper = fields["place"], fields["keeper"]
    measure.witness, measure.decided_at = fields["witness"], at


def _require_party(case: Case, row: CaseParty) -> None:
    if row.case_id != case.pk or row.split_into_id:
        message = _("Choose a party of this case.")
        raise TransitionRefused([Refusal("not_a_party", message, field="case_party")])


def list_items(
    measure: Measure, *, actor: User, items: Sequence[Mapping[str, Any]]
) -> list[MeasureItem]:
    """The list of what is taken or sealed, as a whole; open until the measure is carried out."""
    with transaction.atomic():
        locked = begin(measure, actor=actor, permission=PERMISSION, states=(S.PROPOSED, S.APPROVED))
        if not items:
            message = _("List what is taken or sealed: name, quantity, unit.")
            raise TransitionRefused([Refusal("no_items", message)])
        locked.items.all().delete()
        written = _write_items(locked, items)
        record_act(locked, "measure.listed", actor=actor, data={"items": len(written)})
        return written


def _write_items(measure: Measure, items: Sequence[Mapping[str, Any]]) -> list[MeasureItem]:
    return MeasureItem.objects.bulk_create(
        MeasureItem(**item, measure=measure, order=order, held=item["quantity"])
        for order, item in enumerate(items, start=1)
    )


def tell_extension(
    measure: Measure, *, actor: User, told_at: datetime, document: str, late_reason: str = ""
) -> Measure:
    """The party was told of the extension in writing, with the reasons (行政强制法 art. 25)."""
    with transaction.atomic():
        locked = begin(
            measure, actor=actor, permission=PERMISSION, acted_at=told_at,
            late_reason=late_reason, states=(S.EXTENDED,),
        )  # fmt: skip
        locked.extension_told_at = told_at
        locked.save(update_fields=["extension_told_at"])
        record_act(
            locked, "measure.extension_told", actor=actor, acted_at=told_at,
            late_reason=late_reason,
            data={"party": locked.case_party_id, "document": document},
        )  # fmt: skip
        return locked


def record_testing(
    measure: Measure,
    *,
    actor: User,
    from_on: date,
    until_on: date,
    institution: str,
    document: str,
    also: Sequence[Deadline] = (),
) -> Measure:
    """Days of testing do not count; the party was told which ones (行政强制法 art. 25).

    ``document`` is the number of the 期间告知书; both days are inside the pause. ``also``: other
    limits of the case that the same test stops (``stopped_too``). Raises ``TransitionRefused`` for
    preservation, for days in the wrong order, before the measure, or more than ``LONGEST``.
    """
    with transaction.atomic():
        locked = begin(measure, actor=actor, permission=PERMISSION, states=(S.IN_FORCE, S.EXTENDED))
        limit = limit_of(locked, COERCING)
        if not locked.is_coercive or limit is None:
            message = _("Only the running limit of a sealing or seizure stands still for tests.")
            raise TransitionRefused([Refusal("no_limit", message)])
        if from_on < timezone.localdate(locked.decided_at) or until_on < from_on:
            message = _("The test lies after the measure began, and ends after it starts.")
            field = "until_on" if until_on < from_on else "from_on"
            raise TransitionRefused([Refusal("wrong_days", message, field=field)])
        if (until_on - from_on).days > LONGEST:
            message = phrases.too_long().render()
            raise TransitionRefused([Refusal("too_long", message, field="until_on")])
        record_act(
            locked, "measure.testing", actor=actor,
            data={"from": from_on, "until": until_on, "document": document,
                  "institution": institution},
        )  # fmt: skip
        stop_for_test(also, actor=actor, of=limit, days=(from_on, until_on), document=document)
        return locked


def lapse_measures(moment: datetime) -> int:
    """Preservations whose seven working days are over end by themselves; returns how many."""
    over = Deadline.objects.filter(
        code=PRESERVING, record_type="workflow.measure", state__in=Deadline.OPEN,
        due_on__lt=timezone.localdate(moment),
    )  # fmt: skip
    due = {limit.record_id: limit.due_on for limit in over if limit.due_on}
    held = Measure.objects.filter(kind=Measure.Kind.PRESERVE, state__in=(S.PROVISIONAL, S.IN_FORCE))
    running = list(held.filter(pk__in=due).order_by("pk"))
    for measure in running:
        ended = timezone.make_aware(datetime.combine(due[measure.pk], LAST_MINUTE))
        data = {"acted_at": ended, "late_reason": _("Kept by the clock.")}
        move_by_system(measure, "measure.lapse", data=data)
    return len(running)
