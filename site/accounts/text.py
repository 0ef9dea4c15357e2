"""What people type: cleaned the same way everywhere."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_ALLOWED = frozenset("\n\r\t")


def no_control_characters(value: object) -> None:
    """Refuse control characters and halves of surrogates: they cannot be stored or printed."""
    if not isinstance(value, str):
        return
    for position, char in enumerate(value, start=1):
        if unicodedata.category(char) in {"Cc", "Cs"} and char not in _ALLOWED:
            raise ValidationError(
                _("There is an unreadable character at position %(position)d: delete it."),
                code="control_character",
                params={"position": position},
            )
