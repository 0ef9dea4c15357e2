"""The life cycle of a lead (线索): verified, then filed, declined, referred or merged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects import lead as effects
from workflow.guards import content, limits
from workflow.guards.handlers import actor_is_handler, two_qualified_handlers
from workflow.plugin import Computed, Transition
from workflow.states import LeadState as S
from workflow.summaries import lead as summaries

_OPEN = (S.REGISTERED, S.VERIFYING)

ACCEPT = Transition(
    name="lead.accept",
    label=_("Take up verification"),
    sources=(S.REGISTERED,),
    target=S.VERIFYING,
    permission="verify_lead",
    form="workflow.forms.lead.AcceptForm",
    keeps=("handlers",),
    effects=(effects.name_handlers,),
    law=_("Procedure Rules art. 18"),
    sentence=_("The lead is verified by the handlers you name; 15 working days run from receipt."),
)
EXTEND = Transition(
    name="lead.extend",
    label=_("Extend verification"),
    sources=(S.VERIFYING,),
    target=S.VERIFYING,
    permission="propose_lead_outcome",
    approval=("unit_head", "leader"),
    summary=summaries.longer_limit,
    guards=(limits.an_extension_is_left, actor_is_handler),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    law=_("Procedure Rules art. 18"),
    sentence=_("15 more working days, once the leader has signed."),
    heavy=True,
)
FILE = Transition(
    name="lead.file",
    label=_("File a case"),
    sources=(S.VERIFYING,),
    target=S.FILED,
    permission="propose_lead_outcome",
    approval=("unit_head", "leader"),
    summary=summaries.lead_itself,
    guards=(two_qualified_handlers, actor_is_handler, content.subject_is_known),
    effects=(effects.open_case, effects.answer_merged),
    form="workflow.forms.lead.FileForm",
    keeps=("title", "cause"),
    law=_("Procedure Rules art. 19"),
    sentence=_("A case is opened; 90 days to the decision run from the leader's signature."),
)
FILE_SIMPLE = Transition(
    name="lead.file_simple",
    label=_("Turn to the simple procedure"),
    sources=(S.VERIFYING,),
    target=S.FILED,
    permission="propose_lead_outcome",
    guards=(two_qualified_handlers, actor_is_handler, content.subject_is_known),
    effects=(effects.open_case, effects.answer_merged),
    form="workflow.forms.lead.FileSimpleForm",
    keeps=("title", "cause"),
    law=_("Administrative Penalty Law art. 51"),
    sentence=_("A simple case is opened; the handlers decide it on the spot."),
)
DECLINE = Transition(
    name="lead.decline",
    label=_("Do not file"),
    sources=(S.VERIFYING,),
    target=S.DECLINED,
    permission="propose_lead_outcome",
    approval=("unit_head", "leader"),
    summary=summaries.lead_itself,
    guards=(actor_is_handler,),
    effects=(effects.answer_merged,),
    form="workflow.forms.lead.DeclineForm",
    sets=(("decline_ground", "ground"), ("outcome_reason", "reason")),
    keeps=("ground",),
    law=_("Procedure Rules art. 20"),
    sentence=_("No case is opened; a named reporter is told within 5 working days."),
)
REFER = Transition(
    name="lead.refer",
    label=_("Refer elsewhere"),
    sources=_OPEN,
    target=S.REFERRED,
    permission="propose_lead_outcome",
    approval=("unit_head", "leader"),
    summary=summaries.lead_itself,
    form="workflow.forms.lead.ReferForm",
    sets=(("referred_to", "authority"), ("outcome_reason", "reason")),
    keeps=("authority",),
    law=_("Administrative Penalty Law arts. 22-25"),
    sentence=_("The lead goes to the body you name and ends here."),
    heavy=True,
)
MERGE = Transition(
    name="lead.merge",
    label=_("Merge into another lead"),
    sources=_OPEN,
    target=S.MERGED,
    permission="propose_lead_outcome",
    guards=(content.merge_target_is_open,),
    form="workflow.forms.lead.MergeForm",
    sets=(("merged_into", "merged_into"), ("outcome_reason", "reason")),
    keeps=("merged_into",),
    sentence=_("This lead follows the other one; it keeps its own number, date and reporter."),
    heavy=True,
)
UNMERGE = Transition(
    name="lead.unmerge",
    label=_("Take out of the merge"),
    sources=(S.MERGED,),
    target=Computed(lambda lead: lead.previous_state or S.REGISTERED, _OPEN),
    permission="propose_lead_outcome",
    form="workflow.forms.lead.ReasonForm",
    sets=(("merged_into", None),),
    keeps=("reason",),
    sentence=_("The lead stands again where it stood before it was merged."),
    heavy=True,
)
REOPEN = Transition(
    name="lead.reopen",
    label=_("Take up again"),
    sources=(S.DECLINED,),
    target=S.VERIFYING,
    permission="propose_lead_outcome",
    approval=("unit_head", "leader"),
    summary=summaries.lead_itself,
    guards=(content.new_evidence_is_there,),
    form="workflow.forms.lead.ReopenForm",
    keeps=("reason", "evidence"),
    law=_("Administrative Penalty Law art. 76"),
    sentence=_(
        "New evidence: the lead is verified again; 15 working days run anew from the last "
        "signature."
    ),
    heavy=True,
)

LEAD = (ACCEPT, EXTEND, FILE, FILE_SIMPLE, DECLINE, REFER, MERGE, UNMERGE, REOPEN)
