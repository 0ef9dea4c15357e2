"""Why this date: one limit, how it was counted and on which law; prints on one page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.access import has_act
from workflow.clocks.deadlines import next_step
from workflow.clocks.explain import explain, legend
from workflow.clocks.phrases import UNIT_LABELS
from workflow.clocks.reasons import reason_label
from workflow.models import Deadline, DeadlinePause
from workflow.selectors.pauses import Ground, grounds_of
from workflow.selectors.record_page import get_deadline
from workflow.selectors.timeline import verb_label
from workflow.services.limits import act_that_extends, act_that_resumes, act_to_end
from workflow.views.pages import RecordPage

_MANAGE = "manage_limits"
#: What a square of the calendar says, and what stands in it besides the day.
KINDS: dict[str, tuple[Any, str]] = {
    "start": (_("Day it starts from"), "●"),
    "counted": (_("Counted"), ""),
    "pause": (_("Paused"), "‖"),
    "holiday": (_("Holiday"), "休"),
    "weekend": (_("Weekend"), "—"),
    "override": (_("Rest day of the bureau's calendar"), "休"),
    "due": (_("Last day"), "■"),
    "later": (_("Other reading"), "□"),
    "outside": ("", ""),
}


class DeadlinePage(RecordPage):
    template_name = "workflow/deadline.html"
    arguments = {"deadline": Deadline}
    page_title = _("Why this date")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deadline = get_deadline(self.record, self.kwargs["deadline"])
        why = explain(deadline)
        started, grounds = deadline.started_by, grounds_of(why.pauses, self.user)
        return super().get_context_data(
            deadline=deadline,
            why=why,
            weekdays=(_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")),
            kinds=KINDS,
            legend=[(kind, *KINDS[kind]) for kind in legend(why.months)],
            unit=UNIT_LABELS.get(deadline.rule.unit, ""),
            started_by=verb_label(started.act) if started else "",
            pauses=[self._pause(pause, grounds.get(pause.pk)) for pause in why.pauses],
            acts=self._acts(deadline),
            back_url=f"{self.record_url}?tab=deadlines",
            **kwargs,
        )

    def _may(self, act: str) -> bool:
        return has_act(self.user, act, self.record.scope_unit_id)

    def _pause(self, pause: DeadlinePause, ground: Ground | None) -> tuple[Any, ...]:
        """The pause, why, where it is ended by hand by who may, and what step began it."""
        by_hand = pause.end_on is None and not act_that_resumes(pause)
        url = self.page("end_pause", pause.deadline_id, pause.pk)
        end_url = url if by_hand and self._may(_MANAGE) else ""
        return pause, reason_label(pause.reason), end_url, ground

    def _acts(self, deadline: Deadline) -> list[tuple[Any, str]]:
        """What may be done on the limit: (words, address)."""
        found: list[tuple[Any, str]] = []
        if deadline.state == Deadline.State.CANCELLED:
            return found
        if deadline.rule.stop_reasons and self._may(_MANAGE):
            found.append((_("Pause the limit"), self.page("pause_limit", deadline.pk)))
        if deadline.is_open and next_step(deadline) is not None:
            if step := act_that_extends(deadline):
                if step.partition(".")[0] == self.record.machine:
                    found.append((_("Extend the limit"), self.page("step", step)))
            elif self._may("extend_limit"):
                found.append((_("Extend the limit"), self.page("extend_limit", deadline.pk)))
        if deadline.is_open and self._may(act_to_end(deadline)):
            found.append((_("End the limit by hand"), self.page("end_limit", deadline.pk)))
        return found
