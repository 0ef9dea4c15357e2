"""Wagtail's own user and group management, closed: accounts and postings have screens of ours."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class ClosedUsersConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS where ``wagtail.users`` would: profiles stay, screens go."""

    user_viewset = "accounts.views.closed.ClosedViewSet"
    group_viewset = "accounts.views.closed.ClosedViewSet"

    def ready(self) -> None:
        super().ready()
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from accounts.policies import POLICIES, ActPolicy

        for model, actions in POLICIES.items():
            register_permission_policy(model, ActPolicy(model, actions))
        register_permission_policy(Group, ActPolicy(Group))
