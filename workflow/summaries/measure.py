"""What signers read of a measure: on whose goods, by which power, why, what and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from workflow.clocks.store import ask
from workflow.guards.links import page
from workflow.guards.measure import COERCING, PRESERVING
from workflow.models import Measure, MeasureItem
from workflow.models.clock import UNITS
from workflow.plugin import Attempt, Shown
from workflow.summaries.lines import fields
from workflow.templatetags.casework import moment, quantity, yuan

FORMS = {"preserve": "F19", "seal": "F21", "seize": "F21"}


def measure_itself(attempt: Attempt) -> Iterator[Shown]:
    """Kind, party, basis, reasons, what is taken, where it is kept, how long it may last."""
    measure = attempt.record
    yield Shown(measure.case._meta.verbose_name, str(measure.case))
    yield from fields(measure, "kind")
    yield from fields(measure, "case_party")
    yield from fields(measure, "basis", "superior_approval")
    yield from fields(measure, "reason", link=_preview(measure))
    yield from fields(measure, "target")
    if items := [_item(item) for item in measure.items.all()]:
        yield Shown(_("Items"), "\n".join(items))
    yield from fields(measure, "place", "keeper", "witness")
    if measure.decided_at:
        yield Shown(_("carried out at"), moment(measure.decided_at))
    rule = ask(COERCING if measure.is_coercive else PRESERVING, attempt.now).rule
    if rule.amount:
        yield Shown(_("Period"), f"{rule.amount} {dict(UNITS)[rule.unit]}")


def _item(item: MeasureItem) -> str:
    said = f"{item.name} {quantity(item.quantity, item.unit_name)}"
    more = [item.specification] if item.specification else []
    more += [yuan(item.value_fen)] if item.value_fen is not None else []
    more += [item.note] if item.note else []
    return f"{said}（{'；'.join(more)}）" if more else said


def _preview(measure: Measure) -> str:
    address = page("workflow_case:preview_document", measure.case_id, FORMS[measure.kind])
    return f"{address}?measure={measure.pk}" if address else ""
