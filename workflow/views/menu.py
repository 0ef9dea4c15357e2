"""The casework group of the menu, in the order of a day's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from accounts.access import may
from workflow.selectors.desk import has_casework


class CaseworkItem(MenuItem):
    """For people with casework, or with one act."""

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return may(user, self.act) if self.act else has_casework(user)


def _item(
    label: Any, url_name: str, icon: str, order: int, act: str = ""
) -> Callable[[], MenuItem]:
    def build() -> MenuItem:
        name = url_name.replace("_", "-")
        return CaseworkItem(
            label, reverse(url_name), name=name, icon_name=icon, order=order, act=act
        )

    return build


#: Leads and cases stand between the desk and the time limits: their viewsets have no order.
casework_items = (
    _item(_("Desk"), "wagtailadmin_home", "home", -1),
    _item(_("Penalty on the spot"), "workflow_on_the_spot", "edit", 105, "investigate_case"),
    _item(_("Time limits"), "workflow_deadlines", "time", 110),
    _item(_("To sign"), "workflow_approvals", "edit", 120),
    _item(_("Parties"), "workflow_parties", "group", 125),
    _item(_("Transfers"), "workflow_transfers", "resubmit", 130),
    _item(_("Notices to me"), "workflow_notices", "mail", 140),
    _item(_("Law library"), "workflow_laws", "clipboard-list", 145),
    _item(_("Register of numbers"), "workflow_number_register", "list-ol", 145, "view_numbers"),
    _item(_("Document templates"), "workflow_templates", "doc-full", 147, "manage_templates"),
    _item(_("Handover"), "workflow_handover", "resubmit", 145, "assign_handlers"),
    _item(_("Campaigns"), "workflow_campaigns", "calendar-check", 150, "manage_campaigns"),
)
