"""Questions of single steps: the day of a release, the words of a correction."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import today
from publicity.exposures.content import draft_of, texts_of
from publicity.exposures.effects import traces_after
from workflow.api import Attempt, Refusal, guard

PIPL_6 = gettext_lazy("Personal Information Protection Law arts. 6 and 34")


@guard(reads="record")
def its_time_has_come(attempt: Attempt) -> Refusal | None:
    due = attempt.record.scheduled_at
    if due is not None and due <= attempt.now:
        return None
    return Refusal("not_due", _("The release is scheduled for later."))


@guard(reads="record")
def its_period_is_over(attempt: Attempt) -> Refusal | None:
    last_day = attempt.record.expires_on
    if last_day is not None and last_day < today():
        return None
    return Refusal("not_expired", _("The publication period is not over."))


@guard(reads="data")
def wrong_words_are_there(attempt: Attempt) -> Refusal | None:
    wrong = (attempt.data or {}).get("wrong", "")
    page = draft_of(attempt.record)
    if page is None or not wrong:
        return None
    if any(wrong in text for text in texts_of(page).values() if isinstance(text, str)):
        return None
    message = _("These words are not in the text: copy them exactly as they stand.")
    return Refusal("words_not_found", message, field="wrong")


@guard(reads="data", law=PIPL_6)
def correction_tells_nothing_new(attempt: Attempt) -> Refusal | None:
    data = attempt.data or {}
    if not all(data.get(name) for name in ("wrong", "right", "public_note")):
        return None
    count = traces_after(attempt.record, data)
    if not count:
        return None
    message = _("The correction has %(count)d traces of personal data: mask them first.")
    return Refusal("traces_in_correction", message % {"count": count}, field="right")
