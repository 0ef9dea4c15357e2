"""What the kinds and weights of the redaction are called on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from publicity.pages.models import ExposurePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: dict[str, StrOrPromise] = {
    "reporter": _("Reporter"),
    "minor": _("Minor"),
    "name": _("Name of a person"),
    "id_number": _("ID number"),
    "document": _("Number of a paper"),
    "mobile": _("Mobile number"),
    "phone": _("Telephone number"),
    "bank": _("Bank or payment account"),
    "plate": _("Number plate"),
    "email": _("E-mail address"),
    "social": _("Account of a social network"),
    "url": _("Personal address on the web"),
    "address": _("Address"),
    "birth": _("Date of birth"),
    "age": _("Age"),
    "gender": _("Gender"),
    "ethnicity": _("Ethnic group"),
    "education": _("Education"),
    "health": _("Health"),
    "order": _("Order or parcel number"),
    "ip": _("Network address"),
    "device": _("Device number"),
    "metadata": _("Author or device data"),
    "unreadable": _("Cannot be read by the rules"),
    "edit": _("Written by an editor"),
}
WEIGHTS: dict[str, StrOrPromise] = {
    "block": _("must not go out"),
    "mask": _("to be masked"),
    "warn": _("a person decides"),
}
_SINGLE = {
    "title": _("Title"),
    "laws": _("laws applied"),
}


def kind_label(kind: str) -> StrOrPromise:
    return KINDS.get(kind, kind)


def rule_label(kind: str, rule: str) -> StrOrPromise:
    """How it was found, in words."""
    if kind == "edit":
        return ""
    if kind in ("reporter", "minor") or rule.startswith("known"):
        return _("known to the case file")
    return _("found by its pattern")


def place_label(path: str) -> StrOrPromise:
    """The field, caption or file a path of the check stands for."""
    name = path.split("#")[0].split("@")[0].split("[")[0].split(".")[0].split("/")[0]
    if name.startswith("file"):
        return _("attached file")
    if name in _SINGLE:
        return _SINGLE[name]
    return ExposurePage._meta.get_field(name).verbose_name
