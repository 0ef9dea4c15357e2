"""What the page of the dossiers of a case reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.files.base import File
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflow.documents.binding.contents import SEALED
from workflow.documents.binding.order import section
from workflow.documents.binding.pieces import Piece, Plan, plan_of
from workflow.models import Case, Dossier

PDF, ZIP = "pdf", "zip"
#: Dossiers shown at most; every one of them is in the timeline.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One paper that would be bound."""

    n: int
    section: str
    title: str
    number: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Volume:
    """正卷 or 副卷 with its papers."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Bound:
    """One dossier of the list; ``stale``: the file has changed since it was bound."""

    dossier: Dossier
    stale: bool


def plan(case: Case, user: User) -> Plan:
    """What a dossier bound now would hold."""
    return plan_of(case, user)


def volumes_of(found: Plan) -> list[Volume]:
    """The papers of a plan by volume; an empty volume is left out."""
    lines = list(_lines(found))
    grouped = groupby(lines, key=lambda line: line.piece.place[0])
    return [Volume(name, list(rows)) for name, rows in grouped]


def _lines(found: Plan) -> Iterator[Line]:
    for n, piece in enumerate(found.pieces, start=1):
        hidden = piece.sealed or found.identities.told_by(
            piece.title, *(original.name for original in piece.originals)
        )
        title = SEALED if hidden else piece.title
        yield Line(n, section(piece.place), title, "" if hidden else piece.number, piece)


def dossiers_of(case: Case, user: User, now_fingerprint: str) -> list[Bound]:
    """The newest dossiers of the case that ``user`` may open, each held against the file now."""
    rows = Dossier.objects.reachable_by(user).filter(case=case).select_related("asked_by")
    return [
        Bound(row, bool(row.fingerprint) and row.fingerprint != now_fingerprint)
        for row in rows[:SHOWN]
    ]


def file_of(case: Case, user: User, pk: int, kind: str) -> tuple[Dossier, File]:
    """A bound file of this case; ``Http404`` where there is none, or its copy is gone."""
    rows = Dossier.objects.reachable_by(user).select_related("case")
    dossier = get_object_or_404(rows, case=case, pk=pk, status=Dossier.Status.BOUND)
    found = dossier.pdf if kind == PDF else dossier.archive
    if kind not in (PDF, ZIP) or not found.name or not found.storage.exists(found.name):
        raise Http404
    return dossier, found.open("rb")
