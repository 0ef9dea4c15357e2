"""A measure taken over: carried out on its day, approved on paper, its goods still held."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow.engine.take_over import PastAct, Source, record_past, settle, take_over
from workflow.models import CaseParty, CustodyStep, Measure, MeasureItem
from workflow.powers import powers
from workflow.services.import_running.moments import at
from workflow.services.import_running.numbers import series_of
from workflow.services.import_running.rows import RunningFile
from workflow.states import MeasureState as S


def write_measure(found: RunningFile, row: CaseParty, *, by: Source) -> Measure:
    """The measure in force (extended), its goods held; its limit runs from its real day.

    The approval was given on paper: neither asked for again, nor due within 24 hours.
    """
    values, day = found.values, found.values["measure_on"]
    measure = Measure(case=row.case, case_party=row, unit=row.case.unit, **_content(found))
    extended = values.get("measure_extended_on")
    take_over(
        measure, state=S.EXTENDED if extended else S.IN_FORCE,
        previous=S.IN_FORCE if extended else "", since=at(extended or day),
        number=series_of("measure", values), on=day, by=by,
    )  # fmt: skip
    MeasureItem.objects.bulk_create(
        MeasureItem(
            measure=measure, order=order, name=item.name, quantity=item.quantity,
            held=item.quantity, unit_name=item.unit_name,
        )
        for order, item in enumerate(values["measure_items"], start=1)
    )  # fmt: skip
    CustodyStep.objects.create(
        measure=measure, from_keeper=row.party.name[:100], to_keeper=measure.keeper,
        place=measure.place, at=at(day), recorded_by=by.actor,
    )  # fmt: skip
    data = {"party": row.pk, "kind": measure.kind, "basis": measure.basis}
    record_past(measure, PastAct("measure.carry_out", at(day), "", S.IN_FORCE, data), by=by)
    if extended:
        more = {"days": values["measure_extended_days"]}
        act = PastAct("measure.extend", at(extended), S.IN_FORCE, S.EXTENDED, more)
        record_past(measure, act, by=by)
    settle(measure)
    return measure


def _content(found: RunningFile) -> dict[str, object]:
    values, day = found.values, found.values["measure_on"]
    preserving = [p for p in powers() if Measure.Kind.PRESERVE in p.kinds and p.holds(day)]
    mine = preserving if values["measure_kind"] == Measure.Kind.PRESERVE else ()
    power = next(iter(mine), None)
    on_paper = _("From before the system; see the paper file.")
    return {
        "number": values["measure_number"],
        "kind": values["measure_kind"],
        "power": power.code if power else "",
        "basis": (found.get("measure_basis") or str(power or on_paper))[:200],
        "reason": on_paper,
        "place": values["measure_place"],
        "keeper": found.get("measure_keeper") or on_paper[:100],
        "witness": on_paper[:100],
        "decided_at": at(day),
    }
