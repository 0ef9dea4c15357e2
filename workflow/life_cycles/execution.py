"""Steps while a decision is carried out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects.execution import grant_plan
from workflow.guards.execution import plan_adds_up
from workflow.guards.handlers import actor_is_handler
from workflow.plugin import Transition
from workflow.states import CaseState as S
from workflow.summaries.case import carried_out

GRANT_PLAN = Transition(
    name="case.grant_plan",
    label=_("Let the fine be paid later or in parts"),
    sources=(S.ENFORCING,),
    target=S.ENFORCING,
    permission="propose_case_act",
    approval=("unit_head", "leader"),
    summary=carried_out,
    guards=(actor_is_handler, plan_adds_up),
    effects=(grant_plan,),
    form="workflow.forms.execution.PlanForm",
    keeps=("reason",),
    law=_("Administrative Penalty Law art. 66"),
    sentence=_("The fine is due by the plan; three per cent a day run only after its days."),
    heavy=True,
)

EXECUTION = (GRANT_PLAN,)
