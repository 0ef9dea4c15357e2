"""What people type: cleaned the same way everywhere."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Unicode's categories Cc and Cs, but for tab and the ends of lines; and U+FFFD, which browsers and
#: decoders put in the place of half a surrogate and of bytes that are no text.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


def unreadable(text: str) -> re.Match[str] | None:
    """The first control character, half of a surrogate or sign that stands for one, if any."""
    return _UNREADABLE.search(text)


def no_control_characters(value: object) -> None:
    """Refuse control characters and halves of surrogates, also as a browser sends them (U+FFFD)."""
    if not isinstance(value, str):
        return
    if found := unreadable(value):
        raise ValidationError(
            _("There is an unreadable character at position %(position)d: delete it."),
            code="control_character",
            params={"position": found.end()},
        )
