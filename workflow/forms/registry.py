"""Acts on a party of the registry, each for one file whose journal keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, area, line
from workflow.models import Party, PartyAlias
from workflow.selectors.parties import files_of
from workflow.services.merging import FIELDS
from workflow.templatetags.masking import masked


class PartySearchForm(forms.Form):
    """Narrowing the list of parties."""

    q = forms.CharField(label=_("Name, code or ID number"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind of party"), required=False, choices=[("", _("All")), *Party.Kind.choices]
    )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.data.get("q") or self.data.get("kind"))


class FileForm(ActForm):
    """An act on the party for one of its files. ``subject``: the party."""

    file = forms.ChoiceField(label=_("For which file"))

    def prepare(self) -> None:
        field: Any = self.fields["file"]
        field.choices = [
            (f"{record.machine}-{record.pk}", str(record))
            for record in files_of(self.subject, self.actor)
            if self.may_serve(record)
        ]

    def may_serve(self, record: Any) -> bool:
        """Whether the act can be done for this file of the party."""
        return True


class RevealPartyForm(FileForm):
    reason = area(_("Why you need it"), max_length=500, rows=2)


class AliasForm(FileForm):
    name = line(_("Other name"))
    kind = forms.ChoiceField(label=_("Kind of name"), choices=PartyAlias.Kind.choices)


class MergeForm(ActForm):
    """Which value wins where both have one. ``subject``: the party kept and the other one."""

    reason = area(_("Why they are one party"), max_length=500, rows=2)

    def prepare(self) -> None:
        kept, other = self.subject
        self.asked = []
        for name in FIELDS:
            values = getattr(kept, name), getattr(other, name)
            if not all(values) or values[0] == values[1]:
                continue
            shown = [masked(value, name) for value in values]
            label = Party._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # own columns
            self.fields[f"take_{name}"] = forms.ChoiceField(
                label=label, widget=forms.RadioSelect, initial="kept",
                choices=[("kept", shown[0]), ("other", shown[1])],
            )  # fmt: skip
            self.asked.append(name)
        self.order_fields([*(f"take_{name}" for name in self.asked), "reason"])

    @property
    def other(self) -> list[str]:
        """The fields of which the other party's value is taken."""
        return [name for name in self.asked if self.cleaned_data[f"take_{name}"] == "other"]


class WithdrawForm(ActForm):
    reason = area(_("How the mistake came about"), max_length=500, rows=2)


class RestoreForm(ActForm):
    reason = area(_("Reason"), max_length=500, rows=2)


class UndoMergeForm(ActForm):
    reason = area(_("Why it was wrong"), max_length=500, rows=2)


class SplitForm(ActForm):
    """分案: what the new case is called, and why. ``subject``: the party of the case."""

    title = line(_("Name of the new case"))
    reason = area(_("Reason"), max_length=2000)

    def prepare(self) -> None:
        self.initial.setdefault("title", f"{self.subject.party}{self.subject.case.cause}案"[:200])


class RemarkForm(ActForm):
    text = area(_("Remark"), max_length=1000, rows=3)
