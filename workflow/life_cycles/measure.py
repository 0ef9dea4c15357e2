"""The life cycle of a measure on goods (行政强制法 arts. 18-28, 行政处罚法 art. 56)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects import measure as effects
from workflow.guards import measure as guards
from workflow.plugin import Computed, Transition
from workflow.states import MeasureState as S
from workflow.summaries.measure import measure_itself

_SIGNED = ("unit_head", "leader")
_LAWFUL = (guards.case_has_two_handlers, guards.power_is_lawful, guards.city_level_has_approved)
_ENDING = (("ended_at", "acted_at"), ("outcome", "outcome"))

APPROVE = Transition(
    name="measure.approve",
    label=_("Approve the measure"),
    sources=(S.PROPOSED,),
    target=S.APPROVED,
    permission="take_measures",
    approval=_SIGNED,
    summary=measure_itself,
    guards=(*_LAWFUL, guards.actor_handles_the_case),
    law=_("Administrative Penalty Law art. 56; Administrative Coercion Law art. 18"),
    sentence=_("With the leader's signature the measure may be carried out."),
)
CARRY_OUT = Transition(
    name="measure.carry_out",
    label=_("Carry out the measure"),
    sources=(S.APPROVED,),
    target=S.IN_FORCE,
    permission="take_measures",
    guards=(*_LAWFUL, guards.items_are_listed, guards.actor_handles_the_case),
    effects=(effects.take_over,),
    form="workflow.forms.measure.CarryOutForm",
    sets=(
        ("place", "place"), ("keeper", "keeper"), ("witness", "witness"),
        ("decided_at", "acted_at"),
    ),
    keeps=("place", "keeper", "witness"),
    law=_("Administrative Coercion Law arts. 18, 24"),
    sentence=_("Decision and list are handed over on the spot; the limit runs from this day."),
)  # fmt: skip
RATIFY = Transition(
    name="measure.ratify",
    label=_("Approve afterwards"),
    sources=(S.PROVISIONAL,),
    target=S.IN_FORCE,
    permission="take_measures",
    approval=_SIGNED,
    summary=measure_itself,
    guards=(*_LAWFUL, guards.items_are_listed, guards.actor_handles_the_case),
    law=_("Administrative Coercion Law art. 19"),
    sentence=_("Made on the spot: the approval is due within 24 hours."),
)
REVOKE = Transition(
    name="measure.revoke",
    label=_("Lift at once, not approved"),
    sources=(S.PROVISIONAL,),
    target=S.ENDED,
    permission="take_measures",
    guards=(guards.actor_handles_the_case,),
    effects=(effects.give_back,),
    form="workflow.forms.measure.RevokeForm",
    sets=_ENDING,
    keeps=("reason",),
    law=_("Administrative Coercion Law art. 19"),
    sentence=_("The leader holds that it should not have been taken: everything goes back."),
    heavy=True,
)
EXTEND = Transition(
    name="measure.extend",
    label=_("Extend the measure"),
    sources=(S.IN_FORCE,),
    target=S.EXTENDED,
    permission="take_measures",
    approval=_SIGNED,
    summary=measure_itself,
    guards=(guards.measure_can_be_extended, guards.actor_handles_the_case),
    form="workflow.forms.measure.ExtendForm",
    keeps=("days", "reason"),
    law=_("Administrative Coercion Law art. 25"),
    sentence=_("At most 30 days more, once; the party is told in writing, with the reasons."),
)
LIFT = Transition(
    name="measure.lift",
    label=_("Lift the measure"),
    sources=(S.IN_FORCE, S.EXTENDED),
    target=S.ENDED,
    permission="take_measures",
    approval=_SIGNED,
    summary=measure_itself,
    guards=(guards.actor_handles_the_case,),
    effects=(effects.give_back,),
    form="workflow.forms.measure.LiftForm",
    sets=_ENDING,
    keeps=("ground", "reason", "receiver"),
    law=_("Administrative Coercion Law art. 28"),
    sentence=_("What is still held goes back to the party; the limit ends."),
)
PERMIT = Transition(
    name="measure.permit",
    label=_("Approve what leaves"),
    sources=(S.IN_FORCE, S.EXTENDED),
    target=Computed(lambda measure: measure.state, (S.IN_FORCE, S.EXTENDED)),
    permission="take_measures",
    approval=_SIGNED,
    guards=(guards.something_is_held, guards.actor_handles_the_case),
    effects=(effects.permit,),
    summary=measure_itself,
    form="workflow.forms.permit.PermitForm",
    keeps=("kind", "goods", "basis", "reason"),
    law=_("Administrative Coercion Law arts. 27-28; Administrative Penalty Law art. 56"),
    sentence=_("This much may go back, be destroyed or be disposed of early; the rest is held."),
)
END = Transition(
    name="measure.end",
    label=_("Everything has left"),
    sources=(S.IN_FORCE, S.EXTENDED),
    target=S.ENDED,
    permission="take_measures",
    guards=(guards.nothing_is_left,),
    form="workflow.forms.measure.DisposedForm",
    sets=_ENDING,
    internal=True,
)
LAPSE = Transition(
    name="measure.lapse",
    label=_("Lapse by itself"),
    sources=(S.PROVISIONAL, S.IN_FORCE),
    target=S.ENDED,
    permission="take_measures",
    guards=(guards.its_seven_days_are_over,),
    effects=(effects.give_back,),
    form="workflow.forms.measure.LapsedForm",
    sets=_ENDING,
    law=_("Administrative Penalty Law art. 56"),
    internal=True,
)
DROP = Transition(
    name="measure.drop",
    label=_("Do not carry it out"),
    sources=(S.PROPOSED, S.APPROVED),
    target=S.DROPPED,
    permission="take_measures",
    guards=(guards.actor_handles_the_case,),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    sentence=_("Nothing was taken; the measure stays in the file as not carried out."),
    heavy=True,
)

MEASURE = (APPROVE, CARRY_OUT, RATIFY, REVOKE, EXTEND, LIFT, PERMIT, END, LAPSE, DROP)
