"""案卷自查 of service: every paper reached its party, and something in the file shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import today
from workflow.engine.take_over import taken_over_as
from workflow.guards.decision import APL_61
from workflow.guards.links import make_document_link, page
from workflow.models import Case, Document, Service
from workflow.selectors.checked_file import ERROR, WARNING, CheckedFile, Finding, issued_papers

#: Days a paper may take to reach its party (行政处罚法 art. 61).
TO_SERVE = timedelta(days=7)
#: 送达回证, and the announcement that stands for it where nobody could be found.
RECEIPT, ANNOUNCEMENT = "F50", "F51"


def papers_are_served(file: CheckedFile) -> Iterator[Finding]:
    """A standing notice and every decision reached their party, in time or with a warning.

    What a reconsideration or court made of a decision was served by them.
    """
    for party in file.parties:
        link = page("workflow_case:record_service", file.case.pk, str(party.row.pk))
        for paper, moment in issued_papers(party):
            if paper.services.all() or getattr(paper, "superseded_at", None) is not None:
                continue
            if getattr(paper, "changed_by_id", None):
                continue
            day = timezone.localdate(moment)
            values = {"party": party.name, "paper": paper, "day": date_format(day)}
            message = _("%(party)s: %(paper)s of %(day)s has no record of service.") % values
            severity = ERROR if today() > day + TO_SERVE else WARNING
            yield Finding("not_served", severity, message, APL_61, link)
    served = {row.paper_id for rows in file.services.values() for row in rows}
    for document in file.documents:
        if document.form.name.endswith(_TO_SERVE) and document.pk not in served:
            if document.status != Document.Status.ISSUED or document.form.about == "case":
                continue  # nothing went out, or it went to another authority
            if document.form.number_of in ("notice", "decision"):
                continue  # judged above, by the notice or decision it is
            message = _("%(paper)s has no record of service.") % {"paper": document}
            link = file.link("documents")
            yield Finding("form_not_served", WARNING, message, APL_61, link)


def services_are_proven(file: CheckedFile) -> Iterator[Finding]:
    """Every 送达回证 says who received it; a paper served again counts from the first time."""
    for party in file.parties:
        link = page("workflow_case:record_service", file.case.pk, str(party.row.pk))
        papers: dict[tuple[int | None, int | None, str], list[Service]] = {}
        for service in file.services.get(party.row.pk, []):
            key = (service.notice_id, service.decision_id, service.document)
            papers.setdefault(key, []).append(service)
            if not (service.receiver.strip() or service.witness.strip()):
                message = _("%(party)s: the service of %(paper)s names no receiver and no witness.")
                values = {"party": party.name, "paper": _served(service)}
                yield Finding("service_unsigned", ERROR, message % values, APL_61, link)
        for services in papers.values():
            if len(services) > 1:
                yield _served_again(party.name, services, link)


def _served_again(party: str, services: list[Service], link: str) -> Finding:
    days = [timezone.localdate(row.served_at) for row in services]
    values = {
        "party": party, "paper": _served(services[0]),
        "days": "、".join(date_format(day) for day in days), "first": date_format(days[0]),
    }  # fmt: skip
    alike = {(row.method, row.receiver, day) for row, day in zip(services, days, strict=True)}
    if len(alike) < len(services):
        message = _("%(party)s: the same service of %(paper)s is recorded twice (%(days)s).")
        return Finding("service_twice", WARNING, message % values, APL_61, link)
    message = _(
        "%(party)s: %(paper)s was served on %(days)s; the limits run from %(first)s. If that one "
        "was not valid, correct its entry."
    )
    return Finding("served_again", WARNING, message % values, APL_61, link)


def _served(service: Service) -> str:
    return str(service.notice or service.decision or service.document)


#: Forms that speak to the party.
_TO_SERVE = ("通知书", "告知书", "决定书", "催告书")


def services_have_receipts(file: CheckedFile) -> Iterator[Finding]:
    """Of every service the file holds a 送达回证 made here, or what proves it instead.

    A receipt stands for what was issued up to its day; by announcement the announcement does. A
    decision handed over on the spot is signed itself (处罚法 art. 52); what was served before the
    system has its receipt in the paper file.
    """
    if file.case.procedure == Case.Procedure.SIMPLE:
        return
    began = file.case.created_at if taken_over_as(file.case) is not None else None
    made = [
        document
        for document in file.documents
        if document.form.code in (RECEIPT, ANNOUNCEMENT)
        and document.status == Document.Status.ISSUED
    ]
    for party in file.parties:
        link = make_document_link("case", file.case.pk, RECEIPT, party=party.row.pk)
        mine = [document for document in made if document.case_party_id == party.row.pk]
        for service in file.services.get(party.row.pk, []):
            if service.proof_id or any(_shows(document, service) for document in mine):
                continue
            if began is not None and service.served_at < began:
                continue
            message = _(
                "%(party)s: of the service of %(paper)s on %(day)s the file holds neither a "
                "receipt of service made here nor another proof."
            )
            day = date_format(timezone.localdate(service.served_at))
            values = {"party": party.name, "paper": _served(service), "day": day}
            yield Finding("service_without_receipt", WARNING, message % values, APL_61, link)


def _shows(document: Document, service: Service) -> bool:
    if document.form.code == ANNOUNCEMENT and service.method != Service.Method.ANNOUNCED:
        return False
    issued = _issued(service)
    if issued is None or document.issued_at is None:
        return True
    return timezone.localdate(document.issued_at) >= timezone.localdate(issued)


def _issued(service: Service) -> datetime | None:
    """When the served paper was issued; None for one that was not made here."""
    if service.notice is not None:
        return service.notice.issued_at
    if service.decision is not None:
        return service.decision.decided_at
    return service.paper.issued_at if service.paper is not None else None
