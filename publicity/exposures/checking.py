"""The redaction check: run the rules over all that would go out, and let people decide the hits."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from publicity.exposures.content import captions_of, draft_of, hash_of, texts_of
from publicity.exposures.models import Exposure, RedactionHit, RedactionRun
from publicity.exposures.people import registry_of
from publicity.exposures.redaction import RULE_VERSION, Registry, detect_in, redact_in
from publicity.exposures.redaction.files import detect_in_file
from publicity.exposures.redaction.hits import Found, Kind
from publicity.exposures.states import WRITABLE
from publicity.pages.models import ExposurePage
from workflow.api import Refusal, TransitionRefused, begin, record_act


def run_check(exposure: Exposure, *, actor: User | None) -> RedactionRun:
    """Run the rules over texts, captions and files, and store the hits; part of a transaction.

    A hit that was kept with a reason stays kept while the very same words stand at the very same
    place of the text; everything else is to be decided again.
    """
    page = _page(exposure)
    kept = {
        (hit.path, hit.rule, hit.excerpt_hash): hit
        for hit in RedactionHit.objects.filter(run__exposure=exposure, decision="kept")
    }
    run = RedactionRun.objects.create(
        exposure=exposure,
        content_hash=hash_of(page, exposure),
        rule_version=RULE_VERSION,
        started_by=actor,
    )
    for item in found_in(exposure, page):
        row = _hit(run, item)
        if before := kept.get((row.path, row.rule, row.excerpt_hash)):
            row.decision, row.reason = before.decision, before.reason
            row.decided_by, row.decided_at = before.decided_by, before.decided_at
        row.save(force_insert=True)
    return run


def found_in(exposure: Exposure, page: ExposurePage) -> list[Found]:
    """Every trace in the text and the files as they stand."""
    registry = registry_of(exposure.case)
    found = detect_in({**texts_of(page), **captions_of(exposure)}, registry=registry)
    for asset in exposure.assets.all():
        found += _found_in_file(asset, registry)
    return found


def latest_run(exposure: Exposure) -> RedactionRun | None:
    """The run that still answers for the text: same words, same files, same rules."""
    page = draft_of(exposure)
    run = exposure.runs.first()
    if page is None or run is None or run.rule_version != RULE_VERSION:
        return None
    return run if run.content_hash == hash_of(page, exposure) else None


def check_again(exposure: Exposure, *, actor: User) -> RedactionRun:
    """Run the rules over the text as it stands, because somebody asked for it."""
    with transaction.atomic():
        locked = begin(exposure, actor=actor, permission="check_exposure", states=WRITABLE)
        run = run_check(locked, actor=actor)
        record_act(locked, "exposure.check", actor=actor, data={"run": run.pk})
        return run


def keep(hit: RedactionHit, *, actor: User, reason: str) -> RedactionHit:
    """Leave a hit standing, with the reason why it may be public."""
    if not reason.strip():
        raise TransitionRefused(
            [Refusal("reason_missing", _("Say why this may stay."), field="reason")]
        )
    with transaction.atomic():
        exposure = begin(
            hit.run.exposure, actor=actor, permission="check_exposure", states=WRITABLE
        )
        run = latest_run(exposure)
        if run is None or run.pk != hit.run_id:
            raise TransitionRefused([_stale()])
        if hit.severity == "block":
            message = _("This never goes out: take it out of the text.")
            raise TransitionRefused([Refusal("blocked_hit", message)])
        hit.decision, hit.reason = RedactionHit.Decision.KEPT, reason.strip()[:300]
        hit.decided_by, hit.decided_at = actor, now()
        hit.save()
        data = {"hit": hit.pk, "kind": hit.kind, "rule": hit.rule}
        record_act(exposure, "exposure.keep_hit", actor=actor, data=data, reason=hit.reason)
        return hit


def mask_all(exposure: Exposure, *, actor: User) -> RedactionRun:
    """Mask all that the rules can mask, as a new version of the draft, and check again."""
    with transaction.atomic():
        locked = begin(exposure, actor=actor, permission="edit_exposure", states=WRITABLE)
        page = _page(locked)
        masked, changes = redact_in(texts_of(page), registry=registry_of(locked.case))
        for name, value in masked.items():
            setattr(page, name, [("law", i["value"]) for i in value] if name == "laws" else value)
        page.save_revision(user=actor, clean=False, changed=True)
        last = locked.runs.first()
        if last is not None:
            last.hits.filter(decision="").exclude(severity="warn").update(
                decision=RedactionHit.Decision.MASKED, decided_by=actor, decided_at=now()
            )
        run = run_check(locked, actor=actor)
        data = {"run": run.pk, "changes": len(changes)}
        record_act(locked, "exposure.mask", actor=actor, data=data)
        return run


def _page(exposure: Exposure) -> ExposurePage:
    page = draft_of(exposure)
    if page is None:
        message = _("There is no draft yet: start drafting first.")
        raise TransitionRefused([Refusal("no_draft", message)])
    return page


def _found_in_file(asset: Any, registry: Registry) -> list[Found]:
    """Hits in a file. Its name and metadata do not go out: the copy has neither."""
    found = detect_in_file(
        Path(asset.file.path), asset.mime_type, registry=registry, name=asset.caption
    )
    return [
        Found(f"file{asset.pk}/{item.path}", item.hit)
        for item in found
        if item.hit.kind is not Kind.METADATA
    ]


def _hit(run: RedactionRun, item: Found) -> RedactionHit:
    return RedactionHit(
        run=run,
        kind=item.hit.kind,
        rule=item.hit.rule,
        severity=item.hit.severity,
        path=item.path[:200],
        offset=item.hit.start,
        excerpt_hash=sha256(item.hit.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _stale() -> Refusal:
    return Refusal("stale", _("The text was changed since this check: run the check again."))
