"""What the law still allows of a limit that is running."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.deadlines import next_step
from workflow.guards.file import case_file
from workflow.plugin import Attempt, Refusal, guard

CODES = {"lead": "C1", "case": "C12"}


@guard(reads="record", law=gettext_lazy("Procedure Rules arts. 18, 64"))
def an_extension_is_left(attempt: Attempt) -> Refusal | None:
    """The limit runs and the law's next extension has a length of its own.

    A second extension of a case is fixed by the leaders' joint discussion, not by this step.
    """
    code = CODES[attempt.transition.machine]
    running = [limit for limit in case_file(attempt).open_limits if limit.code == code]
    if not running:
        return Refusal("no_limit", _("No limit is running that could be extended."))
    step = next_step(running[-1])
    if step is not None and step.amount:
        return None
    message = _("The limit was extended already; a further extension is not open to this step.")
    return Refusal("extended_already", message)
