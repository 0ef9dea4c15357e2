"""Who may handle: at least two with 执法资格, none of them recused."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.file import case_file
from workflow.guards.links import page
from workflow.models import Handler
from workflow.plugin import Attempt, Refusal, guard

APL_42 = gettext_lazy("Administrative Penalty Law art. 42")
APL_43 = gettext_lazy("Administrative Penalty Law art. 43")
NEEDED = 2


def qualified(handler: Handler, on: date) -> bool:
    """Whether a handler holds a certificate valid on a day and is not recused."""
    user = handler.user
    until = user.qualified_until
    valid = bool(user.qualification_no) and (until is None or until >= on)
    return valid and handler.recused_on is None and user.is_active


@guard(reads="record", law=APL_42)
def two_qualified_handlers(attempt: Attempt) -> Refusal | None:
    """At least two handlers with a valid enforcement certificate, recused ones not counted."""
    day = timezone.localdate(attempt.acted_at)
    fit = [h for h in case_file(attempt).handlers if qualified(h, day)]
    if len(fit) >= NEEDED:
        return None
    message = _("%(count)d of at least 2 qualified handlers: name another one.")
    record = attempt.record
    link = page(f"workflow_{record.machine}:handlers", record.pk)
    return Refusal("two_handlers", message % {"count": len(fit)}, link=link)


@guard(reads="actor", law=APL_43)
def actor_is_handler(attempt: Attempt) -> Refusal | None:
    """The person is a handler of this record and not recused."""
    for handler in case_file(attempt).handlers:
        if attempt.actor and handler.user_id == attempt.actor.pk:
            if handler.recused_on is None:
                return None
            return Refusal("recused", _("You are recused from this record."))
    return Refusal("not_handler", _("Only a handler of this record does this."))


@guard(reads="actor")
def actor_is_not_handler(attempt: Attempt) -> Refusal | None:
    """Whoever reviews does not handle and never did."""
    everybody = case_file(attempt).investigators
    if any(attempt.actor and h.user_id == attempt.actor.pk for h in everybody):
        message = _("Who handles or handled the case does not review it.")
        return Refusal("handler_reviews", message)
    return None
