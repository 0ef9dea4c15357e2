"""Acts on one time limit, and the mending of a wrong date: first what moves, then the act."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from workflow.clocks.deadlines import next_step
from workflow.clocks.phrases import UNIT_LABELS
from workflow.clocks.reasons import reason_label
from workflow.clocks.wording import due_shown, shown
from workflow.engine.refusals import TransitionRefused
from workflow.forms.limits import (
    CorrectForm,
    EndForm,
    EndPauseForm,
    ExtendForm,
    PauseForm,
    StartForm,
)
from workflow.models import Deadline, DeadlinePause, JournalLine
from workflow.selectors import timeline
from workflow.selectors.record_page import get_deadline
from workflow.services import limits
from workflow.services.corrected_fields import resting_on
from workflow.services.corrections import correct
from workflow.services.rehearsal import Move, rehearse
from workflow.services.starting import start_limit
from workflow.services.testing import pause_together
from workflow.templatetags.casework import moment
from workflow.views.acts import ActPage
from workflow.views.refused import show_refusals


class RehearsedPage(ActPage):
    """An act that is first looked at: what it would move stands beside the form.

    What is confirmed is exactly what was looked at; anything typed anew is looked at again.
    """

    rehearsed: list[Move] | None = None
    looked_at = ""

    def deadline_shown(self) -> Deadline | None:
        """The limit that is listed even when it does not move."""
        return None

    def _acted(self, form: BaseForm, rows: Any) -> bool:
        self.looked_at = self._mark()
        if self.request.POST.get("looked_at") == self.looked_at:
            return super()._acted(form, rows)
        try:
            self.rehearsed = rehearse(
                self.record,
                lambda: self.act(dict(form.cleaned_data), rows),
                about=self.deadline_shown(),
            )
        except TransitionRefused as refused:
            self.on_top = show_refusals(form, refused.refusals)
        return False

    def _mark(self) -> str:
        """What was typed, as a digest; with the record's version, so that a change is noticed."""
        typed = {
            name: values
            for name, values in self.request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "looked_at"}
        }
        content = json.dumps([typed, self.record.version], sort_keys=True)
        return sha256(content.encode()).hexdigest()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            is_rehearsed=True, moves=self.rehearsed, looked_at=self.looked_at, **kwargs
        )


class LimitAct(RehearsedPage):
    """An act on the limit the address names."""

    arguments = {"deadline": Deadline}
    tab = "deadlines"

    @cached_property
    def deadline(self) -> Deadline:
        return get_deadline(self.record, self.kwargs["deadline"])

    def subject(self) -> Any:
        return self.deadline

    def deadline_shown(self) -> Deadline:
        return self.deadline

    @property
    def back_url(self) -> str:
        return self.page("deadline", self.deadline.pk)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        limit = self.deadline
        return [
            (_("Limit"), limit.rule.name),
            (_("Legal source"), limit.rule.source),
            (_("Party"), limit.party),
            (_("Starts at"), moment(limit.starts_at)),
            (_("Due"), due_shown(limit)),
        ]


class StartLimit(RehearsedPage):
    page_title = _("Start a limit")
    form_class = StartForm
    permission = "manage_limits"
    tab = "deadlines"
    sentence = _("For limits that no step starts. It is reminded of like every other.")
    done = _("The limit runs.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        start_limit(self.record, actor=self.user, **data)


class PauseLimit(LimitAct):
    page_title = _("Pause the limit")
    form_class = PauseForm
    permission = "manage_limits"
    sentence = _("The days of the pause, both ends included, do not count.")
    done = _("The pause is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        pause_together(self.deadline, actor=self.user, **data)


class EndPause(LimitAct):
    page_title = _("End the pause")
    form_class = EndPauseForm
    permission = "manage_limits"
    arguments = {"deadline": Deadline, "pause": DeadlinePause}
    sentence = _("The limit runs on from the day after.")
    done = _("The pause has ended.")

    def subject(self) -> DeadlinePause:
        return get_object_or_404(self.deadline.pauses, pk=self.kwargs["pause"])

    def act(self, data: dict[str, Any], rows: Any) -> None:
        limits.end_pause(self.about, actor=self.user, **data)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        pause = (_("Pause"), f"{reason_label(self.about.reason)}，{shown(self.about.start_on)}")
        return [*super().facts(), pause]


class ExtendLimit(LimitAct):
    page_title = _("Extend the limit")
    form_class = ExtendForm
    permission = "extend_limit"
    sentence = _("More time, counted from the start. Granted late it heals nothing.")
    done = _("The extension is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        limits.extend_limit(self.deadline, actor=self.user, **data)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        step = next_step(self.deadline)
        unit = UNIT_LABELS.get(self.deadline.rule.unit, "")
        usual = f"{step.amount} {unit}" if step is not None and step.amount else ""
        return [*super().facts(), (_("The law's next step"), usual)]


class EndLimit(LimitAct):
    page_title = _("End the limit")
    form_class = EndForm
    sentence = _("The limit stops by hand; who ended it and why stays in the timeline.")
    done = _("The limit has ended.")

    @property
    def permission(self) -> str:  # type: ignore[override]  # depends on who started the limit
        return limits.act_to_end(self.deadline)

    def act(self, data: dict[str, Any], rows: Any) -> None:
        dropped = data.pop("how") == "dropped"
        limits.end_limit(self.deadline, actor=self.user, dropped=dropped, **data)


class CorrectLine(RehearsedPage):
    page_title = _("Correct the entry")
    form_class = CorrectForm
    permission = "correct_record"
    arguments = {"line": JournalLine}
    tab = "timeline"
    sentence = _(
        "A new line names the wrong one and its right date; limits and the dates that this entry "
        "wrote follow it. Documents made before keep what they say."
    )
    done = _("The entry is corrected.")

    def subject(self) -> JournalLine:
        line = get_object_or_404(timeline.lines_of(self.record), pk=self.kwargs["line"])
        if not timeline.is_correctable(self.record, line):
            raise Http404
        return line

    def initial(self) -> dict[str, Any]:
        return {"acted_at": self.about.acted_at}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        correct(self.about, self.record, actor=self.user, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Beside the limits, the dates of the file that took theirs from this entry."""
        fields = []
        if self.rehearsed is not None:
            fields = [one.label for one in resting_on(self.about, self.record)]
        return super().get_context_data(fields_that_move=fields, **kwargs)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [
            (_("Entry"), timeline.verb_label(self.about.act)),
            (_("Happened at"), moment(self.about.acted_at)),
            (_("By"), self.about.actor_name),
            (_("Recorded at"), moment(self.about.recorded_at)),
        ]
