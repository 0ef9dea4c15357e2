"""What the head reads before a transfer (移送规定 5): to whom, how much, why, by which team."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from workflow.guards.links import page
from workflow.models import Transfer
from workflow.plugin import Attempt, Shown
from workflow.summaries.lines import fields, names

LETTER = "F05"


def transfer_itself(attempt: Attempt) -> Iterator[Shown]:
    """The report: kind, receiver, whole or part, parties, facts, articles, team."""
    transfer = attempt.record
    yield Shown(transfer.subject._meta.verbose_name, str(transfer.subject))
    yield from fields(transfer, "kind", "authority")
    yield Shown(_("How much goes"), _("The whole") if transfer.whole else _("A part"))
    yield from fields(transfer, "part")
    if parties := names(transfer.parties.select_related("party")):
        yield Shown(_("Parties it concerns"), parties)
    criminal = transfer.kind == Transfer.Kind.CRIMINAL
    letter = page("workflow_transfer:preview_document", transfer.pk, LETTER) if criminal else ""
    yield from fields(transfer, "facts", link=letter)
    yield from fields(transfer, "crime_articles")
    yield Shown(_("Special team"), names(transfer.team.all()))
