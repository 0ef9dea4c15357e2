"""What the steps of an exposure do: the draft, the confirmations, the release, the withdrawal."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from publicity.exposures import files, intake
from publicity.exposures.checking import run_check
from publicity.exposures.content import draft_of, hash_of, texts_of
from publicity.exposures.guards.text import text_file
from publicity.exposures.models import Confirmation, ReleaseCounter
from publicity.exposures.people import registry_of
from publicity.exposures.redaction import RULE_VERSION, detect_in
from publicity.exposures.states import ExposureState as S
from publicity.pages.models import ExposureCorrection
from publicity.pages.models.exposure import TEXT_FIELDS
from publicity.pages.release import put_live
from publicity.pages.withdraw import blank
from workflow.api import Attempt, JournalLine, Refusal, TransitionRefused


def make_draft(attempt: Attempt, line: JournalLine) -> None:
    """The intake carries the allowed fields across, masked; the draft is nobody's to publish."""
    exposure = attempt.record
    if exposure.page_id is None:
        exposure.page = intake.draft_from(exposure, owner=attempt.actor)
        exposure.save(update_fields=["page"])


def begin_round(attempt: Attempt, line: JournalLine) -> None:
    """A new round: the text is checked, and its drafter stands by it."""
    exposure = attempt.record
    exposure.round += 1
    exposure.drafter = attempt.actor
    exposure.save(update_fields=["round", "drafter"])
    run = run_check(exposure, actor=attempt.actor)
    _confirm(attempt, Confirmation.Kind.DRAFTER, run.content_hash)


def confirm_second(attempt: Attempt, line: JournalLine) -> None:
    _confirm(attempt, Confirmation.Kind.SECOND, text_file(attempt).hash)


def confirm_secrecy(attempt: Attempt, line: JournalLine) -> None:
    _confirm(attempt, Confirmation.Kind.SECRECY, text_file(attempt).hash)


def freeze(attempt: Attempt, line: JournalLine) -> None:
    """These words are approved, no others."""
    attempt.record.approved_hash = text_file(attempt).hash
    attempt.record.save(update_fields=["approved_hash"])


def thaw(attempt: Attempt, line: JournalLine) -> None:
    """The approval is void: the text may be written again, and everything is asked anew."""
    exposure = attempt.record
    exposure.approved_hash, exposure.scheduled_at = "", None
    exposure.save(update_fields=["approved_hash", "scheduled_at"])


def go_live(attempt: Attempt, line: JournalLine) -> None:
    """The number, the files, the page: all in this transaction, or nothing."""
    exposure, data = attempt.record, attempt.data or {}
    exposure.expires_on = data.get("expires_on") or exposure.expires_on
    exposure.release_no = exposure.release_no or next_number()
    exposure.save(update_fields=["expires_on", "release_no"])
    page = put_live(
        exposure.page,
        release_no=exposure.release_no,
        at=attempt.acted_at,
        expires_on=exposure.expires_on,
    )
    if hash_of(page, exposure) != exposure.approved_hash:
        # Somebody saved a version between the question and the answer.
        message = _("The text is not the one that was approved: take the approval back.")
        raise TransitionRefused([Refusal("not_the_approved_text", message)])
    files.publish(exposure, page)


def next_number() -> int:
    """The next release number, without gaps: rolled back with the release it was taken for."""
    ReleaseCounter.objects.get_or_create(pk=1)
    counter = ReleaseCounter.objects.select_for_update().get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def take_down(attempt: Attempt, line: JournalLine) -> None:
    """Off every public place in this transaction; the dated notice stays at the address."""
    exposure, data = attempt.record, attempt.data or {}
    kind = data.get("kind") or ("expired" if line.target == S.EXPIRED else "other")
    exposure.withdrawn_at = attempt.acted_at
    exposure.withdrawal_kind = kind
    exposure.withdrawal_reason = data.get("reason", "")
    exposure.save(update_fields=["withdrawn_at", "withdrawal_kind", "withdrawal_reason"])
    files.unpublish(exposure)
    blank(exposure.page, on=timezone.localdate(attempt.acted_at), kind=kind)


def drop_draft(attempt: Attempt, line: JournalLine) -> None:
    """What never was public leaves nothing: no draft, no file, no copy of the case's words."""
    exposure, data = attempt.record, attempt.data or {}
    page, exposure.page = exposure.page, None
    exposure.withdrawn_at = attempt.acted_at
    exposure.withdrawal_kind = data.get("kind") or "other"
    exposure.withdrawal_reason = data.get("reason", "")
    exposure.save(update_fields=["page", "withdrawn_at", "withdrawal_kind", "withdrawal_reason"])
    files.discard(exposure)
    if page is not None:
        page.delete()


def correct_text(attempt: Attempt, line: JournalLine) -> None:
    """The corrected words go out under the same number, with a dated note."""
    exposure, data = attempt.record, attempt.data or {}
    page = corrected(exposure, data)
    page.save_revision(user=attempt.actor, clean=False, changed=True)
    put_live(page, release_no=exposure.release_no, at=attempt.acted_at)
    exposure.approved_hash = hash_of(page, exposure)
    exposure.save(update_fields=["approved_hash"])
    ExposureCorrection.objects.create(
        page=page,
        corrected_on=timezone.localdate(attempt.acted_at),
        note=data["public_note"],
    )


def corrected(exposure: Any, data: Any) -> Any:
    """The draft with the wrong words replaced wherever they stand."""
    page = draft_of(exposure)
    for name in ("title", *TEXT_FIELDS):
        value = getattr(page, name)
        if value and data["wrong"] in value:
            setattr(page, name, value.replace(data["wrong"], data["right"]))
    return page


def traces_after(exposure: Any, data: Any) -> int:
    """How many traces the corrected text and its note have that the text had not before."""
    registry = registry_of(exposure.case)
    before = draft_of(exposure)
    texts = texts_of(before) if before else {}
    old = {hit.hit.text for hit in detect_in(texts, registry=registry)}
    new = {**texts_of(corrected(exposure, data)), "note": data["public_note"]}
    return sum(item.hit.text not in old for item in detect_in(new, registry=registry))


def _confirm(attempt: Attempt, kind: str, content_hash: str) -> None:
    Confirmation.objects.create(
        exposure=attempt.record,
        kind=kind,
        round=attempt.record.round,
        by=attempt.person,
        at=attempt.acted_at,
        content_hash=content_hash,
        rule_version=RULE_VERSION,
    )
