"""The roles a posting can give, how far each one reaches, and what Wagtail group it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reach = Literal["unit", "subtree"]


@dataclass(frozen=True, eq=False)
class Role:
    """A set of acts (see ``accounts.acts``) that reaches one unit or a unit with all below it."""

    code: str
    label: str | Promise
    reach: Reach
    administrative: bool = False

    def __str__(self) -> str:
        return str(self.label)


HANDLER = Role("handler", _("Case handler"), "unit")
UNIT_HEAD = Role("unit_head", _("Head of unit"), "unit")
CASE_REVIEWER = Role("case_reviewer", _("Case reviewer"), "subtree")
LEGAL_REVIEWER = Role("legal_reviewer", _("Legal reviewer"), "subtree")
HEAD = Role("head", _("Head of the bureau"), "subtree")
ACTING_HEAD = Role("acting_head", _("Acting head of the bureau"), "subtree")
LEADER = Role("leader", _("Leader in charge"), "subtree")
CAMPAIGN_OFFICE = Role("campaign_office", _("Campaign office"), "subtree")
EDITOR = Role("editor", _("Publicity editor"), "subtree")
SECRECY_REVIEWER = Role("secrecy_reviewer", _("Secrecy reviewer"), "subtree")
SYSTEM_ADMIN = Role("system_admin", _("System administrator"), "subtree", administrative=True)
SECURITY_ADMIN = Role("security_admin", _("Security administrator"), "subtree", administrative=True)
AUDITOR = Role("auditor", _("Auditor"), "subtree", administrative=True)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        HANDLER,
        UNIT_HEAD,
        CASE_REVIEWER,
        LEGAL_REVIEWER,
        HEAD,
        ACTING_HEAD,
        LEADER,
        CAMPAIGN_OFFICE,
        EDITOR,
        SECRECY_REVIEWER,
        SYSTEM_ADMIN,
        SECURITY_ADMIN,
        AUDITOR,
    )
}
ADMINISTRATIVE: tuple[str, ...] = tuple(code for code, role in ROLES.items() if role.administrative)
SUBTREE: tuple[str, ...] = tuple(code for code, role in ROLES.items() if role.reach == "subtree")


def role_choices() -> list[tuple[str, str | Promise]]:
    """Choices for a form or a model field, in the order of the registry."""
    return [(role.code, role.label) for role in ROLES.values()]


def group_names(role_codes: Iterable[str]) -> set[str]:
    """The groups Wagtail needs for these roles; groups never decide an act of casework."""
    codes = set(role_codes)
    names = {"staff"} if codes else set()
    return names | {name for code, name in _GROUP_OF_ROLE.items() if code in codes}


_GROUP_OF_ROLE = {EDITOR.code: "editors", SYSTEM_ADMIN.code: "settings"}
MANAGED_GROUPS: tuple[str, ...] = ("staff", *_GROUP_OF_ROLE.values())
