"""What Wagtail's generic views may do with leads, cases and transfers, answered by acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts import access
from accounts.models import User
from accounts.selectors import nobody
from workflow.models import Case, Lead, Measure, Transfer
from workflow.models.scope import sees
from workflow.selectors.scope import has_anything_to_read, reachable

Acts = Mapping[str, str]


class RecordPolicy(BasePermissionPolicy):
    """``actions`` maps an action of Wagtail to the codename of an act; others are nobody's."""

    def __init__(self, model: type[models.Model], actions: Acts) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        codename = self.actions.get(action)
        if codename is None:
            return False
        if action == "view" and hasattr(self.model, "restricted"):
            return has_anything_to_read(self.model, user, codename)
        return access.may(user, codename)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        codename = self.actions.get(action)
        if codename is None or not sees(user, instance):
            return False
        return action == "view" or access.has_act(user, codename, instance.scope_unit_id)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> models.QuerySet[Any]:
        return reachable(self.model, user)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[User]:
        """Nobody: who sees a record depends on the record."""
        return nobody()


def register_policies() -> None:
    """Before any view looks for a policy: Wagtail refuses a second one."""
    leads = {"view": "view_lead", "add": "register_lead", "change": "edit_lead"}
    cases = {"view": "view_case", "change": "investigate_case"}
    transfers = {"view": "view_case", "change": "record_transfer"}
    measures = {"view": "view_case", "change": "take_measures"}
    tables = ((Lead, leads), (Case, cases), (Transfer, transfers), (Measure, measures))
    for model, acts in tables:
        register_permission_policy(model, RecordPolicy(model, acts))
