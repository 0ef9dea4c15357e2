"""What is typed on a time limit: a pause, its end, an extension, the end of the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from workflow.clocks.deadlines import next_step
from workflow.clocks.phrases import UNIT_LABELS
from workflow.clocks.wording import due_shown
from workflow.forms.act import ActForm, DayField, area, line
from workflow.forms.step import MomentField, SeveralField
from workflow.models import Deadline, Discussion, EvidenceFile, Measure
from workflow.services.limits import COLLECTIVE, may_pause_for
from workflow.services.starting import started_by_hand
from workflow.services.testing import leaves_out_for_sure, stopped_too

_MEASURE = Measure._meta.label_lower
_LATE = _("Needed when more than one working day lies between the act and its entry.")


def _late() -> forms.CharField:
    return line(_("Why it is entered late"), max_length=500, required=False, help_text=_LATE)


class LimitsField(SeveralField):
    """Other limits of the file that the same days stop; one of goods names its measure."""

    measures: Mapping[int, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Limits that stand still too"), queryset=Deadline.objects.none(),
            required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("One test stops each of them; overlapping days count once."), **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        due = f"，{due_shown(obj)}" if obj.due_on else ""
        doubt = _("the pause is not verified")
        said = obj.rule.source if leaves_out_for_sure(obj) else f"{obj.rule.source}；{doubt}"
        of = f" {self.measures.get(obj.record_id, '')}" if obj.record_type == _MEASURE else ""
        return f"{obj.code} {obj.rule.name}{of}{due}（{said}）"


def offer_limits(form: forms.Form, limits: Sequence[Deadline]) -> None:
    """The field ``also`` offers these limits; without any it is not there."""
    field: Any = form.fields["also"]
    if not limits:
        del form.fields["also"]
        return
    rows = Deadline.objects.filter(pk__in=[limit.pk for limit in limits])
    goods = [limit.record_id for limit in limits if limit.record_type == _MEASURE]
    field.measures = dict(Measure.objects.filter(pk__in=goods).values_list("pk", "number"))
    field.queryset = rows.select_related("rule").order_by("pk")


class StartForm(ActForm):
    """``subject`` is a lead or a case; only limits that no step starts are offered."""

    code = forms.ChoiceField(label=_("Limit"))
    started_on = DayField(
        label=_("The day it counts from"),
        help_text=_("The day of the event: received, proposed, decided or done."),
    )
    document = line(
        _("What started it"),
        help_text=_("The document with its number, or the event, as 协助调查函 sent to whom."),
    )
    late_reason = _late()

    def prepare(self) -> None:
        codes: Any = self.fields["code"]
        codes.choices = [
            (
                row.code,
                f"{row.code} {row.name}（{row.amount} {UNIT_LABELS[row.unit]}，{row.source}）",
            )
            for row in started_by_hand(self.subject)
        ]


class PauseForm(ActForm):
    """``subject`` is the limit."""

    reason = forms.ChoiceField(label=_("Reason of the pause"))
    start_on = DayField(label=_("First day that does not count"))
    end_on = DayField(
        label=_("Last day that does not count"),
        required=False,
        help_text=_("Empty: the pause still runs."),
    )
    evidence = forms.ModelChoiceField(
        label=_("Supporting document on file"),
        queryset=EvidenceFile.objects.none(),
        required=False,
    )
    document = line(
        _("Or the document in words"),
        required=False,
        help_text=_("Name and number, as 检验期间告知书."),
    )
    also = LimitsField()
    late_reason = _late()

    def prepare(self) -> None:
        offer_limits(self, stopped_too(self.subject))
        reasons: Any = self.fields["reason"]
        reasons.choices = may_pause_for(self.subject)
        files: Any = self.fields["evidence"]
        record = self.subject.case or self.subject.lead
        files.queryset = record.evidence.filter(replaced_by=None) if record else files.queryset


class EndPauseForm(ActForm):
    """``subject`` is the pause."""

    end_on = DayField(label=_("Last day that does not count"))
    late_reason = _late()


class ExtendForm(ActForm):
    """``subject`` is the limit; the leader who fills it in grants it."""

    amount = forms.IntegerField(label=_("How much more"), min_value=1, max_value=3660)
    granted_on = DayField(label=_("Granted on"))
    discussion = forms.ModelChoiceField(
        label=_("Joint discussion that fixed it"),
        queryset=Discussion.objects.none(),
        required=False,
    )
    reason = area(_("Why more time is needed"), max_length=1000, rows=3)
    late_reason = _late()

    def prepare(self) -> None:
        step = next_step(self.subject)
        if step is None or step.approver != COLLECTIVE:
            del self.fields["discussion"]
        else:
            held: Any = self.fields["discussion"]
            held.queryset = Discussion.objects.filter(case=self.subject.case).order_by("-held_at")
        if step is not None:
            self.fields["amount"].initial = step.amount
            if step.ceiling is not None:
                most = _("At most %(most)s, in the unit of the limit.") % {"most": step.ceiling}
                self.fields["amount"].help_text = most
        self.fields["granted_on"].initial = clock.today


class EndForm(ActForm):
    """``subject`` is the limit."""

    how = forms.ChoiceField(
        label=_("What became of it"),
        choices=(("met", _("What it asks for was done")), ("dropped", _("It does not apply"))),
        initial="met",
        widget=forms.RadioSelect,
    )
    ended_on = DayField(label=_("On which day"))
    reason = area(_("What was done, or why it does not apply"), max_length=1000, rows=3)
    late_reason = _late()


class CorrectForm(ActForm):
    """``subject`` is the line that is wrong; its right date, and what was wrong."""

    acted_at = MomentField(
        label=_("When it really happened"),
        help_text=_("The line stays as it is; limits and dates follow the corrected one."),
    )
    reason = area(_("What was wrong, and how it is known"), max_length=1000, rows=3)
