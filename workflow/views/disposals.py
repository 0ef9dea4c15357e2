"""What became of confiscated goods, kept after the measure is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.forms.disposal import DisposalForm
from workflow.models import MeasureItem
from workflow.selectors import measures as selectors
from workflow.services import disposals, measures
from workflow.templatetags.casework import quantity
from workflow.views.acts import ActPage


class DisposeOfItem(ActPage):
    """A quantity of one item that was confiscated is destroyed, sold or handed over."""

    page_title = _("Record what became of it")
    form_class = DisposalForm
    permission = measures.PERMISSION
    arguments = {"item": MeasureItem}
    sentence = _(
        "Confiscated goods are destroyed where the law says so, else sold in public or handed over "
        "as the State prescribes; two officers and a witness see it, a photograph shows it."
    )
    law = _("Administrative Penalty Law art. 74")
    done = _("It is kept what became of the goods.")

    def subject(self) -> MeasureItem:
        return selectors.get_item(self.record, self.kwargs["item"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        item = self.about
        left = quantity(item.not_disposed_of, item.unit_name)
        return [
            (_("Name"), item.name),
            (_("Specification"), item.specification),
            (_("Confiscated, not disposed of"), left),
        ]

    def initial(self) -> dict[str, Any]:
        return {"quantity": quantity(self.about.not_disposed_of), "acted_at": now()}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        disposals.dispose_of(
            self.about, actor=self.user, second_officer=data.pop("second_officer"),
            kind=data.pop("kind"), quantity=data.pop("quantity"),
            disposed_at=data.pop("acted_at"), late_reason=data.pop("late_reason"), fields=data,
        )  # fmt: skip
