"""What of a case goes into its dossier, in order: documents, evidence, the papers of its lead."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from workflow.documents.binding.order import (
    Place,
    own_forms,
    place_of_evidence,
    place_of_form,
    sort_key,
)
from workflow.documents.binding.sealed import Identities, identities_of, leads_of
from workflow.documents.context import records
from workflow.models import (
    Case,
    Disposal,
    Document,
    EvidenceFile,
    ItemMove,
    Lead,
    Service,
    Transfer,
)
from workflow.models.scope import sees

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ISSUED = Document.Status.ISSUED


@dataclass(frozen=True, slots=True)
class Original:
    """A stored file: where it lies, what it was called, what it must still be."""

    file: Any
    name: str
    mime_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of the dossier; ``originals``: what becomes its pages first, then what it is of.

    ``sealed``: it would tell who reported the lead, so it is kept apart (投诉举报处理办法 art. 33).
    """

    key: str
    place: Place
    title: str
    at: datetime
    originals: Sequence[Original]
    number: str = ""
    replaced: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All pieces in order, and what the cover says."""

    case: Case
    pieces: Sequence[Piece]
    cover: dict[str, Any]
    identities: Identities
    holds_lead: bool
    lead_left_out: bool
    drafts: int
    fingerprint: str = field(default="")


def plan_of(case: Case, user: User) -> Plan:
    """What a dossier bound now by ``user`` would hold; reads no file. Some twenty queries.

    A restricted lead's papers go in only where the case is restricted too and ``user`` may see the
    lead. What concerns a discipline transfer never does, nor is anything said of it.
    """
    leads, left_out = _leads(case, user)
    identities = identities_of(case)
    pieces = sorted(
        (*_documents(case, leads), *_evidence(case), *_evidence_of_leads(leads, identities)),
        key=lambda piece: (*sort_key(piece.place), piece.at, piece.key),
    )
    cover = cover_of(case)
    return Plan(
        case=case, pieces=pieces, cover=cover, identities=identities,
        holds_lead=any(lead.restricted for lead in leads), lead_left_out=left_out,
        drafts=_unissued(case).count(), fingerprint=_fingerprint(cover, pieces),
    )  # fmt: skip


def cover_of(case: Case) -> dict[str, Any]:
    """What the cover says of the case: its name is party, violation and 案."""
    said = records.case(case)
    names = [row.party.name for row in case.parties.select_related("party").order_by("order", "pk")]
    first = names[0] if names else ""
    if first and first not in case.title:
        said["名称"] = f"{first}{'等' if len(names) > 1 else ''}{case.cause.removesuffix('案')}案"
    people = records.handlers(case)
    return {
        "机关": {"名称": case.unit.get_root().name}, "案件": said, "办案人员": people,
        "办案人员名单": "、".join(person["姓名"] for person in people),
    }  # fmt: skip


def _leads(case: Case, user: User) -> tuple[list[Lead], bool]:
    """The leads whose papers go in, and whether a restricted one's are left out."""
    rows = list(leads_of(case))
    found = [lead for lead in rows if not lead.restricted]
    own = next((lead for lead in rows if lead.restricted and lead.pk == case.lead_id), None)
    if own is not None and case.restricted and sees(user, own):
        found.append(own)
    return found, len(found) < len(rows)


def _unissued(case: Case) -> Any:
    return Document.objects.filter(
        case=case, status__in=(Document.Status.DRAFT, Document.Status.PENDING), transfer=None
    )


def _documents(case: Case, leads: Sequence[Lead]) -> Iterator[Piece]:
    mine = Q(case=case) | Q(lead__in=leads)
    open_to_all = Q(transfer=None) | ~Q(transfer__kind=Transfer.Kind.DISCIPLINE)
    rows = (
        Document.objects.filter(mine, open_to_all, status=ISSUED)
        .exclude(form__code__in=own_forms())
        .select_related("form", "signed_copy", "case_party__party")
    )
    several = len({row.case_party_id for row in rows if row.case_party_id}) > 1
    for row in rows:
        name = f"{row.form.name}.docx"
        made = Original(row.file, name, DOCX, row.size, row.sha256)
        signed = [_original(row.signed_copy)] if row.signed_copy else []
        party = f"（{row.case_party.party.name}）" if several and row.case_party else ""
        yield Piece(
            key=f"document-{row.pk}", place=place_of_form(row.form), number=row.number,
            title=f"{row.form.name}{party}", at=row.issued_at or row.made_at,
            originals=[*signed, made],
        )  # fmt: skip


def _evidence(case: Case) -> Iterator[Piece]:
    signed = Document.objects.filter(case=case, status=ISSUED, signed_copy__isnull=False)
    rows = case.evidence.exclude(pk__in=signed.values("signed_copy")).annotate(
        better=F("replaced_by")
    )
    roles = _roles(case)
    for row in rows:
        yield _piece(row, place_of_evidence(row.kind, roles.get(row.pk, "")), row.better)


def _evidence_of_leads(leads: Sequence[Lead], identities: Identities) -> Iterator[Piece]:
    """Of a lead somebody reported, the files themselves may show who: they are all sealed."""
    signed = Document.objects.filter(lead__in=leads, status=ISSUED, signed_copy__isnull=False)
    rows = EvidenceFile.objects.filter(lead__in=leads).exclude(pk__in=signed.values("signed_copy"))
    for row in rows.annotate(better=F("replaced_by")):
        sealed = row.lead_id in identities.reported
        yield _piece(row, place_of_evidence(row.kind, "of_lead"), row.better, sealed=sealed)


def _piece(row: EvidenceFile, place: Place, better: int | None, *, sealed: bool = False) -> Piece:
    return Piece(
        key=f"evidence-{row.pk}", place=place, title=row.title, at=row.collected_at,
        originals=[_original(row)], replaced=better is not None, sealed=sealed,
    )  # fmt: skip


def _original(row: EvidenceFile) -> Original:
    return Original(row.file, row.original_name, row.mime_type, row.size, row.sha256)


def _roles(case: Case) -> dict[int, str]:
    """What files prove: a service, where goods went."""
    roles: dict[int, str] = {}
    moves = ItemMove.objects.filter(item__measure__case=case, proof__isnull=False)
    roles |= dict.fromkeys(moves.values_list("proof_id", flat=True), "proof_of_goods")
    gone = Disposal.objects.filter(item__measure__case=case)
    roles |= dict.fromkeys(gone.values_list("proof_id", flat=True), "proof_of_goods")
    services = Service.objects.filter(case_party__case=case, proof__isnull=False)
    for proof, decision in services.values_list("proof_id", "decision_id"):
        roles[proof] = "proof_of_decision" if decision else "proof_of_service"
    return roles


def _fingerprint(cover: dict[str, Any], pieces: Iterable[Piece]) -> str:
    said = [
        [piece.key, *piece.place, piece.title, piece.number, piece.at.isoformat(), piece.replaced,
         piece.sealed, *(original.sha256 for original in piece.originals)]
        for piece in pieces
    ]  # fmt: skip
    text = json.dumps([cover, said], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
