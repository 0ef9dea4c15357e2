"""Who handles a record and who may see it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import has_act
from workflow.forms.access import HandlersForm, ReasonOnlyForm, RestrictForm, ShareForm
from workflow.forms.act import ActForm
from workflow.models import AccessGrant, Handler
from workflow.selectors import access
from workflow.selectors.record_page import handlers_of
from workflow.selectors.scope import is_reachable
from workflow.services.access import (
    assign_handlers,
    end_share,
    lift_restriction,
    recuse,
    restrict,
    share,
)
from workflow.views.acts import ActPage
from workflow.views.pages import RecordPage
from workflow.views.routes import Argument


class AccessPage(RecordPage):
    """Who handles the record, to whom it is open, and the acts on both."""

    template_name = "workflow/lists/access.html"
    page_title = _("Handlers and access")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit = self.record.scope_unit_id
        live = access.live_grants_of(self.record)
        acts = (
            "assign_handlers", "decide_recusal", "share_record", "restrict_record", "route_lead",
        )  # fmt: skip
        return super().get_context_data(
            handlers=handlers_of(self.record),
            grants=[(grant, grant.pk in live) for grant in access.grants_of(self.record)],
            may={act: has_act(self.user, act, unit) for act in acts},
            namespace=f"workflow_{self.record.machine}",
            **kwargs,
        )


class AccessAct(ActPage):
    """An act that leads back to the page of handlers and access, while that can be seen."""

    form_class: type[ActForm] = ReasonOnlyForm

    @property
    def back_url(self) -> str:
        return self.page("access")

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        if is_reachable(self.model, self.user, self.record.pk):
            return redirect(self.back_url)
        return redirect(reverse(f"workflow_{self.record.machine}:index"))


class HandlersPage(AccessAct):
    form_class = HandlersForm
    permission = "assign_handlers"
    page_title = _("Name handlers")
    sentence = _("Exactly these people handle the record from now on; who is left out is free.")
    law = _("Administrative Penalty Law art. 42: at least two with the qualification to enforce.")
    done = _("The handlers are named.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        people = [data["leading"], *(p for p in data["others"] if p != data["leading"])]
        assign_handlers(self.record, actor=self.user, users=people, reason=data["reason"])


class RecusePage(AccessAct):
    arguments: ClassVar[dict[str, Argument]] = {"handler": Handler}
    permission = "decide_recusal"
    page_title = _("Recuse a handler")
    law = _("Administrative Penalty Law art. 43: whoever has an interest steps back.")
    sentence = _("The handler acts no more on this record; what they did stays in the file.")
    done = _("The handler is recused.")

    def subject(self) -> Any:
        return access.get_handler(self.record, self.kwargs["handler"])

    def get_page_subtitle(self) -> str:
        return str(self.about.user.name)

    def facts(self) -> list[tuple[Any, Any]]:
        return [(_("Handler"), self.about.user.name)]

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        recuse(self.about, actor=self.user, reason=data["reason"])


class SharePage(AccessAct):
    form_class = ShareForm
    permission = "share_record"
    page_title = _("Open to a person or unit")
    sentence = _("They may read the record until the day you set; the journal keeps it.")
    done = _("The record is open to them.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        share(
            self.record, actor=self.user, kind=data["kind"], reason=data["reason"],
            user=data["person"], unit=data["unit"], until_on=data["until_on"],
        )  # fmt: skip


class EndSharePage(AccessAct):
    arguments: ClassVar[dict[str, Argument]] = {"grant": AccessGrant}
    permission = "share_record"
    page_title = _("End the access")
    sentence = _("From now on they do not see the record any more.")
    done = _("The access is ended.")

    def subject(self) -> Any:
        return access.get_grant(self.record, self.kwargs["grant"])

    def facts(self) -> list[tuple[Any, Any]]:
        grant = self.about
        return [(_("Open to"), grant.user or grant.unit), (_("Reason"), grant.reason)]

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        end_share(self.about, actor=self.user, reason=data["reason"])


class RestrictPage(AccessAct):
    form_class = RestrictForm
    permission = "restrict_record"
    page_title = _("Restrict to named people")
    sentence = _("Nobody else sees the record from now on, not its own unit either.")
    done = _("The record is restricted.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        restrict(self.record, actor=self.user, people=data["people"], reason=data["reason"])


class LiftPage(AccessAct):
    permission = "restrict_record"
    page_title = _("Lift the restriction")
    sentence = _("The unit and all who read its records see this one again.")
    done = _("The restriction is lifted.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        lift_restriction(self.record, actor=self.user, reason=data["reason"])


#: (name, route, view) for the viewsets of leads and cases.
ACCESS_PAGES = (
    ("access", "<int:pk>/access/", AccessPage),
    ("handlers", "<int:pk>/handlers/", HandlersPage),
    ("recuse", "<int:pk>/handlers/<int:handler>/recuse/", RecusePage),
    ("share", "<int:pk>/share/", SharePage),
    ("end_share", "<int:pk>/share/<int:grant>/end/", EndSharePage),
    ("restrict", "<int:pk>/restrict/", RestrictPage),
    ("lift", "<int:pk>/lift/", LiftPage),
)
