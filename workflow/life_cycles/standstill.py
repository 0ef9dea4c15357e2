"""How a case stands still, ends before its decision, or leaves for the police and comes back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.guards.handlers import actor_is_handler
from workflow.plugin import Computed, Transition
from workflow.states import BEFORE_DECISION as _BEFORE_DECISION
from workflow.states import CaseState as S
from workflow.summaries.case import case_itself

_SIGNED = ("unit_head", "leader")
_BACK = Computed(lambda case: case.previous_state or S.INVESTIGATING, _BEFORE_DECISION)

SUSPEND = Transition(
    name="case.suspend",
    label=_("Suspend"),
    sources=_BEFORE_DECISION,
    target=S.SUSPENDED,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=case_itself,
    guards=(actor_is_handler,),
    form="workflow.forms.case.SuspendForm",
    keeps=("ground", "reason"),
    law=_("Procedure Rules art. 46"),
    sentence=_("The investigation stops and the 90 days stand still until it is resumed."),
    heavy=True,
)
RESUME = Transition(
    name="case.resume",
    label=_("Resume"),
    sources=(S.SUSPENDED,),
    target=_BACK,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=case_itself,
    guards=(actor_is_handler,),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    law=_("Procedure Rules art. 46"),
    sentence=_("The case stands again where it stood; the 90 days go on."),
)
TERMINATE = Transition(
    name="case.terminate",
    label=_("Terminate"),
    sources=(*_BEFORE_DECISION, S.SUSPENDED),
    target=S.TERMINATED,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=case_itself,
    guards=(actor_is_handler,),
    form="workflow.forms.case.TerminateForm",
    keeps=("ground", "reason"),
    law=_("Procedure Rules art. 47"),
    sentence=_("The investigation ends for good; the file is closed next."),
    heavy=True,
)
TRANSFER_OUT = Transition(
    name="case.transfer",
    label=_("Hand the whole case over"),
    sources=_BEFORE_DECISION,
    target=S.TRANSFERRED,
    permission="record_transfer",
    law=_("Transfer Regulation art. 5; Procedure Rules arts. 14, 17"),
    internal=True,
)
TAKE_BACK = Transition(
    name="case.take_back",
    label=_("Take the case back"),
    sources=(S.TRANSFERRED,),
    target=_BACK,
    permission="record_transfer",
    law=_("Transfer Regulation arts. 10, 13"),
    internal=True,
)
