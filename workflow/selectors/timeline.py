"""The timeline of a record: what was done by whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workflow.clocks.follow import START
from workflow.engine.bind import catalogue
from workflow.models import CaseParty, JournalLine, Lead, Party
from workflow.selectors.verbs import ACCESS_VERBS, VERB_LABELS
from workflow.templatetags.casework import yuan

PER_PAGE = 50
#: Remarks shown beside a record at most.
REMARKS = 10
PEOPLE, SYSTEM, ALL = "people", "system", "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as a person reads it; ``anchor`` is what a link to it ends with."""

    line: JournalLine
    anchor: str
    number: str
    what: str | Promise
    about: str
    source: str
    target: str
    correctable: bool = False

    @property
    def moved(self) -> bool:
        return bool(self.target) and self.source != self.target


def lines_of(record: Any, *, kind: str = ALL) -> QuerySet[JournalLine]:
    """Lines of the record's timeline, newest first; who merely looked is left out.

    A case's timeline holds those of its transfers; a lead's never those of its cases, which have
    a scope of their own.
    """
    lines = _own(record).exclude(verb__in=ACCESS_VERBS)
    if kind == PEOPLE:
        lines = lines.filter(actor__isnull=False)
    if kind == SYSTEM:
        lines = lines.filter(actor__isnull=True)
    return lines.select_related("corrects").order_by("-id")


def looks_at(record: Any) -> QuerySet[JournalLine]:
    """Who opened the restricted record, its files or its reporter, newest first."""
    verbs = (*ACCESS_VERBS, "reporter.revealed", "party.revealed")
    return _own(record).filter(verb__in=verbs).select_related("corrects").order_by("-id")


def remarks_of(record: Any) -> list[JournalLine]:
    """The newest remarks on the record; all of them stand in its timeline."""
    own = {"record_type": record._meta.label_lower, "record_id": record.pk}
    lines = JournalLine.objects.filter(**{record.machine: record}, **own, verb="remark.added")
    return list(lines.order_by("-id")[:REMARKS])


def page_of(lines: QuerySet[JournalLine], number: Any, *, line: int | None = None) -> Page[Any]:
    """A page of lines; the one that holds ``line`` (a key) when given."""
    if line is not None:
        number = lines.filter(pk__gt=line).count() // PER_PAGE + 1
    return Paginator(lines, PER_PAGE).get_page(number)


def line_named(record: Any, anchor: str) -> int | None:
    """The key of the line an anchor names (``12`` or ``transfer-3-12``); None for no such line."""
    machine, _sep, rest = anchor.rpartition("-")
    lines = _own(record).filter(seq=int(rest)) if rest.isdecimal() and len(rest) < 9 else None
    if lines is None:
        return None
    kind, _sep, number = machine.partition("-")
    if not kind:
        lines = lines.filter(record_type=record._meta.label_lower, record_id=record.pk)
    elif number.isdecimal() and len(number) < 18:
        lines = lines.filter(record_type__endswith=f".{kind}", record_id=int(number))
    else:
        return None
    return lines.values_list("pk", flat=True).first()


def entries(record: Any, lines: Iterable[JournalLine]) -> list[Entry]:
    """The lines in words; one query at most, for the parties they are about."""
    lines = list(lines)
    named = {pk for line in lines if isinstance(pk := line.data.get("party"), int)}
    rows = CaseParty.objects.filter(pk__in=named).select_related("party") if named else ()
    parties = {row.pk: row.party.name for row in rows}
    return [_entry(record, line, parties) for line in lines]


def verb_label(verb: str) -> str | Promise:
    """What a verb is called; a plugin's act without a label of its own says only that it is one."""
    if verb in VERB_LABELS:
        return VERB_LABELS[verb]
    bound = catalogue().get(verb)
    return bound.transition.label if bound else _("Another act")


def state_label(record_type: str, state: str) -> str:
    """What a state of a machine is called."""
    if not state:
        return ""
    field = apps.get_model(record_type)._meta.get_field("state")
    return str(dict(field.flatchoices).get(state, state))


def _own(record: Any) -> QuerySet[JournalLine]:
    if record.machine == "case":
        return JournalLine.objects.filter(case_id=record.pk)
    own = Q(record_type=record._meta.label_lower, record_id=record.pk)
    if record.machine == "lead":
        own |= Q(lead_id=record.pk, case=None)
    return JournalLine.objects.filter(own)


def _entry(record: Any, line: JournalLine, parties: Mapping[int, str]) -> Entry:
    own = line.record_type == record._meta.label_lower and line.record_id == record.pk
    kind = line.record_type.rpartition(".")[2]
    name = "" if own else str(apps.get_model(line.record_type)._meta.verbose_name)
    return Entry(
        line=line,
        anchor=str(line.seq) if own else f"{kind}-{line.record_id}-{line.seq}",
        number=f"{name} {line.seq}".strip(),
        what=_what(line),
        about=_about(line, name, parties),
        source=state_label(line.record_type, line.source),
        target=state_label(line.record_type, line.target),
        correctable=is_correctable(record, line),
    )


def _what(line: JournalLine) -> str | Promise:
    if not line.is_taken_over:
        known = line.verb in VERB_LABELS or line.verb in catalogue()
        return verb_label(line.verb) if known or line.seq > 1 else _("Opened")
    return _("Before the system: %(act)s") % {"act": verb_label(line.act)}


def is_correctable(record: Any, line: JournalLine) -> bool:
    """Whether the date of this line may be mended on the record's page: it is the record's own."""
    own = line.record_type == record._meta.label_lower and line.record_id == record.pk
    follows = line.corrects_id is not None or line.verb in ("clock.recomputed", *ACCESS_VERBS)
    somebodys = line.actor_id is not None or line.is_taken_over
    return own and somebodys and not follows and not line.verb.startswith("approval.")


def _about(line: JournalLine, kind: str, parties: Mapping[int, str]) -> str:
    """Which record, act, fields, document, party and amount the line is about."""
    parts = [kind] if kind else []
    if match := line.data.get("match"):
        parts.append(str(dict(Lead.PartyMatch.choices).get(match, "")))
    if name := line.data.get("transition"):
        parts.append(str(verb_label(str(name))))
    if line.verb in ("case.edited", "lead.edited", "party.edited"):
        parts += _changed(line)
    parts += [str(line.data[name]) for name in ("title", "number") if line.data.get(name)]
    if line.verb == START:
        parts += [str(line.data.get("code")), str(line.data.get("document"))]
    if party := parties.get(line.data.get("party", 0)):
        parts.append(party)
    if (amount := line.data.get("amount_fen")) is not None:
        parts.append(yuan(amount))
    return "、".join(parts)


def _changed(line: JournalLine) -> list[str]:
    """The fields an act changed; from what to what where the line says it."""
    model = Party if line.verb == "party.edited" else apps.get_model(line.record_type)
    fields = {f.name: f for f in model._meta.get_fields()}
    was, now = line.data.get("was", {}), line.data.get("now", {})
    found = []
    for name in line.data.get("fields", ()):
        if name in fields:
            label = str(getattr(fields[name], "verbose_name", name))
            said = dict(getattr(fields[name], "flatchoices", ()))
            rows = [row for row in (was, now) if name in row]
            steps = " → ".join(str(said.get(row[name], row[name]) or "—") for row in rows)
            found.append(f"{label}：{steps}" if steps else label)
    return found
