"""案卷自查: what in a case file contradicts itself or the law; one small rule each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import now, today
from workflow.clocks.lights import over
from workflow.clocks.wording import due_shown, shown
from workflow.guards.citations import (
    APL_34,
    citation_refusals,
    penalty_refusal,
    ranges_are_verified,
)
from workflow.guards.decision import APL_45, heavier_kinds
from workflow.guards.execution import Account
from workflow.guards.file import PartyFile
from workflow.guards.handlers import APL_42, NEEDED
from workflow.guards.links import page
from workflow.models import (
    Case,
    Deadline,
    Decision,
    Document,
    EvidenceFile,
    IssuedNumber,
    Notice,
)
from workflow.plugin import Refusal
from workflow.selectors.checked_file import ERROR, WARNING, CheckedFile, Finding, issued_papers
from workflow.selectors.checked_service import (
    papers_are_served,
    services_are_proven,
    services_have_receipts,
)
from workflow.selectors.milestones import dates_in_order, found_in_time, papers_in
from workflow.states import CaseState
from workflow.templatetags.casework import yuan

ACL_42 = gettext_lazy("Administrative Coercion Law art. 42")
PQL_26 = gettext_lazy("Administrative Coercion Law arts. 26-28")
#: Evidence that two officers take together.
_BY_TWO = (EvidenceFile.Kind.INSPECTION, EvidenceFile.Kind.TESTIMONY)
_CLOSED = (CaseState.CLOSED, CaseState.ARCHIVED)


def findings(case: Case) -> list[Finding]:
    """What the file says against itself, errors first; empty for a file that agrees."""
    file = CheckedFile(case)
    found = dict.fromkeys(finding for rule in RULES for finding in rule(file))
    return sorted(found, key=lambda finding: finding.severity != ERROR)


def two_officers(file: CheckedFile) -> Iterator[Finding]:
    """Two handlers on the day of each act and record, two collectors of what two take together."""
    for label, day in _done_by_two(file):
        count = sum(
            1
            for h in file.handlers
            if h.assigned_on <= day
            and (h.ended_on is None or h.ended_on >= day)
            and (h.recused_on is None or h.recused_on > day)
        )
        if count < NEEDED:
            message = _("%(act)s on %(day)s: %(count)d of at least 2 handlers.")
            values = {"act": label, "day": date_format(day), "count": count}
            link = page("workflow_case:handlers", file.case.pk)
            yield Finding("handlers_too_few", ERROR, message % values, APL_42, link)
    for row in file.evidence:
        if row.kind in _BY_TWO and len(set(row.collectors)) < NEEDED:
            message = _("%(kind)s “%(title)s” names %(count)d of at least 2 officers.")
            values = {
                "kind": row.get_kind_display(), "title": row.title,
                "count": len(set(row.collectors)),
            }  # fmt: skip
            link = file.link("documents")
            yield Finding("collectors_too_few", ERROR, message % values, APL_42, link)


def _done_by_two(file: CheckedFile) -> Iterator[tuple[object, date]]:
    """What two handlers do together, and on which day: steps, measures, records they make."""
    for verb, label in _ACTS_OF_TWO.items():
        for day in file.acts.get(verb, []):
            yield label, day
    for measure in file.measures:
        if measure.decided_at:
            yield measure, timezone.localdate(measure.decided_at)
    for document in file.documents:
        made = document.status == Document.Status.ISSUED and document.issued_at
        if made and document.form.code in _RECORDS:
            yield document, timezone.localdate(made)


#: 现场笔录, 电子数据证据提取笔录, 询问笔录, 抽样记录, 陈述申辩笔录, 涉案物品处理记录.
_RECORDS = ("F09", "F12", "F14", "F29", "F38", "F52")
_ACTS_OF_TWO = {
    "case.conclude": gettext_lazy("Investigation concluded"),
    "case.notify": gettext_lazy("Notice issued"),
}


def citations_and_amounts(file: CheckedFile) -> Iterator[Finding]:
    """What issued papers cite was the law on the day; fines lie within its ranges."""
    for party in file.parties:
        for paper, moment in issued_papers(party):
            penalties = list(paper.penalties.all())
            cited = [(c.article, c.role) for owner in (paper, *penalties) for c in owner.cited]
            for refusal in citation_refusals(file.case, cited, on=timezone.localdate(moment)):
                yield _about_paper(file, party, paper, refusal, ERROR)
            for penalty in penalties:
                if wrong := penalty_refusal(file.case, penalty, party.row.party.is_person):
                    severity = ERROR if ranges_are_verified(penalty) else WARNING
                    yield _about_paper(file, party, paper, wrong, severity)


def _about_paper(
    file: CheckedFile, party: PartyFile, paper: Notice | Decision, refusal: Refusal, severity: str
) -> Finding:
    said = str(refusal.message)
    if severity == WARNING:
        said += _(" The range is not verified: hold it against the official print.")
    message = f"{party.name} {paper}：{said}"
    return Finding(refusal.code, severity, message, refusal.law or APL_34, file.link("parties"))


def decisions_keep_to_their_notices(file: CheckedFile) -> Iterator[Finding]:
    """No decision of the ordinary procedure imposes what the notice of its round did not tell."""
    if file.case.procedure == Case.Procedure.SIMPLE:
        return
    for party in file.parties:
        for papers in (papers_in(one, party) for one in file.rounds):
            decision = papers.decision
            if decision is None or decision.kind != Decision.Kind.PENALTY:
                continue
            if kinds := heavier_kinds(papers.notice, decision):
                message = _(
                    "%(party)s: the decision %(paper)s is heavier than its notice (%(kinds)s)."
                )
                values = {"party": party.name, "paper": decision, "kinds": kinds}
                yield Finding("heavier", ERROR, message % values, APL_45, file.link("parties"))


def surcharges_are_settled(file: CheckedFile) -> Iterator[Finding]:
    """A surcharge that came up by late payment is paid, or the file says who waived it."""
    for party in file.parties:
        if party.decision is None or party.decision.status != Decision.Status.ISSUED:
            continue
        account = Account(party.decision)
        left = account.surcharge(today()) - account.surcharge_paid
        if left > 0 and not account.owed:
            message = _(
                "%(party)s: paid late; %(amount)s yuan of the surcharge are open. Collect them, or "
                "keep the agreement that waives them."
            ) % {"party": party.name, "amount": yuan(left)}
            yield Finding("surcharge_open", WARNING, message, ACL_42, file.link("execution"))


def goods_add_up(file: CheckedFile) -> Iterator[Finding]:
    """Of every item: taken = what left + what is held; nothing is held once the case is closed."""
    for measure in file.measures:
        link = page("workflow_measure:inspect", measure.pk)
        for item in measure.items.all():
            left = sum(item.moved().values())
            values = {
                "measure": measure.number, "item": item.name, "taken": f"{item.quantity:f}",
                "left": f"{left:f}", "held": f"{item.held:f}",
            }  # fmt: skip
            if item.quantity != left + item.held:
                message = _(
                    "%(measure)s, %(item)s: taken %(taken)s ≠ left %(left)s + held %(held)s."
                )
                yield Finding("goods_do_not_add_up", ERROR, message % values, PQL_26, link)
            if item.held and file.case.state in _CLOSED:
                message = _("%(measure)s, %(item)s: %(held)s still held though the case is closed.")
                yield Finding("goods_still_held", ERROR, message % values, PQL_26, link)


def numbers_are_accounted_for(file: CheckedFile) -> Iterator[Finding]:
    """Every issued paper bears a number, every voided number says why."""
    papers = [paper for party in file.parties for paper, _moment in issued_papers(party)]
    documents = file.documents
    for paper in papers:
        if not paper.number:
            message = _("An issued paper bears no number: %(paper)s.")
            name = str(paper._meta.verbose_name) + f"（{paper.case_party.party}）"
            yield Finding(
                "number_missing", ERROR, message % {"paper": name}, "", file.link("parties")
            )
    for row in documents:
        counts = row.form.series or row.form.number_of
        if row.status == Document.Status.ISSUED and counts and not row.number:
            message = _("An issued paper bears no number: %(paper)s.") % {"paper": row.form}
            link = page("workflow_case:document", file.case.pk, str(row.pk))
            yield Finding("number_missing", ERROR, message, "", link)
    borne = Q(text__in=[file.case.number, *(measure.number for measure in file.measures)])
    for kind, bearers in (("notice", papers), ("decision", papers), ("document", documents)):
        keys = [row.pk for row in bearers if row._meta.model_name == kind]
        borne |= Q(record_type=f"workflow.{kind}", record_id__in=keys)
    for number in IssuedNumber.objects.filter(borne, void_reason="", voided_at__isnull=False):
        message = _("The number %(number)s was voided without a reason.") % {"number": number.text}
        yield Finding("voided_without_reason", ERROR, message, "", file.link("documents"))


def limits_are_kept(file: CheckedFile) -> Iterator[Finding]:
    """The bureau's own limits: missed ones are named, those that ran out are errors."""
    rows = file.case.deadlines.filter(obliged="bureau").select_related("rule")
    late = Q(state=Deadline.State.LATE_MET)
    running_over = Q(state=Deadline.State.RUNNING) & over(now())
    for row in rows.filter(late | running_over):
        values = {"code": row.code, "name": row.rule.name, "due": due_shown(row) or "—"}
        if row.done_at:
            message = _("%(code)s %(name)s: due on %(due)s, done on %(done)s.")
            values["done"] = shown(row.done_at if row.due_at else timezone.localdate(row.done_at))
        else:
            message = _("%(code)s %(name)s: due on %(due)s and still open.")
        severity = WARNING if row.done_at else ERROR
        link = page("workflow_case:deadline", file.case.pk, str(row.pk))
        yield Finding(f"limit_{row.state}", severity, message % values, row.rule.source, link)


Rule = Callable[[CheckedFile], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    dates_in_order, found_in_time, two_officers, citations_and_amounts, papers_are_served,
    services_are_proven, services_have_receipts, decisions_keep_to_their_notices, goods_add_up,
    surcharges_are_settled, numbers_are_accounted_for, limits_are_kept,
)  # fmt: skip
