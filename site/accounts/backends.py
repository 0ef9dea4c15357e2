"""Django's permission questions, answered from postings that stand today."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from accounts import access
from accounts.models import Unit, User
from accounts.roles import group_names


class PostingBackend(ModelBackend):
    """Password sign-in; groups count only while a posting gives them, acts only through postings.

    This replaces guardian's backend too: that one would trust rows without asking for dates.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if isinstance(obj, Unit):
            app_label, _dot, codename = perm.partition(".")
            return app_label == "accounts" and access.has_act(user_obj, codename, obj.pk)
        return super().has_perm(user_obj, perm, obj)

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        names = group_names(access.live_roles(user_obj))
        return Permission.objects.filter(group__user=user_obj, group__name__in=names)
