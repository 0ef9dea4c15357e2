"""Why this date: one limit, how it was counted and on which law; prints on one page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.clocks.explain import explain, legend
from workflow.clocks.phrases import UNIT_LABELS, reason_label
from workflow.models import Deadline
from workflow.selectors.record_page import get_deadline
from workflow.selectors.timeline import verb_label
from workflow.views.pages import RecordPage

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
        started = deadline.started_by
        return super().get_context_data(
            deadline=deadline,
            why=why,
            weekdays=(_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")),
            kinds=KINDS,
            legend=[(kind, *KINDS[kind]) for kind in legend(why.months)],
            unit=UNIT_LABELS.get(deadline.rule.unit, ""),
            started_by=verb_label(started.act) if started else "",
            pauses=[(pause, reason_label(pause.reason)) for pause in why.pauses],
            back_url=f"{self.record_url}?tab=deadlines",
            **kwargs,
        )
