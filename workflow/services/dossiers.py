"""Dossiers: asked for by a person, bound by a task, kept with their digests, looked at."""

from __future__ import annotations

import logging
import shutil
import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.core.files import File
from django.db import connections, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.documents.binding.binder import Bound, Order, bind
from workflow.documents.binding.pieces import Plan, plan_of
from workflow.documents.binding.taking import BindError, sha256_of
from workflow.documents.pdf import PdfError, program
from workflow.engine import journal
from workflow.engine.acts import begin
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, Dossier, JournalHead
from workflow.models.dossier import dossier_storage
from workflow.models.scope import sees
from workflow.plugin import Refusal

logger = logging.getLogger(__name__)
#: Binds one; registered by ``workflow.tasks``.
TASK = "workflow.tasks.bind_dossier"
#: The right that binds a file.
ACT = "make_document"
#: A binding that has not moved for so long was lost: ``tick`` starts it again, not for ever.
RETRY_AFTER = timedelta(minutes=20)
GIVE_UP_AFTER = timedelta(hours=6)
S = Dossier.Status


def ask_for_dossier(case: Case, *, actor: User, retention: str, remarks: str = "") -> Dossier:
    """A dossier that is bound once this is committed; one at a time for a case.

    Raises ``TransitionRefused`` without the right, and for a file with nothing to bind.
    """
    with transaction.atomic():
        locked = begin(case, actor=actor, permission=ACT)
        if Dossier.objects.filter(case=locked, status=S.PENDING).exists():
            message = _("This file is being bound just now: wait until it is done.")
            raise TransitionRefused([Refusal("being_bound", message)])
        if not plan_of(locked, actor).pieces:
            message = _("Nothing in this file can be bound yet: issue a document or add evidence.")
            raise TransitionRefused([Refusal("nothing_to_bind", message)])
        dossier = Dossier.objects.create(
            case=locked, asked_by=actor, retention=retention, remarks=remarks.strip()
        )
        transaction.on_commit(lambda: _send_off(dossier.pk), robust=True)
        return dossier


def bind_dossier(dossier_id: int) -> Dossier | None:
    """Bind a dossier that waits; says in ``fault`` why it could not be. Safe to repeat."""
    dossier = Dossier.objects.select_related("case", "asked_by").filter(pk=dossier_id).first()
    if dossier is None or dossier.status != S.PENDING:
        return dossier
    stored: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="tiequan-dossier-"))
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _bind(dossier, folder, stored)
    except Exception as error:
        for name in stored:
            dossier_storage().delete(name)
        known = isinstance(error, BindError | PdfError)
        if not known:
            logger.exception("Dossier %s of case %s", dossier.pk, dossier.case_id)
        fault = str(error) if known else _("The binding broke off. The administrators see why.")
        _fail(dossier, fault or type(error).__name__)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    dossier.refresh_from_db()
    return dossier


def bind_overdue(at: datetime) -> int:
    """Start again what was lost with a worker, give up what keeps getting lost; for ``tick``."""
    lost = list(
        Dossier.objects.filter(status=S.PENDING, moved_at__lt=at - RETRY_AFTER).order_by("pk")[:20]
    )
    for dossier in lost:
        if dossier.asked_at < at - GIVE_UP_AFTER:
            with translation.override(settings.LANGUAGE_CODE):
                _fail(dossier, _("The binding was started several times and never ended."))
        else:
            Dossier.objects.filter(pk=dossier.pk).update(moved_at=now())
            _send(dossier.pk)
    return len(lost)


def note_taken(dossier: Dossier, *, actor: User, kind: str) -> None:
    """Who took a whole file out of the system is always kept with the case."""
    with transaction.atomic():
        journal.append(
            dossier.case, verb="dossier.viewed", actor=actor, acted_at=now(),
            data={"dossier": dossier.pk, "kind": kind},
        )  # fmt: skip


def _send_off(dossier_id: int) -> None:
    """To a worker; without a broker to a thread, so that the page shows how far it came."""
    if settings.TIEQUAN_DOSSIER_THREADS:
        Thread(target=_send_and_close, args=[dossier_id], name=f"dossier-{dossier_id}").start()
    else:
        _send(dossier_id)


def _send_and_close(dossier_id: int) -> None:
    try:
        _send(dossier_id)
    finally:
        connections.close_all()


def _send(dossier_id: int) -> None:
    current_app.tasks[TASK].delay(dossier_id=dossier_id)


def _bind(dossier: Dossier, folder: Path, stored: list[str]) -> None:
    actor = dossier.asked_by
    with transaction.atomic():
        case = lock(dossier.case)
        if not sees(actor, case):
            raise BindError(_("You have no access to this record."))
        plan = plan_of(case, actor)
        head = JournalHead.objects.get(record_type=case._meta.label_lower, record_id=case.pk)
    at = now()
    order = Order(dossier.retention, dossier.remarks, at, _about(dossier, plan, head, at))
    bound = bind(plan, order, folder, partial(_moved, dossier.pk))
    with transaction.atomic():
        case = lock(case)
        _keep(dossier, plan, bound, stored)
        dossier.bound_at, dossier.status = at, S.BOUND
        dossier.journal_seq, dossier.journal_hash = head.seq, head.hash
        still = Dossier.objects.select_for_update().filter(pk=dossier.pk, status=S.PENDING)
        if not still.exists():
            raise BindError(_("Somebody else bound this dossier meanwhile."))
        dossier.save()
        journal.append(case, verb="dossier.bound", actor=actor, acted_at=at, data=_told_of(dossier))


def _about(dossier: Dossier, plan: Plan, head: JournalHead, at: datetime) -> dict[str, Any]:
    """What the manifest says of the whole."""
    said = plan.cover["案件"]
    return {
        "case": said["立案号"], "title": said["名称"], "archive_number": said["归档号"],
        "bureau": plan.cover["机关"]["名称"], "unit": said["办案机构"],
        "bound_by": dossier.asked_by.name, "bound_at": timezone.localtime(at).isoformat(),
        "retention": dossier.retention, "dossier": dossier.pk,
        "journal": {"lines": head.seq, "head": head.hash},
    }  # fmt: skip


def _keep(dossier: Dossier, plan: Plan, bound: Bound, stored: list[str]) -> None:
    """Put the files into the private store and their digests into the row."""
    place = f"case-{plan.case.pk}/{uuid4().hex}"
    dossier.archive = _stored(bound.archive, f"{place}.zip", stored)
    dossier.size, dossier.sha256 = bound.archive.stat().st_size, sha256_of(bound.archive)
    if bound.pdf is not None:
        dossier.pdf = _stored(bound.pdf, f"{place}.pdf", stored)
        dossier.pdf_size, dossier.pdf_sha256 = bound.pdf.stat().st_size, sha256_of(bound.pdf)
        dossier.pages = bound.pages
    elif not program():
        dossier.no_pdf = _("LibreOffice is not installed on the server: there is no PDF.")
    dossier.fingerprint, dossier.holds_lead = plan.fingerprint, plan.holds_lead
    dossier.contents = [row.as_data() for row in bound.rows]
    dossier.done = dossier.total = 2 * len(plan.pieces) + 3


def _stored(path: Path, name: str, stored: list[str]) -> str:
    with path.open("rb") as file:
        kept = dossier_storage().save(name, File(file))
    stored.append(kept)
    return kept


def _moved(pk: int, done: int, total: int) -> None:
    """How far it is, for the page that waits; outside any transaction."""
    Dossier.objects.filter(pk=pk, status=S.PENDING).update(
        done=min(done, total), total=total, moved_at=now()
    )


def _fail(dossier: Dossier, fault: str) -> None:
    Dossier.objects.filter(pk=dossier.pk, status=S.PENDING).update(
        status=S.FAILED, fault=fault[:500]
    )


def _told_of(dossier: Dossier) -> dict[str, Any]:
    """What the journal keeps of a bound dossier."""
    data: dict[str, Any] = {
        "dossier": dossier.pk, "items": len(dossier.contents), "sha256": dossier.sha256,
    }  # fmt: skip
    if dossier.pdf_sha256:
        data |= {"pages": dossier.pages, "pdf_sha256": dossier.pdf_sha256}
    return data
