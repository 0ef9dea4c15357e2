"""The page of one record: where it stands, what may be done next, what is missing; then tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import has_act
from accounts.roles import ROLES
from workflow.models import Approval
from workflow.selectors import timeline
from workflow.selectors.made_documents import documents_of
from workflow.selectors.record_page import (
    acts_allowed,
    evidence_count,
    evidence_of,
    handlers_of,
    limits_of,
    open_limits_of,
    people_who_know,
    transfers_of,
)
from workflow.selectors.steps import Step, steps_for, steps_of_others
from workflow.services.access import note_view
from workflow.views.pages import RecordPage

EVIDENCE_PER_PAGE = 40
#: Acts whose buttons the tabs show.
ACTS = (
    "investigate_case", "serve_documents", "record_payment", "record_challenge", "add_evidence",
    "record_discussion", "propose_transfer", "assign_handlers", "share_record", "restrict_record",
    "view_access_log", "edit_lead", "reveal_reporter", "reveal_party",
    "write_remark", "split_case", "correct_record",
    "make_document", "take_measures", "propose_case_act",
)  # fmt: skip


class TabbedPage(RecordPage):
    """Tabs are links (``?tab=``): without scripts, and only the chosen one asks the database.

    A tab's content comes from the method of its name; opening a restricted record is kept.
    """

    tabs: ClassVar[Sequence[tuple[str, str | Promise]]] = ()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        #: What is read of the file once, for the steps and the tab alike.
        self.memo: dict[str, Any] = {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if hasattr(self.record, "restricted"):
            note_view(self.record, actor=self.user)
        return super().get(request, *args, **kwargs)

    def shown_tabs(self) -> list[tuple[str, str | Promise]]:
        """The tabs of this person: who looked is for those who may ask."""
        tabs = list(self.tabs)
        if hasattr(self.record, "restricted") and self._may_see_looks():
            tabs.append(("access", _("Who looked")))
        return tabs

    def _may_see_looks(self) -> bool:
        return has_act(self.user, "view_access_log", self.record.scope_unit_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = self.shown_tabs()
        asked = self.request.GET.get("tab", "")
        tab = asked if asked in dict(tabs) else tabs[0][0]
        content: Callable[[], dict[str, Any]] = getattr(self, tab)
        open_limits = self.open_limits = open_limits_of(self.record, self.memo)
        return super().get_context_data(
            tabs=tabs,
            tab=tab,
            tab_template=f"workflow/tabs/{self.record.machine}_{tab}.html"
            if tab == "overview"
            else f"workflow/tabs/{tab}.html",
            open_limits=open_limits,
            limit_url_name=f"workflow_{self.record.machine}:deadline",
            correct_url_name=f"workflow_{self.record.machine}:correct_line",
            may=acts_allowed(self.user, self.record, ACTS),
            **self.steps(),
            **self.beside(open_limits),
            **content(),
            **kwargs,
        )

    def steps(self) -> dict[str, Any]:
        """The next steps, sorted by what can be done about them."""
        found = steps_for(self.record, self.user, memo=self.memo)
        for step in found:
            step.memo["url"] = self.page("step", step.transition.name)
        waiting = [step for step in found if step.approval is not None]
        plain = [step for step in found if step.approval is None]
        return {
            "open_steps": [s for s in plain if s.is_open and not s.transition.heavy],
            "blocked_steps": [s for s in plain if not s.is_open and not s.transition.heavy],
            "heavy_steps": [s for s in plain if s.transition.heavy],
            "waiting_steps": [self._waiting(step) for step in waiting],
            "steps_of_others": [
                (transition, roles)
                for transition, roles in steps_of_others(self.record, self.user)
                if transition.name not in {step.transition.name for step in waiting}
            ],
        }

    def _waiting(self, step: Step) -> dict[str, Any]:
        """An act that waits for signature, as the page shows it."""
        approval = step.approval
        assert isinstance(approval, Approval)  # noqa: S101 -- the caller chose those that wait
        role = ROLES.get(step.waiting_role)
        return {
            "step": step,
            "approval": approval,
            "url": self.page("approval", approval.pk),
            "waits_for": role.label if role else "",
            "signed": [s for s in approval.steps.all() if s.outcome == s.Outcome.SIGNED],
            "is_mine": approval.proposer_id == self.user.pk,
        }

    def beside(self, open_limits: Sequence[Any]) -> dict[str, Any]:
        """What stands under the steps whatever the tab."""
        if not hasattr(self.record, "handlers"):
            return {}
        return {
            "handlers": handlers_of(self.record, self.memo),
            "knowing": people_who_know(self.record),
        }

    # ---- tabs shared by several records ----------------------------------------------------------

    def deadlines(self) -> dict[str, Any]:
        is_file = self.record.machine in ("lead", "case")
        may = is_file and has_act(self.user, "manage_limits", self.record.scope_unit_id)
        start = self.page("start_limit") if may else ""
        return {"limits": limits_of(self.record), "start_limit_url": start}

    def transfers(self) -> dict[str, Any]:
        return {"transfers": list(transfers_of(self.record, self.user))}

    def documents(self) -> dict[str, Any]:
        files = Paginator(evidence_of(self.record), EVIDENCE_PER_PAGE)
        files.count = evidence_count(self.record, self.memo)
        page = files.get_page(self.request.GET.get("e"))
        return {"evidence": page, **self.made_documents()}

    def made_documents(self) -> dict[str, Any]:
        """The documents of the record, with the names of their pages."""
        return {
            "made_documents": list(documents_of(self.record, self.user)),
            "document_url_name": f"workflow_{self.record.machine}:document",
            "choose_url_name": f"workflow_{self.record.machine}:choose_document",
        }

    def timeline(self) -> dict[str, Any]:
        asked = self.request.GET.get("who", "")
        kind = asked if asked in (timeline.PEOPLE, timeline.SYSTEM) else timeline.ALL
        line = timeline.line_named(self.record, self.request.GET.get("line", ""))
        lines = timeline.lines_of(self.record, kind=kind)
        page = timeline.page_of(lines, self.request.GET.get("p"), line=line)
        return {
            "who": kind,
            "page": page,
            "entries": timeline.entries(self.record, page.object_list),
            "quoted": line,
            "kinds": (
                (timeline.ALL, _("Everything")),
                (timeline.PEOPLE, _("Acts of people")),
                (timeline.SYSTEM, _("Acts of the system")),
            ),
        }

    def access(self) -> dict[str, Any]:
        page = timeline.page_of(timeline.looks_at(self.record), self.request.GET.get("p"))
        return {"page": page, "entries": timeline.entries(self.record, page.object_list)}
