"""Which pages Wagtail shows to whom: a draft of an exposure out of scope does not exist."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from publicity.basepage.models import BasePage
from publicity.exposures.models import Exposure


class AirlockPolicy(PagePermissionPolicy):
    """Wagtail's own rules, without the pages of exposures the person may not open."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        pages = super().instances_user_has_any_permission_for(user, actions)
        return pages.exclude(pk__in=hidden_pages(user))

    def explorable_instances(self, user: Any) -> Any:
        return super().explorable_instances(user).exclude(pk__in=hidden_pages(user))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if hidden_pages(user).filter(page_id=instance.pk).exists():
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))


def hidden_pages(user: Any) -> Any:
    """Keys of the pages whose exposure ``user`` may not open."""
    seen = Exposure.objects.reachable_by(user).values("pk")
    rows = Exposure.objects.exclude(page=None).exclude(pk__in=seen)
    return rows.values_list("page_id", flat=True)


def register_policies() -> None:
    register_permission_policy(BasePage, AirlockPolicy(BasePage))
