"""What the law still allows of a limit that is running."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.deadlines import next_step
from workflow.guards.file import case_file
from workflow.guards.links import page
from workflow.plugin import Attempt, Refusal, guard

CODES = {"lead": "C1", "case": "C12"}


@guard(reads="record", law=gettext_lazy("Procedure Rules arts. 18, 64"))
def an_extension_is_left(attempt: Attempt) -> Refusal | None:
    """The limit runs and the law's next extension has a length of its own.

    A second extension of a case is fixed by the leaders' joint discussion (程序规定 64), entered on
    the limit itself; the refusal leads to the discussion first, to the limit once it is recorded.
    """
    code = CODES[attempt.transition.machine]
    running = [limit for limit in case_file(attempt).open_limits if limit.code == code]
    if not running:
        return Refusal("no_limit", _("No limit is running that could be extended."))
    step = next_step(running[-1])
    if step is not None and step.amount:
        return None
    if step is None:
        message = _("The limit was extended already; the law allows no further extension.")
        return Refusal("extended_already", message)
    message = _(
        "The limit was extended already: a further extension is for the leaders' joint discussion."
        " Record the discussion, then extend the limit under “Limits”."
    )
    held = case_file(attempt).has_discussion
    name = "workflow_case:extend_limit" if held else "workflow_case:record_discussion"
    more = (str(running[-1].pk),) if held else ()
    link = page(name, attempt.record.pk, *more)
    return Refusal("extended_already", message, link=link)
