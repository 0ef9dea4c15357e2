"""What a refused request carried, to be copied from the answer to it; it is kept nowhere."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, Set
from typing import Any

from django import forms
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

#: Characters shown in all: the answer is never much larger than a form may be.
LONGEST = 10 * 1024 * 1024
_SECRET = re.compile(r"pass|token|secret", re.IGNORECASE)
#: What is picked or ticked is quickly picked again; keys of rows say nothing to a person.
_PICKED = (forms.ChoiceField, forms.BooleanField, forms.FileField)
_ROW = re.compile(r"^.*-\d+-")
#: One plain word in a field nobody knows: the name of a button or the key of a row.
_MARK = re.compile(r"[!-~]*")


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Label and text of what somebody typed into the form that was sent, in its order.

    Only what this very request carries; no passwords, no tokens. [] for anything but a form.
    """
    try:
        sent = list(request.POST.lists())
    except UnreadablePostError:
        return []
    known = _known_fields({_ROW.sub("", name) for name, _values in sent})
    found, left = [], LONGEST
    for name, values in sent:
        for text in values:
            label = _label(name, str(text), known)
            if label and left > 0:
                found.append((label, str(text)[:left]))
                left -= len(text)
    return found


def _label(name: str, text: str, known: Mapping[str, forms.Field]) -> str:
    """What the field is called on its form; empty for what is not shown."""
    field = known.get(_ROW.sub("", name))
    if not text.strip() or _SECRET.search(name) or isinstance(field, _PICKED):
        return ""
    if field is None:
        return "" if _MARK.fullmatch(text) else _("Text")
    if field.widget.is_hidden or isinstance(field.widget, forms.PasswordInput):
        return ""
    return str(field.label or _("Text"))


def _known_fields(names: Set[str]) -> Mapping[str, forms.Field]:
    """Fields by name; where several forms have one, that of the form most like what was sent."""
    every: list[dict[str, forms.Field]] = [
        getattr(form, "base_fields", {}) for form in _kinds_of(forms.BaseForm)
    ]
    return ChainMap(*sorted(every, key=lambda fields: -len(names & fields.keys())))


def _kinds_of(form: type[Any]) -> Iterator[type[Any]]:
    for kind in form.__subclasses__():
        yield kind
        yield from _kinds_of(kind)
