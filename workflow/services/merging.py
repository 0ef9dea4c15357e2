"""Parties known twice become one (合并), and stand apart again when that was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, has_act
from accounts.clock import now
from accounts.models import Unit, User
from workflow.engine.acts import record_act
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.models import CaseParty, Lead, Party, PartyAlias, PartyMerge
from workflow.plugin import Refusal
from workflow.services.parties import note_alias

#: Fields of which one of the two values wins.
FIELDS = (
    "name", "uscc", "legal_representative", "address", "id_number", "phone", "residence",
    "born_on",
)  # fmt: skip


def may_merge(user: User) -> bool:
    """Whether the person merges parties: with a posting that reaches the whole bureau.

    A merge moves every record of a party, those the person may not open too. It is therefore for
    bureau-wide roles alone, and never depends on what is there: no refusal tells of hidden files.
    """
    root = Unit.get_first_root_node()
    return root is not None and has_act(user, "merge_parties", root.pk)


def won(kept: Party, absorbed: Party, other: Sequence[str] = ()) -> dict[str, Any]:
    """Field by field what the party kept will say: its own value, unless it has none.

    ``other`` names the fields of which the absorbed party's value is taken instead.
    """
    return {
        name: getattr(absorbed, name)
        if (name in other and getattr(absorbed, name)) or not getattr(kept, name)
        else getattr(kept, name)
        for name in FIELDS
    }


def merge_parties(
    kept: Party, absorbed: Party, *, actor: User, reason: str, other: Sequence[str] = ()
) -> PartyMerge:
    """Afterwards every lead and case of ``absorbed`` is about ``kept``, which has its names too.

    Each of them has it in its journal; proposals that wait on them are void. A case in which both
    are named keeps both rows. Raises ``TransitionRefused`` for two codes or two ID numbers.
    """
    with transaction.atomic():
        _require_right(actor)
        kept, absorbed = _locked(kept, absorbed)
        if wrong := list(merge_refusals(kept, absorbed)):
            raise TransitionRefused(wrong)
        value = won(kept, absorbed, other)
        changed = [name for name in FIELDS if value[name] != getattr(kept, name)]
        merge = PartyMerge(kept=kept, absorbed=absorbed, reason=reason, merged_by=actor)
        merge.before = {name: _plain(getattr(kept, name)) for name in changed}
        merge.after = {name: _plain(value[name]) for name in changed}
        merge.leads, merge.case_parties = _following(kept, absorbed)
        absorbed.merged_into = kept
        absorbed.save(update_fields=["merged_into"])
        former = kept.name
        for name in changed:
            setattr(kept, name, value[name])
        kept.save()
        names = [(former, "other"), (absorbed.name, "other")]
        names += [(alias.name, alias.kind) for alias in absorbed.aliases.all()]
        noted = [note_alias(kept, name, kind=kind, by=actor) for name, kind in names]
        merge.aliases = [alias.pk for alias in noted if alias is not None]
        merge.save()
        _repoint(merge, merge.case_parties, kept, "party.merged", actor, reason)
        return merge


def undo_merge(merge: PartyMerge, *, actor: User, reason: str) -> PartyMerge:
    """Both parties stand as they stood, and what followed goes back; or nothing changes.

    A case split off since from one that followed goes back with it; what was entered for the party
    kept stays with it. Raises ``TransitionRefused`` with every reason why it cannot be undone.
    """
    with transaction.atomic():
        _require_right(actor)
        merge = PartyMerge.objects.select_for_update().get(pk=merge.pk)
        kept, absorbed = _locked(merge.kept, merge.absorbed)
        rows = _with_split_off(merge.case_parties)
        if wrong := list(undo_refusals(merge, kept, absorbed)):
            raise TransitionRefused(wrong)
        PartyAlias.objects.filter(pk__in=merge.aliases).delete()
        for name, value in merge.before.items():
            setattr(kept, name, _typed(name, value))
        kept.save()
        absorbed.merged_into = None
        absorbed.save(update_fields=["merged_into"])
        _repoint(merge, rows, absorbed, "party.unmerged", actor, reason)
        merge.undone_by, merge.undone_at, merge.undo_reason = actor, now(), reason
        merge.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        return merge


def merge_refusals(kept: Party, absorbed: Party) -> Iterator[Refusal]:
    """Why two rows are not one party; nothing of their records is asked."""
    if kept.pk == absorbed.pk or kept.merged_into_id or absorbed.merged_into_id:
        yield Refusal("merged_already", _("One of the two was merged already."))
    if kept.is_person != absorbed.is_person:
        yield Refusal("kinds_differ", _("A natural person and a business are two parties."))
    for name, message in (
        ("uscc", _("The credit codes differ: these are two parties.")),
        ("id_number", _("The ID numbers differ: these are two parties.")),
    ):
        if getattr(kept, name) and getattr(absorbed, name) not in ("", getattr(kept, name)):
            yield Refusal(f"{name}_differs", message)


def undo_refusals(merge: PartyMerge, kept: Party, absorbed: Party) -> Iterator[Refusal]:
    """Why the merge cannot be undone any more; records are neither named nor counted."""
    if merge.undone_at:
        yield Refusal("undone_already", _("This merge was undone already."))
        return
    if kept.merged_into_id:
        yield Refusal("merged_on", _("The party was merged on since: undo that merge first."))
    for name, value in merge.after.items():
        if _plain(getattr(kept, name)) != value:
            label = Party._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # own columns
            message = _("“%(field)s” was changed after the merge.")
            yield Refusal("changed_since", message % {"field": label})
    rows = CaseParty.objects.filter(pk__in=merge.case_parties).exclude(party=kept)
    if rows.exists() or Lead.objects.filter(pk__in=merge.leads).exclude(party=kept).exists():
        message = _("A lead or case that followed has another party now.")
        yield Refusal("moved_since", message)
    if PartyAlias.objects.filter(pk__in=merge.aliases, party=kept).count() < len(merge.aliases):
        yield Refusal("names_changed", _("The names noted by the merge were changed since."))


def _require_right(actor: User) -> None:
    forget(actor)
    if not may_merge(actor):
        message = _("Parties are merged by roles that reach the whole bureau.")
        raise TransitionRefused([Refusal("no_permission", message)])


def _locked(kept: Party, absorbed: Party) -> tuple[Party, Party]:
    pks = [kept.pk, absorbed.pk]
    rows = Party.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    by_pk = {party.pk: party for party in rows}
    return by_pk[kept.pk], by_pk[absorbed.pk]


def _following(kept: Party, absorbed: Party) -> tuple[list[int], list[int]]:
    """Leads and rows of cases that follow; a case with both keeps both."""
    both = CaseParty.objects.filter(party=kept).values("case")
    rows = CaseParty.objects.filter(party=absorbed).exclude(case__in=both)
    leads = Lead.objects.filter(party=absorbed)
    return (
        list(leads.order_by("pk").values_list("pk", flat=True)),
        list(rows.order_by("pk").values_list("pk", flat=True)),
    )


def _with_split_off(case_parties: list[int]) -> list[int]:
    """The rows and, for each that was split off since, its row in the new case."""
    found, fresh = set(case_parties), list(case_parties)
    while fresh:
        rows = CaseParty.objects.filter(pk__in=fresh, split_into__isnull=False)
        fresh = []
        for row in rows:
            next_ = CaseParty.objects.filter(case=row.split_into_id, party=row.party_id)
            fresh += [pk for pk in next_.values_list("pk", flat=True) if pk not in found]
        found |= set(fresh)
    return sorted(found)


def _repoint(
    merge: PartyMerge, rows: list[int], party: Party, verb: str, actor: User, reason: str
) -> None:
    """The leads, then the rows of cases, are about ``party``; each record's journal says so."""
    data = {"subject": party.pk, "merge": merge.pk}
    for lead in Lead.objects.filter(pk__in=merge.leads).order_by("pk"):
        locked = lock(lead)
        locked.party = party
        locked.save(update_fields=["party"])
        record_act(locked, verb, actor=actor, reason=reason, data=data)
    for row in CaseParty.objects.filter(pk__in=rows).select_related("case").order_by("case", "pk"):
        case = lock(row.case)
        CaseParty.objects.filter(pk=row.pk).update(party=party)
        record_act(case, verb, actor=actor, reason=reason, data={**data, "party": row.pk})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "born_on" and value else value
