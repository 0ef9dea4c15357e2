"""The page on which what the registry says of a party is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.engine.refusals import TransitionRefused
from workflow.forms.act import ActForm
from workflow.forms.party import EditPartyForm
from workflow.models import Party
from workflow.plugin import Refusal
from workflow.selectors.parties import get_file, get_registered
from workflow.services.parties import EDITABLE
from workflow.services.party_edits import edit_party, stamp
from workflow.templatetags.masking import masked
from workflow.views.registry import PartyActPage


class EditParty(PartyActPage):
    page_title = gettext_lazy("Change what is known")
    form_class = EditPartyForm
    sentence = gettext_lazy(
        "All files of the party say it from now on; the journal of the file you name keeps who, "
        "why and which fields. What was issued stays as it was issued; what waits for signature "
        "and names the party becomes void."
    )
    done = gettext_lazy("The party is changed.")
    overtaken = False

    def refused(self) -> list[Refusal]:
        if self.make_form().fields["file"].choices:  # type: ignore[attr-defined]  # a choice
            return []
        message = _("Your posting does not allow changing what any file of this party says.")
        return [Refusal("no_permission", message)]

    def act(self, form: Any) -> None:
        data = form.cleaned_data
        record = get_file(self.party, self.user, data["file"])
        try:
            edit_party(
                self.party, record, actor=self.user, fields=form.known, reason=data["reason"],
                seen=self.request.POST.get("seen", "") or "-", keep_former=data["keep_former"],
            )  # fmt: skip
        except TransitionRefused as refused:
            self.overtaken = any(refusal.code == "stale" for refusal in refused.refusals)
            self.party = get_registered(self.user, self.party.pk)
            raise

    def facts(self) -> Sequence[tuple[Any, Any]]:
        """What stands there now, once somebody else was faster."""
        if not self.overtaken:
            return []
        labels = {name: Party._meta.get_field(name).verbose_name for name in EDITABLE}  # type: ignore[union-attr]  # own columns
        said = {name: masked(getattr(self.party, name), name) for name in EDITABLE}
        said["kind"] = self.party.get_kind_display()
        return [(labels[name], said[name]) for name in EDITABLE]

    def shown(self, form: ActForm, on_top: list[Refusal], status: int = 200) -> HttpResponse:
        """What the page saw goes with the form: wrong fields alone do not make it new."""
        before = self.request.POST.get("seen", "")
        self.extra_context = {
            "seen": before if before and not self.overtaken else stamp(self.party)
        }
        return super().shown(form, on_top, status)
