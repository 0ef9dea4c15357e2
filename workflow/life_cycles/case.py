"""The life cycle of a case (案件): investigated, reviewed, notified, decided, enforced, closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.effects import case as effects
from workflow.guards import citations, content, decision, limits, measure, notice, police, review
from workflow.guards.handlers import (
    actor_is_handler,
    actor_is_not_handler,
    two_qualified_handlers,
)
from workflow.life_cycles.execution import EXECUTION
from workflow.life_cycles.simple import SIMPLE
from workflow.life_cycles.standstill import RESUME, SUSPEND, TAKE_BACK, TERMINATE, TRANSFER_OUT
from workflow.plugin import Computed, Transition
from workflow.states import BEFORE_DECISION as _BEFORE_DECISION
from workflow.states import CaseState as S
from workflow.summaries import case as summaries

_SIGNED = ("unit_head", "leader")

CONCLUDE = Transition(
    name="case.conclude",
    label=_("Conclude the investigation"),
    sources=(S.INVESTIGATING,),
    target=S.CONCLUDED,
    procedure="ordinary",
    permission="investigate_case",
    guards=(
        two_qualified_handlers, content.a_party_is_named, police.somebody_is_ours,
        content.facts_are_written, content.evidence_is_there, actor_is_handler,
    ),
    form="workflow.forms.case.ConcludeForm",
    sets=(
        ("report", "report"), ("proposal", "proposal"),
        ("major_public_interest", "major_public_interest"),
        ("complex_relations", "complex_relations"), ("review_by_statute", "review_by_statute"),
        ("complex_or_major", "complex_or_major"),
    ),
    keeps=("proposal",),
    law=_("Administrative Penalty Law art. 54; Procedure Rules art. 48"),
    sentence=_("The report is written; the file is ready for review."),
)  # fmt: skip
REINVESTIGATE = Transition(
    name="case.reinvestigate",
    label=_("Return to investigation"),
    sources=(S.CONCLUDED, S.REVIEWING, S.NOTICED, S.DELIBERATING),
    target=S.INVESTIGATING,
    permission="return_case",
    effects=(effects.supersede_notices,),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    sentence=_("The handlers investigate further; review and notice are done anew."),
    heavy=True,
)
EXTEND = Transition(
    name="case.extend",
    label=_("Extend the time to decide"),
    sources=_BEFORE_DECISION,
    target=Computed(lambda case: case.state, _BEFORE_DECISION),
    procedure="ordinary",
    permission="propose_case_act",
    approval=_SIGNED,
    summary=summaries.longer_limit,
    guards=(limits.an_extension_is_left, actor_is_handler),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    law=_("Administrative Penalty Law art. 60; Procedure Rules art. 64"),
    sentence=_("30 more days, counted from the day the case was filed."),
    heavy=True,
)
SUBMIT = Transition(
    name="case.submit_review",
    label=_("Submit for review"),
    sources=(S.CONCLUDED,),
    target=S.REVIEWING,
    permission="investigate_case",
    guards=(two_qualified_handlers, actor_is_handler),
    effects=(effects.next_round,),
    law=_("Administrative Penalty Law art. 58; Procedure Rules arts. 49-55"),
    sentence=_("Somebody who does not handle the case gives an opinion within 10 working days."),
)
OPINION = Transition(
    name="case.give_opinion",
    label=_("Give the review opinion"),
    sources=(S.REVIEWING,),
    target=S.REVIEWING,
    permission="review_case",
    guards=(actor_is_not_handler, review.legal_reviewer_is_qualified),
    effects=(effects.keep_opinion,),
    form="workflow.forms.case.OpinionForm",
    keeps=("opinion",),
    law=_("Administrative Penalty Law art. 58; Procedure Rules arts. 49-55"),
    sentence=_("Your opinion goes into the file; with your agreement the case moves on."),
)
NOTIFY = Transition(
    name="case.notify",
    label=_("Notify the parties"),
    sources=(S.REVIEWING,),
    target=S.NOTICED,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=summaries.notices,
    guards=(
        police.somebody_is_ours, review.review_is_passed, review.legal_review_is_passed,
        notice.every_party_has_a_notice,
        notice.hearing_right_is_told, citations.cited_articles_apply,
        citations.amounts_are_in_range, actor_is_handler,
    ),
    effects=(effects.issue_notices,),
    law=_("Administrative Penalty Law art. 44; Procedure Rules arts. 56-57"),
    sentence=_("The notices get their numbers; each party has 5 working days once served."),
)  # fmt: skip
HOLD_HEARING = Transition(
    name="case.schedule_hearing",
    label=_("Open a hearing"),
    sources=(S.NOTICED,),
    target=S.HEARING,
    permission="arrange_hearing",
    guards=(
        notice.a_hearing_is_asked_for, notice.chair_is_not_a_handler,
        notice.parties_are_told_in_time,
    ),
    effects=(effects.schedule_hearing,),
    form="workflow.forms.case.HearingForm",
    keeps=("chair", "scheduled_at", "place"),
    law=_("Administrative Penalty Law art. 64"),
    sentence=_("The hearing is held by somebody who did not investigate; the 90 days stand still."),
)  # fmt: skip
HEARING_HELD = Transition(
    name="case.close_hearing",
    label=_("Close the hearing"),
    sources=(S.HEARING,),
    target=S.REVIEWING,
    permission="arrange_hearing",
    effects=(effects.close_hearing, effects.next_round),
    form="workflow.forms.case.HearingHeldForm",
    keeps=("held_at",),
    law=_("Administrative Penalty Law arts. 58, 65"),
    sentence=_("The report goes into the file; a legal review follows."),
)
DELIBERATE = Transition(
    name="case.deliberate",
    label=_("Submit for decision"),
    sources=(S.NOTICED, S.REVIEWING),
    target=S.DELIBERATING,
    permission="propose_case_act",
    guards=(
        police.somebody_is_ours, review.review_is_passed, review.legal_review_is_passed,
        notice.every_notice_is_served,
        notice.every_window_is_over, notice.every_hearing_asked_for_is_held,
        notice.statements_are_considered, actor_is_handler,
    ),
    law=_("Administrative Penalty Law arts. 44-45, 57-58"),
    sentence=_("The draft decisions go to the leaders."),
)  # fmt: skip
DECIDE = Transition(
    name="case.decide",
    label=_("Decide"),
    sources=(S.DELIBERATING,),
    target=S.DECIDED,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=summaries.decisions,
    guards=(
        police.no_whole_transfer_is_open, police.somebody_is_ours, review.review_is_passed,
        review.legal_review_is_passed, review.discussion_is_held,
        decision.every_decision_is_complete,
        decision.no_decision_is_heavier_than_its_notice, review.fine_is_ours_to_impose,
        citations.every_decision_cites_an_article, citations.cited_articles_apply,
        citations.amounts_are_in_range, actor_is_handler,
    ),
    effects=(effects.issue_decisions,),
    sets=(("decided_at", "acted_at"),),
    law=_("Administrative Penalty Law arts. 57, 59-60"),
    sentence=_("The decisions get their numbers; each is served within 7 working days."),
)  # fmt: skip
ENFORCE = Transition(
    name="case.enforce",
    label=_("Start enforcement"),
    sources=(S.DECIDED,),
    target=S.ENFORCING,
    procedure="ordinary",
    permission="propose_case_act",
    guards=(decision.every_decision_is_served, actor_is_handler),
    law=_("Administrative Penalty Law arts. 61, 66-67"),
    sentence=_("Every decision is served; fines are paid within 15 days."),
)
CLOSE = Transition(
    name="case.close",
    label=_("Close the case"),
    sources=(S.ENFORCING, S.TERMINATED, S.TRANSFERRED),
    target=S.CLOSED,
    procedure="ordinary",
    permission="propose_case_act",
    approval=_SIGNED,
    summary=summaries.carried_out,
    guards=(
        actor_is_handler,
        police.what_left_was_filed,
        decision.ground_of_closure_holds,
        measure.nothing_is_held,
    ),
    form="workflow.forms.case.CloseForm",
    sets=(("closure_ground", "ground"), ("closed_at", "acted_at")),
    keeps=("ground",),
    law=_("Procedure Rules art. 77"),
    sentence=_("The case is closed; its clocks end."),
)
ARCHIVE = Transition(
    name="case.archive",
    label=_("Archive"),
    sources=(S.CLOSED,),
    target=S.ARCHIVED,
    permission="archive_case",
    guards=(decision.no_challenge_is_pending,),
    form="workflow.forms.case.ArchiveForm",
    sets=(("archive_number", "archive_number"),),
    keeps=("archive_number",),
    law=_("Procedure Rules art. 78"),
    sentence=_("The volume goes to the archive under its number."),
)
REOPEN = Transition(
    name="case.reopen",
    label=_("Reopen"),
    sources=(S.DECIDED, S.ENFORCING, S.CLOSED, S.ARCHIVED),
    target=S.INVESTIGATING,
    permission="propose_case_act",
    approval=_SIGNED,
    summary=summaries.carried_out,
    guards=(decision.a_decision_was_overturned,),
    effects=(effects.reopen,),
    form="workflow.forms.lead.ReasonForm",
    keeps=("reason",),
    law=_("Administrative Penalty Law arts. 48, 75"),
    sentence=_("The overturned decision is handled anew; what was published of it is withdrawn."),
    heavy=True,
)

CASE = (
    CONCLUDE, REINVESTIGATE, EXTEND, SUBMIT, OPINION, NOTIFY, HOLD_HEARING, HEARING_HELD,
    DELIBERATE, DECIDE, SUSPEND, RESUME, TERMINATE, TRANSFER_OUT, TAKE_BACK, ENFORCE, CLOSE,
    ARCHIVE, REOPEN, *SIMPLE, *EXECUTION,
)  # fmt: skip
