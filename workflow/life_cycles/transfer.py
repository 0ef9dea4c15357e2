"""The life cycle of a transfer (移送), after the Transfer Regulation and APL arts. 8, 27."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects import transfer as effects
from workflow.guards import transfer as guards
from workflow.plugin import Transition
from workflow.states import TransferState as S
from workflow.summaries.transfer import transfer_itself

APPROVE = Transition(
    name="transfer.approve",
    label=_("Approve the transfer"),
    sources=(S.PROPOSED,),
    target=S.APPROVED,
    permission="propose_transfer",
    approval=("head",),
    summary=transfer_itself,
    guards=(guards.team_of_two,),
    law=_("Transfer Regulation art. 5"),
    sentence=_("The head of the bureau decides in person within 3 days of the report."),
)
DECLINE = Transition(
    name="transfer.decline",
    label=_("Decline the transfer"),
    sources=(S.PROPOSED,),
    target=S.DECLINED,
    permission="sign_head",
    form="workflow.forms.lead.ReasonForm",
    sets=(("outcome_reason", "reason"),),
    keeps=("reason",),
    law=_("Transfer Regulation art. 5"),
    sentence=_("The reasons go into the file; the case goes on here."),
    heavy=True,
)
HAND_OVER = Transition(
    name="transfer.hand_over",
    label=_("Hand over"),
    sources=(S.APPROVED,),
    target=S.HANDED_OVER,
    permission="record_transfer",
    guards=(guards.subject_can_leave, guards.materials_are_complete),
    effects=(effects.move_case_out,),
    sets=(("materials", "materials"),),
    form="workflow.forms.transfer.HandOverForm",
    keeps=("materials",),
    law=_("Transfer Regulation arts. 5-6"),
    sentence=_("Within 24 hours of the approval; a whole case leaves and its clock stands still."),
)
RECEIPT = Transition(
    name="transfer.receipt",
    label=_("Record the receipt"),
    sources=(S.HANDED_OVER,),
    target=S.RECEIPTED,
    permission="record_transfer",
    sets=(("receipt_number", "receipt_number"),),
    form="workflow.forms.transfer.ReceiptForm",
    keeps=("receipt_number",),
    law=_("Transfer Regulation art. 7"),
    sentence=_("The receiver has signed for the file and decides within 3 days."),
)
ACCEPT = Transition(
    name="transfer.accept",
    label=_("Record that it was filed"),
    sources=(S.RECEIPTED, S.RECONSIDERING, S.REFUSED),
    target=S.ACCEPTED,
    permission="record_transfer",
    guards=(guards.no_other_takes_the_case,),
    effects=(effects.move_case_out, effects.settle_parties),
    sets=(("outcome_number", "outcome_number"),),
    form="workflow.forms.transfer.OutcomeForm",
    keeps=("outcome_number",),
    law=_("Transfer Regulation arts. 8, 12"),
    sentence=_("The receiver has filed a case; goods and materials follow within 3 days."),
)
REFUSE = Transition(
    name="transfer.refuse",
    label=_("Record the refusal"),
    sources=(S.HANDED_OVER, S.RECEIPTED, S.RECONSIDERING),
    target=S.REFUSED,
    permission="record_transfer",
    effects=(effects.bring_case_back, effects.open_parties_again),
    sets=(("outcome_number", "outcome_number"), ("outcome_reason", "reason")),
    form="workflow.forms.transfer.RefusalForm",
    keeps=("outcome_number", "reason"),
    law=_("Transfer Regulation arts. 8-10"),
    sentence=_("The case stands again where it stood and goes on here."),
)
RECONSIDER = Transition(
    name="transfer.reconsider",
    label=_("Ask for reconsideration"),
    sources=(S.REFUSED,),
    target=S.RECONSIDERING,
    permission="record_transfer",
    guards=(guards.no_other_takes_the_case,),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    law=_("Transfer Regulation art. 9"),
    sentence=_("Within 3 days of the refusal; the receiver answers within 3 days."),
)
ASK_SUPERVISION = Transition(
    name="transfer.ask_supervision",
    label=_("Ask the procuratorate for supervision"),
    sources=(S.REFUSED,),
    target=S.REFUSED,
    permission="record_transfer",
    guards=(guards.a_crime_is_suspected,),
    form="workflow.forms.transfer.SupervisionForm",
    keeps=("document", "reason"),
    law=_("Transfer Regulation art. 9"),
    sentence=_("Within 3 days of the refusal, or of the answer to the request to reconsider."),
)
DELIVER = Transition(
    name="transfer.deliver",
    label=_("Hand over goods and materials"),
    sources=(S.ACCEPTED,),
    target=S.ACCEPTED,
    permission="record_transfer",
    form="workflow.forms.transfer.ReceiptForm",
    keeps=("receipt_number",),
    law=_("Transfer Regulation art. 12"),
    sentence=_("Within 3 days of the notice that a case was filed; the receiver signs for them."),
)
RETURN = Transition(
    name="transfer.return",
    label=_("Record the return"),
    sources=(S.RECEIPTED, S.ACCEPTED),
    target=S.RETURNED,
    permission="record_transfer",
    effects=(effects.bring_case_back, effects.open_parties_again),
    sets=(("outcome_number", "outcome_number"), ("outcome_reason", "reason")),
    form="workflow.forms.transfer.RefusalForm",
    keeps=("outcome_number", "reason"),
    law=_("Transfer Regulation arts. 10, 13"),
    sentence=_("The receiver found no crime; the case stands again where it stood."),
)

TRANSFER = (
    APPROVE, DECLINE, HAND_OVER, RECEIPT, ACCEPT, DELIVER, REFUSE, RECONSIDER, ASK_SUPERVISION,
    RETURN,
)  # fmt: skip
