"""Choosing a party of the registry: only recognised ones are offered, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.models import Lead, Party
from workflow.selectors.recognise import Recognised


class KnownPartyField(forms.ModelChoiceField):
    """One of the parties offered, or none of them: then it is entered anew."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Known party"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_label", _("None of these: entered anew"))
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(queryset=Party.objects.none(), **kwargs)
        self.offered: dict[int, Recognised] = {}

    def offer(self, found: Sequence[Recognised]) -> None:
        """From now on these may be chosen; with none the field says nothing."""
        self.offered = {one.party.pk: one for one in found}
        self.queryset = Party.objects.filter(pk__in=self.offered).order_by("pk")
        if not found:
            self.widget = forms.HiddenInput()

    def label_from_instance(self, obj: Any) -> str:
        place = "" if obj.is_person else obj.address
        parts = [obj.name, obj.uscc, place, self.offered[obj.pk].why]
        return " · ".join(part for part in parts if part)

    def match_of(self, party: Party) -> str:
        """By what the chosen party was recognised."""
        one = self.offered.get(party.pk)
        return one.match if one else Lead.PartyMatch.CHOSEN
