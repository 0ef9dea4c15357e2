"""Refusals on a form: beside the field that caused them, the others on top with their law."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from workflow.plugin import Refusal


def show_refusals(form: BaseForm, refusals: Iterable[Refusal]) -> list[Refusal]:
    """Put each refusal beside its field; return those that concern the whole act."""
    on_top = []
    for refusal in refusals:
        if refusal.code == "invalid" and (refusal.field or form.non_field_errors()):
            continue  # the bound form says it itself
        if refusal.field in form.fields:
            form.add_error(refusal.field, said(refusal))
        else:
            on_top.append(refusal)
    return on_top


def said(refusal: Refusal) -> str:
    """The sentence with its article."""
    if not refusal.law:
        return str(refusal.message)
    return _("%(message)s (%(law)s)") % {"message": refusal.message, "law": refusal.law}


def as_version(value: Any) -> int:
    """The version a page was drawn from; one that cannot be is never current."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
