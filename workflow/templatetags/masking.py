"""Personal information as a page shows it until somebody says why it is needed."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from workflow.models import Party

register = template.Library()
_SHORT = 8


@register.filter
def masked(value: Any, field: str = "phone") -> str:
    """The first three and last two characters of a number; nothing of a place or a day."""
    if not value or field not in Party.PERSONAL:
        return str(value or "")
    text = str(value)
    if field in ("id_number", "phone") and len(text) >= _SHORT and text.isascii():
        return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}"
    return _("hidden")
