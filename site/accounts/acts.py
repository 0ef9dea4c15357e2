"""The bound catalogue of acts: every codename on ``accounts.Unit`` and the roles that give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles as known_roles

CODENAME = re.compile(r"[a-z][a-z0-9_]{2,99}")


@dataclass(frozen=True, eq=False)
class Act:
    """Something a person may do in a unit, and the codes of the roles that allow it."""

    codename: str
    label: str | Promise
    roles: frozenset[str]

    def same_as(self, other: Act) -> bool:
        """Whether both say the same, whatever language is active."""
        with translation.override("en"):
            return (self.codename, str(self.label), self.roles) == (
                other.codename,
                str(other.label),
                other.roles,
            )


_catalogue: dict[str, Act] = {}


def register_act(codename: str, label: str | Promise, roles: Iterable[str]) -> Act:
    """Bind an act; call it in ``AppConfig.ready()``.

    The permission row appears with the next ``migrate``. Registering the same act twice is
    harmless; another label or other roles under a taken codename, an unknown role or a codename
    that is not ``lower_snake_case`` raises ``ImproperlyConfigured``.
    """
    act = Act(codename, label, frozenset(roles))
    if not CODENAME.fullmatch(codename):
        raise ImproperlyConfigured(f"{codename!r} is not a usable act codename.")
    if unknown := act.roles - known_roles.ROLES.keys():
        raise ImproperlyConfigured(f"Act {codename!r} names unknown roles: {sorted(unknown)}.")
    if (bound := _catalogue.get(codename)) is None:
        _catalogue[codename] = act
        return act
    if not bound.same_as(act):
        raise ImproperlyConfigured(f"Act {codename!r} is registered twice with other content.")
    return bound


def acts() -> Mapping[str, Act]:
    """Every act bound so far, by codename; read only."""
    return MappingProxyType(_catalogue)


def roles_giving(codename: str) -> frozenset[str]:
    """Codes of the roles that give the act; none for a codename nobody bound."""
    act = _catalogue.get(codename)
    return act.roles if act else frozenset()


MANAGE_ACCOUNTS = register_act("manage_accounts", _("Manage accounts"), ["system_admin"])
MANAGE_POSTINGS = register_act("manage_postings", _("Manage postings"), ["security_admin"])
READ_AUDIT = register_act("read_audit", _("Read the audit trail"), ["auditor"])
MANAGE_SETTINGS = register_act("manage_settings", _("Manage settings"), ["system_admin"])
