"""What the pages of a refusal ask for."""

from __future__ import annotations

from django import template

from accounts.typed import typed_in

register = template.Library()


@register.simple_tag(takes_context=True, name="typed_in")
def typed_in_request(context: template.Context) -> list[tuple[str, str]]:
    """``typed_in`` the request that is being answered."""
    return typed_in(context["request"])
