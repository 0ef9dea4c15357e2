"""Before goods are taken, kept longer, or the case they belong to is closed."""

from __future__ import annotations

import dataclasses

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.deadlines import next_step
from workflow.guards.handlers import actor_is_handler, two_qualified_handlers
from workflow.guards.links import case_link, page
from workflow.models import Deadline, Measure
from workflow.plugin import Attempt, Refusal, guard
from workflow.powers import find, powers_for

ACL_18 = gettext_lazy("Administrative Coercion Law art. 18")
ACL_24 = gettext_lazy("Administrative Coercion Law art. 24")
ACL_25 = gettext_lazy("Administrative Coercion Law art. 25")
ACL_27 = gettext_lazy("Administrative Coercion Law art. 27")
#: The limits of a measure: 7 working days to preserve, 30 days to seal or seize.
PRESERVING, COERCING = "C16", "C18"


def _of_case(attempt: Attempt) -> Attempt:
    """The same question asked of the case the measure belongs to."""
    return dataclasses.replace(attempt, record=attempt.record.case)


@guard(reads="record", law=ACL_18)
def case_has_two_handlers(attempt: Attempt) -> Refusal | None:
    """Two officers with a certificate carry a measure out (行政强制法 art. 18)."""
    return two_qualified_handlers(_of_case(attempt))  # type: ignore[return-value]  # one answer


@guard(reads="actor", law=ACL_18)
def actor_handles_the_case(attempt: Attempt) -> Refusal | None:
    """The person is a handler of the case and not recused."""
    return actor_is_handler(_of_case(attempt))  # type: ignore[return-value]  # one answer


@guard(reads="record", law=ACL_18)
def power_is_lawful(attempt: Attempt) -> Refusal | None:
    """The law that gives the power is one this case's categories are about."""
    measure = attempt.record
    day = timezone.localdate(measure.decided_at or attempt.now)
    allowed = [p for p in powers_for(measure.case, day) if measure.kind in p.kinds]
    if measure.power in {power.code for power in allowed}:
        return None
    message = _("“%(basis)s” gives no power to this measure in this case.")
    link = page("workflow_case:edit", measure.case_id)
    return Refusal("power_not_lawful", message % {"basis": measure.basis}, link=link)


@guard(reads="record", law=gettext_lazy("Anti-Unfair Competition Law (2019) art. 13"))
def city_level_has_approved(attempt: Attempt) -> Refusal | None:
    """Unfair competition: the head of a bureau of city level approves first, in writing."""
    measure = attempt.record
    power = find(measure.power)
    if power is None or not power.superior or measure.superior_approval:
        return None
    message = _("Sealing and seizure under this law need the approval of the city-level bureau.")
    return Refusal("superior_approval_missing", message, field="superior_approval")


@guard(reads="record", law=ACL_24)
def items_are_listed(attempt: Attempt) -> Refusal | None:
    """The list names what is taken or sealed."""
    if attempt.record.items.exists():
        return None
    message = _("List what is taken or sealed: name, quantity, unit.")
    return Refusal("no_items", message, link=page("workflow_measure:items", attempt.record.pk))


@guard(reads="record", law=ACL_25)
def measure_can_be_extended(attempt: Attempt) -> Refusal | None:
    """Only sealing and seizure are extended, while their limit runs, and once."""
    measure = attempt.record
    if measure.kind == Measure.Kind.PRESERVE:
        message = _("Preservation is not extended: it is disposed of within 7 working days.")
        return Refusal("not_extendable", message)
    running = limit_of(measure, COERCING)
    if running is None or next_step(running) is None:
        message = _("The limit was extended already, or does not run.")
        return Refusal("extended_already", message)
    return None


@guard(reads="record")
def something_is_held(attempt: Attempt) -> Refusal | None:
    """There is something left that can go."""
    if attempt.record.items.filter(held__gt=0).exists():
        return None
    return Refusal("nothing_held", _("Nothing of it is held any more."))


@guard(reads="record")
def nothing_is_left(attempt: Attempt) -> Refusal | None:
    """Every item has left."""
    if attempt.record.items.filter(held__gt=0).exists():
        return Refusal("items_held", _("Some of it is still held."))
    return None


@guard(reads="record", law=gettext_lazy("Administrative Penalty Law art. 56"))
def its_seven_days_are_over(attempt: Attempt) -> Refusal | None:
    """Only preservation lapses by itself, after the last day of its limit."""
    measure = attempt.record
    limit = limit_of(measure, PRESERVING)
    today = timezone.localdate(attempt.now)
    if measure.kind == Measure.Kind.PRESERVE and limit and limit.due_on and limit.due_on < today:
        return None
    return Refusal("not_over", _("Its time is not over."))


@guard(reads="record", law=ACL_27)
def nothing_is_held(attempt: Attempt) -> Refusal | None:
    """A case is not closed over goods nobody has decided about."""
    measures = list(attempt.record.measures.unfinished().values_list("number", flat=True))
    if not measures:
        return None
    message = _("Measures are not ended yet: %(numbers)s. Say what becomes of the goods.")
    return Refusal(
        "goods_held",
        message % {"numbers": "、".join(measures)},
        link=case_link(attempt.record.pk, "measures"),
    )


def limit_of(measure: Measure, code: str) -> Deadline | None:
    """The running limit of the measure of that code."""
    rows = Deadline.objects.filter(
        record_type="workflow.measure", record_id=measure.pk, code=code, state__in=Deadline.OPEN
    )
    return rows.select_related("rule").last()
