"""What a row's words are looked up in: read once for the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import has_act
from accounts.models import Unit, User
from workflow.channels import channel_choices
from workflow.models import (
    Case,
    Category,
    Decision,
    IssuedNumber,
    Measure,
    Party,
    Penalty,
    Service,
)
from workflow.services.import_running.cells import WrongCellError, plain, text, unknown
from workflow.states import CaseState, LeadState

_SEVERAL = re.compile(r"[、,，;；\n]+")
_PERSON = re.compile(r"(?P<name>[^（(]+)[（(](?P<paper>[^）)]+)[）)]")
LEAD_STATES = (LeadState.REGISTERED, LeadState.VERIFYING)
CASE_STATES = (
    CaseState.INVESTIGATING, CaseState.CONCLUDED, CaseState.REVIEWING, CaseState.NOTICED,
    CaseState.DELIBERATING, CaseState.DECIDED, CaseState.ENFORCING, CaseState.SUSPENDED,
    CaseState.TERMINATED, CaseState.CLOSED,
)  # fmt: skip


def labels(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """What is typed in the site's language to the code it means."""
    with translation.override(settings.LANGUAGE_CODE):
        return {plain(str(label)): str(code) for code, label in choices if code}


class Reference:
    """Units, people, categories and numbers as they stand now, for one person's import."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    @cached_property
    def states(self) -> dict[str, str]:
        return labels((f"{kind}:{state.value}", state.label) for kind, states in (
            ("lead", LEAD_STATES), ("case", CASE_STATES)) for state in states)  # fmt: skip

    @cached_property
    def elsewhere(self) -> set[str]:
        """States that exist, and in which no file can be taken over."""
        return {*labels(LeadState.choices), *labels(CaseState.choices)} - {*self.states}

    @cached_property
    def choices(self) -> Mapping[str, dict[str, str]]:
        return {
            "channel": labels(channel_choices()),
            "party_kind": labels(Party.Kind.choices),
            "service_method": labels(Service.Method.choices),
            "decision_kind": labels(Decision.Kind.choices),
            "no_penalty_ground": labels(Decision.NoPenaltyGround.choices),
            "closure_ground": labels(Case.ClosureGround.choices),
            "measure_kind": labels(Measure.Kind.choices),
            "penalties": labels(Penalty.Kind.choices),
        }

    @cached_property
    def units(self) -> dict[str, set[Unit]]:
        found: dict[str, set[Unit]] = {}
        for unit in Unit.objects.valid():
            for name in {unit.code, unit.name, unit.short_name, *unit.aliases} - {""}:
                found.setdefault(name, set()).add(unit)
        return found

    def unit(self, cell: Any) -> Unit:
        typed = text(cell, longest=100)
        found = self.units.get(typed, set())
        if len(found) != 1:
            message = _("Several units are called “%(typed)s”: write the code.")
            raise WrongCellError(
                message % {"typed": typed} if found else unknown(typed, self.units)
            )
        unit = next(iter(found))
        if not has_act(self.actor, "import_running", unit.pk):
            raise WrongCellError(_("Your posting does not let you take over files of this unit."))
        return unit

    @cached_property
    def people(self) -> dict[str, User]:
        """Username, and name with certificate, to the person."""
        found = {}
        for user in User.objects.filter(is_active=True):
            found[user.username] = user
            if user.qualification_no:
                found[f"{user.name}（{user.qualification_no}）"] = user
        return found

    def person(self, typed: str) -> User:
        if match := _PERSON.fullmatch(typed):
            typed = f"{match['name'].strip()}（{match['paper'].strip()}）"
        if typed in self.people:
            return self.people[typed]
        same = {full: full for full, user in self.people.items() if user.name == typed}
        raise WrongCellError(unknown(typed, same or self.people))

    def handlers(self, cell: Any) -> list[User]:
        typed = text(cell, longest=500)
        names = [name.strip() for name in _SEVERAL.split(typed) if name.strip()]
        return list(dict.fromkeys(self.person(name) for name in names))

    @cached_property
    def categories(self) -> list[Category]:
        rows = Category.objects.select_related("campaign", "violation_type")
        return list(rows.order_by("-campaign__year", "number"))

    def category(self, cell: Any, on: date | None) -> Category:
        """The category of that name in the campaign of the year, else in the newest one."""
        typed = text(cell, longest=100)
        known = {name: c for c in self.categories for name in (c.short_name, c.name) if name}
        found = [c for c in self.categories if typed in (c.name, c.short_name)]
        if not found:
            raise WrongCellError(unknown(typed, known))
        of_year = [c for c in found if on and c.campaign.year == on.year]
        return (of_year or found)[0]

    def kinds_of_penalty(self, cell: Any) -> list[str]:
        typed = text(cell, longest=500)
        known = self.choices["penalties"]
        found = []
        # 「、」 stands in some labels too: what is known whole is not taken apart.
        for name in [typed] if plain(typed) in known else _SEVERAL.split(typed):
            if not name.strip():
                continue
            if plain(name) not in known:
                raise WrongCellError(unknown(plain(name), known))
            found.append(known[plain(name)])
        return list(dict.fromkeys(found))

    @cached_property
    def issued(self) -> dict[str, tuple[str, int | None]]:
        """Every number given out, to the record that has it."""
        rows = IssuedNumber.objects.values_list("text", "record_type", "record_id")
        return {number: (kind, pk) for number, kind, pk in rows.iterator()}

    @cached_property
    def serials(self) -> set[tuple[str, int, str, int]]:
        keys = ("kind", "year", "unit_code", "serial")
        return set(IssuedNumber.objects.values_list(*keys).iterator())

    @cached_property
    def parties(self) -> dict[str, str]:
        """Credit code or ID number to the name of the party that has it, as far as is seen."""
        known = Party.objects.known_to(self.actor).standing().order_by("-pk")
        rows = known.values_list("name", "uscc", "id_number")
        return {code: name for name, *codes in rows.iterator() for code in codes if code}
