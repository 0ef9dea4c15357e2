"""The short path of a case of the simple procedure (简易程序): decided on the spot, registered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects import on_the_spot as effects
from workflow.guards import on_the_spot as guards
from workflow.guards import police
from workflow.guards.handlers import (
    actor_is_handler,
    actor_is_not_handler,
    two_qualified_handlers,
)
from workflow.plugin import Transition
from workflow.states import CaseState as S
from workflow.summaries.case import case_itself

DECIDE_ON_THE_SPOT = Transition(
    name="case.decide_on_the_spot",
    label=_("Decide on the spot"),
    sources=(S.INVESTIGATING,),
    target=S.DECIDED,
    permission="investigate_case",
    procedure="simple",
    guards=(
        two_qualified_handlers, police.no_whole_transfer_is_open, guards.one_party_is_punished,
        actor_is_handler,
        guards.fine_is_small, guards.cash_may_be_taken, guards.spot_articles_apply,
    ),
    effects=(effects.decide_on_the_spot,),
    form="workflow.forms.on_the_spot.SpotForm",
    sets=(("decided_at", "acted_at"),),
    keeps=("kind", "amount_fen", "collected"),
    law=_("Administrative Penalty Law arts. 51-53"),
    sentence=_("The decision gets its number and counts as served; the bureau registers it next."),
)  # fmt: skip
REGISTER = Transition(
    name="case.register_on_the_spot",
    label=_("Register the decision"),
    sources=(S.DECIDED,),
    target=S.ENFORCING,
    permission="register_on_the_spot",
    procedure="simple",
    guards=(actor_is_not_handler,),
    effects=(effects.register,),
    law=_("Administrative Penalty Law art. 52"),
    sentence=_("The bureau has the decision in its files; the case is closed once it is paid."),
)
CLOSE_SIMPLE = Transition(
    name="case.close_simple",
    label=_("Close the simple case"),
    sources=(S.ENFORCING,),
    target=S.CLOSED,
    permission="propose_case_act",
    procedure="simple",
    guards=(actor_is_handler, guards.fine_is_paid),
    form="workflow.forms.on_the_spot.CloseSimpleForm",
    sets=(("closure_ground", "ground"), ("closed_at", "acted_at")),
    law=_("Administrative Penalty Law arts. 53, 71"),
    sentence=_("The case is closed; its clocks end."),
)
CONVERT = Transition(
    name="case.convert",
    label=_("Turn to the ordinary procedure"),
    sources=(S.INVESTIGATING,),
    target=S.INVESTIGATING,
    permission="propose_case_act",
    approval=("unit_head", "leader"),
    summary=case_itself,
    procedure="simple",
    guards=(two_qualified_handlers, actor_is_handler),
    form="workflow.forms.on_the_spot.ConvertForm",
    sets=(("procedure", "procedure"),),
    keeps=("reason",),
    law=_("Procedure Rules art. 19"),
    sentence=_("The facts are not simple: the case is filed and handled as an ordinary one."),
    heavy=True,
)

SIMPLE = (DECIDE_ON_THE_SPOT, REGISTER, CLOSE_SIMPLE, CONVERT)
