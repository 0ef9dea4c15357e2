"""Notice, decision, service and payment of a file taken over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from workflow.engine.take_over import Source
from workflow.models import CaseParty, Decision, Notice, Payment, Penalty, Service
from workflow.numbering import take_over_number
from workflow.services.import_running.moments import at
from workflow.services.import_running.numbers import series_of
from workflow.services.import_running.rows import RunningFile

_WITH_AMOUNT = {"fine": "fine", "gains": "gains"}


def keep_notice(row: CaseParty, found: RunningFile) -> Notice:
    """The notice as issued, with what it intended."""
    day, number = found.values["noticed_on"], found.get("notice_number", "")
    notice = Notice.objects.create(
        case_party=row, round=1, number=number, facts=found.get("facts") or _on_paper(),
        reasons=_on_paper(), basis=found.get("legal_basis") or _on_paper(),
        hearing_right=found.get("hearing_right", False), drafted_by=found.values["handlers"][0],
        issued_at=at(day),
    )  # fmt: skip
    if number:
        take_over_number("notice", number, on=day, unit=found.values["unit"], record=notice)
    _penalties(found, notice=notice)
    return notice


def keep_decision(row: CaseParty, found: RunningFile) -> Decision:
    """The decision as issued; it decides what becomes of the party."""
    day, number = found.values["decided_on"], found.values["decision_number"]
    kind = found.values["decision_kind"]
    root = Unit.objects.filter(depth=1).first()
    decision = Decision.objects.create(
        case_party=row, round=1, kind=kind, status=Decision.Status.ISSUED, number=number,
        ground=found.get("no_penalty_ground", "") if kind == Decision.Kind.NO_PENALTY else "",
        party_identity=f"{row.party.name} {row.party.uscc}".strip(),
        facts=found.get("facts") or _on_paper(), basis=found.get("legal_basis") or _on_paper(),
        performance=_on_paper(), remedies=_on_paper(), authority=str(root or "")[:100],
        decided_at=at(day), drafted_by=found.values["handlers"][0],
    )  # fmt: skip
    series = series_of("decision", found.values)
    take_over_number(series, number, on=day, unit=found.values["unit"], record=decision)
    if kind == Decision.Kind.PENALTY:
        _penalties(found, decision=decision)
    row.outcome = kind
    row.save(update_fields=["outcome"])
    return decision


def keep_service(row: CaseParty, found: RunningFile, *, on: Any, by: Source, **paper: Any) -> None:
    """The service of a notice or a decision."""
    method = found.values["service_method"]
    Service.objects.create(
        case_party=row, method=method, served_at=at(on), receiver=row.party.name[:100],
        witness=_on_paper()[:100] if method == Service.Method.LEFT else "",
        recorded_by=by.actor, **paper,
    )  # fmt: skip


def keep_payment(decision: Decision, found: RunningFile, *, by: Source) -> bool:
    """What came in, first for the fine, then for the gains; whether everything is paid."""
    left = found.values["paid"]
    owed = [p for p in decision.penalties.order_by("kind") if p.amount_fen]
    for penalty in owed:
        amount = min(left, penalty.amount_fen or 0)
        left -= amount
        if amount:
            Payment.objects.create(
                penalty=penalty, amount_fen=amount, paid_on=found.values["paid_on"],
                recorded_by=by.actor,
            )  # fmt: skip
    return bool(found.values["paid"] == sum(p.amount_fen or 0 for p in owed))


def _penalties(found: RunningFile, **owner: Any) -> None:
    for kind in found.values["penalties"]:
        Penalty.objects.create(
            **owner, kind=kind,
            amount_fen=found.values[_WITH_AMOUNT[kind]] if kind in _WITH_AMOUNT else None,
            goods=found.get("goods", "") if kind == Penalty.Kind.GOODS else "",
        )  # fmt: skip


def _on_paper() -> str:
    return _("From before the system; see the paper file.")
