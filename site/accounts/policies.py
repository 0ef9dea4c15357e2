"""What Wagtail's generic views may do with our models, answered by acts and never by groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from accounts import access, acts
from accounts.models import AccountEvent, Authority, Posting, Unit, User

Actions = Mapping[str, tuple[acts.Act, ...]]


class ActPolicy(BasePermissionPolicy):
    """An action of Wagtail (add, change, view …) is allowed to who holds one of its acts."""

    def __init__(self, model: type[models.Model], actions: Actions | None = None) -> None:
        super().__init__(model)
        self.actions: Actions = actions or {}

    def user_has_permission(self, user: Any, action: str) -> bool:
        return any(access.may(user, act.codename) for act in self.actions.get(action, ()))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        wanted = {act.codename for action in actions for act in self.actions.get(action, ())}
        root = Unit.get_first_root_node()
        found = User.objects.none()
        for codename in sorted(wanted) if root else ():
            found = found | access.users_with(codename, root)
        return found

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: models.Model
    ) -> QuerySet[User]:
        return self.users_with_any_permission(actions)


_MAKE = {"add": (acts.MANAGE_SETTINGS,), "change": (acts.MANAGE_SETTINGS,)}
_SEE = (acts.MANAGE_SETTINGS, acts.MANAGE_POSTINGS, acts.READ_AUDIT)

POLICIES: dict[type[models.Model], Actions] = {
    User: {
        "add": (acts.MANAGE_ACCOUNTS,),
        "change": (acts.MANAGE_ACCOUNTS,),
        "view": (acts.MANAGE_ACCOUNTS, acts.MANAGE_POSTINGS, acts.READ_AUDIT),
    },
    Posting: {
        "add": (acts.MANAGE_POSTINGS,),
        "change": (acts.MANAGE_POSTINGS,),
        "view": (acts.MANAGE_POSTINGS, acts.READ_AUDIT),
    },
    Unit: {**_MAKE, "view": _SEE},
    Authority: {**_MAKE, "view": _SEE},
    AccountEvent: {"view": (acts.READ_AUDIT,)},
}
