"""The page of one exposure: the next step, the gate, open hits, original beside public text."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.access import has_act
from publicity.exposures import comparing
from publicity.exposures.forms import AddFileForm, KeepForm
from publicity.exposures.gate import checklist
from publicity.exposures.guards.text import text_file
from publicity.exposures.selectors import lines_of
from publicity.exposures.states import PUBLIC, WRITABLE
from publicity.exposures.views.base import ExposurePageView, sees_original
from workflow.api import JournalLine, Step, attempt_of, catalogue, steps_for

#: Steps that lead back or away are never the one that is offered first.
ASIDE = frozenset(
    {"exposure.return", "exposure.drop", "exposure.revoke_approval", "exposure.withdraw",
     "exposure.correct"}
)  # fmt: skip


class Inspect(ExposurePageView):
    template_name = "exposures/inspect.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exposure, user = self.exposure, self.user
        steps = steps_for(exposure, user)
        memo: dict[str, Any] = {}
        file = text_file(attempt_of(exposure, "exposure.approve", user, memo=memo))
        original = sees_original(user, exposure)
        writes = has_act(user, "edit_exposure", exposure.unit_id)
        hits = comparing.hits(file) if original else []
        sent: KeepForm | None = kwargs.pop("keep_form", None)
        kwargs.setdefault("add_form", AddFileForm())
        forward = [step for step in steps if step.transition.name not in ASIDE]
        return super().get_context_data(
            primary=next((step for step in forward if step.is_open), None),
            signing=[step for step in steps if step.approval is not None],
            blocked=[step for step in forward if step.refusals and step.approval is None],
            others=_others(steps, forward),
            checks=checklist(exposure, user, memo),
            sees_original=original,
            rows=comparing.rows(file, with_original=original),
            open_hits=[(hit, _keep_form(hit.row.pk, sent)) for hit in hits if hit.is_open],
            settled_hits=[hit for hit in hits if not hit.is_open],
            run=file.run,
            has_draft=file.page is not None,
            may_write=writes and exposure.state in WRITABLE and file.page is not None,
            may_check=exposure.state in WRITABLE
            and file.page is not None
            and has_act(user, "check_exposure", exposure.unit_id),
            edit_url=self._edit_url(),
            assets=list(exposure.assets.all()) if original else [],
            confirmations=list(file.confirmations.values()),
            is_public=exposure.state in PUBLIC,
            lines=self._lines(),
            **kwargs,
        )

    def _edit_url(self) -> str:
        page = self.exposure.page_id
        return reverse("wagtailadmin_pages:edit", args=[page]) if page else ""

    def _lines(self) -> list[tuple[JournalLine, str]]:
        return [(line, str(_said(line.verb))) for line in lines_of(self.exposure)]


def _keep_form(hit: int, sent: KeepForm | None) -> KeepForm:
    """The form of the hit; the one that was sent with what was typed into it."""
    return sent if sent is not None and sent.hit == hit else KeepForm(hit=hit)


def _others(steps: list[Step], forward: list[Step]) -> list[Step]:
    """Open steps besides the first forward one."""
    first = next((step for step in forward if step.is_open), None)
    return [step for step in steps if step.is_open and step is not first]


def _said(verb: str) -> Any:
    from publicity.exposures.verbs import VERBS

    bound = catalogue().get(verb)
    return bound.transition.label if bound else VERBS.get(verb, verb)
