"""The registry of parties (当事人库): the list, one party, and acts on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from workflow.engine.refusals import TransitionRefused
from workflow.forms.act import ActForm
from workflow.forms.registry import (
    AliasForm,
    MergeForm,
    PartySearchForm,
    RevealPartyForm,
    UndoMergeForm,
)
from workflow.models import Party, PartyMerge
from workflow.plugin import Refusal
from workflow.selectors.parties import (
    duplicates,
    files_of,
    get_file,
    get_merge,
    get_registered,
    merges_into,
    parties_known_to,
)
from workflow.services.merging import (
    may_merge,
    merge_parties,
    merge_refusals,
    undo_merge,
    undo_refusals,
)
from workflow.services.parties import add_alias, reveal_party
from workflow.views.refused import show_refusals
from workflow.views.routes import Argument
from workflow.views.tops import PagedPage, TopPage


class PartyList(PagedPage):
    template_name = "workflow/lists/parties.html"
    page_title = _("Parties")
    header_icon = "group"

    def rows_of(self, tab: str) -> QuerySet[Any]:
        form = self.form
        asked = form.cleaned_data if form.is_valid() else {}
        return parties_known_to(self.user, query=asked.get("q", ""), kind=asked.get("kind", ""))

    @property
    def form(self) -> PartySearchForm:
        return PartySearchForm(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.paged(self.rows_of(self.tab))
        return super().get_context_data(
            lines=shown["page_obj"].object_list, list_form=self.form,
            may_merge=may_merge(self.user), **shown, **kwargs,
        )  # fmt: skip


class DuplicateList(TopPage):
    template_name = "workflow/lists/duplicates.html"
    page_title = _("Parties known twice")
    header_icon = "copy"

    def may_open(self) -> bool:
        return super().may_open() and may_merge(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(pairs=duplicates(self.user), **kwargs)


class PartyTop(TopPage):
    """A page of one party; ``party`` is there before anything else runs."""

    arguments: ClassVar[dict[str, Argument]] = {"pk": Party}
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.party = get_registered(self.user, kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("workflow_party", args=[self.party.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("workflow_parties"), "label": str(_("Parties"))}
        items = [*self.breadcrumbs_items, above]
        if self.page_title:
            items.append({"url": self.back_url, "label": str(self.party)})
        return [*items, {"url": "", "label": str(self.page_title or self.party)}]

    def get_header_title(self) -> str:
        return f"{self.page_title} · {self.party}" if self.page_title else str(self.party)


class PartyPage(PartyTop):
    template_name = "workflow/party.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        merging = may_merge(self.user)
        return super().get_context_data(
            party=self.party, aliases=list(self.party.aliases.all()),
            files=files_of(self.party, self.user), may_reveal=may(self.user, "reveal_party"),
            may_note=may(self.user, "investigate_case"),
            may_edit=may(self.user, "investigate_case") or may(self.user, "edit_lead"),
            merges=merges_into(self.party) if merging else [], **kwargs,
        )  # fmt: skip


class PartyActPage(PartyTop):
    """A form with one act on the party; subclasses call the service in ``act``."""

    template_name = "workflow/act.html"
    http_method_names = ["get", "head", "options", "post"]
    form_class: type[ActForm] = ActForm
    sentence: str | Promise = ""
    law: str | Promise = ""
    done: str | Promise = ""

    def subject(self) -> Any:
        return self.party

    def may_act(self) -> bool:
        return True

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Unified social credit code"), self.party.uscc)]

    def refused(self) -> list[Refusal]:
        """Why it cannot be done at all, before anything was typed."""
        return []

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def make_form(self) -> ActForm:
        data = self.request.POST if self.request.method == "POST" else None
        initial = {"file": self.request.GET.get("file", "")}
        return self.form_class(data, initial=initial, subject=self.subject(), actor=self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown(self.make_form(), self.refused())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, on_top = self.make_form(), []
        if form.is_valid():
            try:
                self.act(form)
                return self.after()
            except TransitionRefused as refused:
                on_top = show_refusals(form, refused.refusals)
        return self.shown(form, on_top, status=422)

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect(self.back_url)

    def shown(self, form: ActForm, on_top: list[Refusal], status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form, refusals=on_top, may_act=self.may_act() and not self.refused(),
            record=self.party, act_label=self.page_title, sentence=self.sentence, law=self.law,
            facts=self.facts(), back_url=self.back_url,
        )  # fmt: skip
        return self.render_to_response(context, status=status)


class RevealParty(PartyActPage):
    """Personal information in answer to the form, never stored."""

    page_title = _("See personal information")
    form_class = RevealPartyForm
    sentence = _("Your name and your reason are kept in the journal of the file you name.")
    law = _("Personal Information Protection Law arts. 6, 34")

    def may_act(self) -> bool:
        return may(self.user, "reveal_party")

    def act(self, form: Any) -> None:
        data = form.cleaned_data
        record = get_file(self.party, self.user, data["file"])
        self.party = reveal_party(self.party, record, actor=self.user, reason=data["reason"])

    def after(self) -> HttpResponse:
        response = self.response_class(
            request=self.request, template="workflow/party_revealed.html",
            context=self.get_context_data(party=self.party, back_url=self.back_url),
            using=self.template_engine,
        )  # fmt: skip
        add_never_cache_headers(response)
        return response


class AddAlias(PartyActPage):
    page_title = _("Note another name")
    form_class = AliasForm
    sentence = _("From now on the party is found by this name too.")
    done = _("The name is noted.")

    def may_act(self) -> bool:
        return may(self.user, "investigate_case")

    def act(self, form: Any) -> None:
        data = form.cleaned_data
        record = get_file(self.party, self.user, data["file"])
        add_alias(self.party, record, actor=self.user, kind=data["kind"], name=data["name"])


class MergePage(PartyActPage):
    page_title = _("Merge parties")
    arguments = {"pk": Party, "other": Party}
    form_class = MergeForm
    sentence = _(
        "Leads and cases of the other party are about this one from now on; each journal says so, "
        "and what waits for signature on them becomes void. It can be undone."
    )
    done = _("The parties are merged.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.other = get_registered(self.user, kwargs["other"])
        if self.other.pk == self.party.pk or not may_merge(self.user):
            raise Http404

    def subject(self) -> Any:
        return self.party, self.other

    def refused(self) -> list[Refusal]:
        return list(merge_refusals(self.party, self.other))

    def facts(self) -> Sequence[tuple[Any, Any]]:
        follow = [(_("Follows"), str(record)) for record in files_of(self.other, self.user)]
        return [(_("Stays"), self.party), (_("Is merged into it"), self.other), *follow]

    def act(self, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        merge_parties(self.party, self.other, actor=self.user, reason=reason, other=form.other)


class UndoMergePage(PartyActPage):
    page_title = _("Undo the merge")
    arguments = {"pk": Party, "merge": PartyMerge}
    form_class = UndoMergeForm
    sentence = _("Both parties stand again as they stood, and what followed goes back.")
    done = _("The merge is undone.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_merge(self.user):
            raise Http404
        self.merge = get_merge(self.party, kwargs["merge"])

    def refused(self) -> list[Refusal]:
        return list(undo_refusals(self.merge, self.merge.kept, self.merge.absorbed))

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Was merged into it"), self.merge.absorbed), (_("Reason"), self.merge.reason)]

    def act(self, form: Any) -> None:
        undo_merge(self.merge, actor=self.user, reason=form.cleaned_data["reason"])
