"""The life cycle of an exposure (曝光): drafted, checked by two, approved, released, taken down."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from publicity.exposures import effects
from publicity.exposures.guards import steps
from publicity.exposures.guards.case import CASE_GUARDS
from publicity.exposures.guards.text import (
    CHECKED,
    CONFIRMED,
    actor_did_not_write_it,
    check_is_fresh,
    text_is_complete,
    text_is_the_approved_one,
)
from publicity.exposures.states import BEFORE_RELEASE, PUBLIC
from publicity.exposures.states import ExposureState as S
from workflow.api import Transition

_FORMS = "publicity.exposures.forms"
_WITHDRAWAL_LAW = _("Administrative Penalty Law art. 48; Publication Provisions art. 11")

DRAFT = Transition(
    name="exposure.draft",
    label=_("Start drafting"),
    sources=(S.NOMINATED,),
    target=S.DRAFTING,
    permission="edit_exposure",
    guards=CASE_GUARDS,
    effects=(effects.make_draft,),
    law=_("Administrative Penalty Law art. 48"),
    sentence=_("A masked draft of the public page is made from the decision; the file stays shut."),
)
SUBMIT = Transition(
    name="exposure.submit_check",
    label=_("Submit for checking"),
    sources=(S.DRAFTING,),
    target=S.CHECKING,
    permission="edit_exposure",
    guards=(*CASE_GUARDS, text_is_complete),
    effects=(effects.begin_round,),
    form=f"{_FORMS}.SubmitForm",
    sets=(("police_agreement", "police_agreement"),),
    law=_("Publication Provisions arts. 5-6"),
    sentence=_("You stand by the text; the rules are run, a second person and secrecy follow."),
)
CONFIRM = Transition(
    name="exposure.confirm",
    label=_("Confirm the redaction"),
    sources=(S.CHECKING,),
    target=S.CHECKING,
    permission="check_exposure",
    guards=(*CHECKED, actor_did_not_write_it),
    effects=(effects.confirm_second,),
    law=_("Publication Provisions art. 6; Personal Information Protection Law art. 6"),
    sentence=_("You read the whole text and answer for it as the second person."),
)
SECRECY = Transition(
    name="exposure.review_secrecy",
    label=_("Pass the secrecy review"),
    sources=(S.CHECKING,),
    target=S.CHECKING,
    permission="review_secrecy",
    guards=(check_is_fresh, actor_did_not_write_it),
    effects=(effects.confirm_secrecy,),
    law=_("Government Information Regulations art. 17; Publication Provisions art. 5"),
    sentence=_("No state secret, work secret or business secret is in the text."),
)
RETURN = Transition(
    name="exposure.return",
    label=_("Return to drafting"),
    sources=(S.CHECKING,),
    target=S.DRAFTING,
    permission="check_exposure",
    form=f"{_FORMS}.ReasonForm",
    keeps=("reason",),
    sentence=_("The editor mends the text; it is checked anew."),
)
APPROVE = Transition(
    name="exposure.approve",
    label=_("Approve the release"),
    sources=(S.CHECKING,),
    target=S.APPROVED,
    permission="edit_exposure",
    approval=("leader",),
    guards=(*CASE_GUARDS, *CONFIRMED),
    effects=(effects.freeze,),
    law=_("Publication Provisions arts. 5 and 16"),
    sentence=_("A leader signs this very text; from then on it is locked."),
)
REVOKE = Transition(
    name="exposure.revoke_approval",
    label=_("Take the approval back and edit"),
    sources=(S.APPROVED, S.SCHEDULED),
    target=S.DRAFTING,
    permission="edit_exposure",
    effects=(effects.thaw,),
    form=f"{_FORMS}.ReasonForm",
    keeps=("reason",),
    sentence=_("The approval is void; the text is checked and approved anew."),
    heavy=True,
)
SCHEDULE = Transition(
    name="exposure.schedule",
    label=_("Schedule the release"),
    sources=(S.APPROVED,),
    target=S.SCHEDULED,
    permission="release_exposure",
    guards=(*CASE_GUARDS, text_is_the_approved_one),
    form=f"{_FORMS}.ScheduleForm",
    sets=(("scheduled_at", "scheduled_at"), ("expires_on", "expires_on")),
    keeps=("scheduled_at", "expires_on"),
    sentence=_("It goes out by itself at that moment, if nothing has changed by then."),
)
RELEASE = Transition(
    name="exposure.release",
    label=_("Release now"),
    sources=(S.APPROVED, S.SCHEDULED),
    target=S.RELEASED,
    permission="release_exposure",
    guards=(*CASE_GUARDS, *CONFIRMED, text_is_the_approved_one),
    effects=(effects.go_live,),
    form=f"{_FORMS}.ReleaseForm",
    sets=(("released_at", "acted_at"),),
    keeps=("expires_on",),
    law=_("Administrative Penalty Law art. 48"),
    sentence=_("Everybody can read it at once, under its release number."),
    heavy=True,
)
RELEASE_DUE = Transition(
    name="exposure.release_due",
    label=_("Release as scheduled"),
    sources=(S.SCHEDULED,),
    target=S.RELEASED,
    permission="release_exposure",
    guards=(steps.its_time_has_come, *CASE_GUARDS, *CONFIRMED, text_is_the_approved_one),
    effects=(effects.go_live,),
    sets=(("released_at", "acted_at"),),
    law=_("Administrative Penalty Law art. 48"),
    internal=True,
)
CORRECT = Transition(
    name="exposure.correct",
    label=_("Correct the published text"),
    sources=PUBLIC,
    target=S.CORRECTED,
    permission="edit_exposure",
    approval=("leader",),
    guards=(steps.wrong_words_are_there, steps.correction_tells_nothing_new),
    effects=(effects.correct_text,),
    form=f"{_FORMS}.CorrectForm",
    keeps=("public_note",),
    law=_("Publication Provisions art. 12"),
    sentence=_("With the leader's signature the corrected text goes out, with a dated note."),
)
WITHDRAW = Transition(
    name="exposure.withdraw",
    label=_("Withdraw from the public"),
    sources=PUBLIC,
    target=S.WITHDRAWN,
    permission="withdraw_exposure",
    effects=(effects.take_down,),
    form=f"{_FORMS}.WithdrawForm",
    keeps=("kind", "reason"),
    law=_WITHDRAWAL_LAW,
    sentence=_("Gone everywhere at once; a dated notice with the ground stays at the address."),
    heavy=True,
)
FORCE_WITHDRAW = Transition(
    name="exposure.force_withdraw",
    label=_("Withdrawn because the decision fell"),
    sources=PUBLIC,
    target=S.WITHDRAWN,
    permission="withdraw_exposure",
    effects=(effects.take_down,),
    form=f"{_FORMS}.ForcedForm",
    keeps=("kind",),
    law=_WITHDRAWAL_LAW,
    internal=True,
)
EXPIRE = Transition(
    name="exposure.expire",
    label=_("End the publication"),
    sources=PUBLIC,
    target=S.EXPIRED,
    permission="withdraw_exposure",
    guards=(steps.its_period_is_over,),
    effects=(effects.take_down,),
    law=_("Publication Provisions art. 13"),
    internal=True,
)
DROP = Transition(
    name="exposure.drop",
    label=_("Drop the exposure"),
    sources=BEFORE_RELEASE,
    target=S.WITHDRAWN,
    permission="edit_exposure",
    effects=(effects.drop_draft,),
    form=f"{_FORMS}.ReasonForm",
    keeps=("reason",),
    sentence=_("The draft and its files are deleted; the case can be nominated again."),
    heavy=True,
)
FORCE_DROP = Transition(
    name="exposure.force_drop",
    label=_("Dropped because the decision fell"),
    sources=BEFORE_RELEASE,
    target=S.WITHDRAWN,
    permission="withdraw_exposure",
    effects=(effects.drop_draft,),
    form=f"{_FORMS}.ForcedForm",
    keeps=("kind",),
    law=_WITHDRAWAL_LAW,
    internal=True,
)

EXPOSURE = (
    DRAFT, SUBMIT, CONFIRM, SECRECY, RETURN, APPROVE, REVOKE, SCHEDULE, RELEASE, RELEASE_DUE,
    CORRECT, WITHDRAW, FORCE_WITHDRAW, EXPIRE, DROP, FORCE_DROP,
)  # fmt: skip
