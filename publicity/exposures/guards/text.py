"""Is this text fit to go out, and have two people said so about these very words?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publicity.exposures.content import draft_of, hash_of
from publicity.exposures.models import Confirmation, Exposure, RedactionHit, RedactionRun
from publicity.exposures.redaction import RULE_VERSION
from publicity.pages.models import ExposurePage
from workflow.api import Attempt, Refusal, guard

PIPL_6 = gettext_lazy("Personal Information Protection Law arts. 6 and 34")
COMPLAINTS_33 = gettext_lazy("Complaint Handling Measures art. 33")
SECRECY = gettext_lazy("Government Information Regulations art. 17")
REQUIRED = ("title", "party_display", "violation", "facts")
_TAGS = re.compile(r"<[^>]*>|&nbsp;|\s")


@dataclass
class TextFile:
    """The draft with its check and confirmations; each read at most once per round of questions."""

    exposure: Exposure
    memo: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def page(self) -> ExposurePage | None:
        return draft_of(self.exposure)

    @cached_property
    def hash(self) -> str:
        return "" if self.page is None else hash_of(self.page, self.exposure)

    @cached_property
    def run(self) -> RedactionRun | None:
        """The check of these very words by the rules of today."""
        run = self.exposure.runs.first()
        fits = run and run.content_hash == self.hash and run.rule_version == RULE_VERSION
        return run if fits else None

    @cached_property
    def hits(self) -> list[RedactionHit]:
        return list(self.run.hits.select_related("decided_by")) if self.run else []

    @cached_property
    def confirmations(self) -> dict[str, Confirmation]:
        """What people confirmed about these very words in this round, by kind."""
        rows = self.exposure.confirmations.filter(
            round=self.exposure.round, content_hash=self.hash, rule_version=RULE_VERSION
        )
        return {row.kind: row for row in rows.select_related("by")}

    @cached_property
    def writers(self) -> set[int]:
        """Everybody who wrote a version of the text."""
        if self.page is None:
            return set()
        found = set(self.page.revisions.exclude(user=None).values_list("user_id", flat=True))
        return found | ({self.exposure.drafter_id} if self.exposure.drafter_id else set())

    def missing(self) -> list[str]:
        """Labels of the texts that no public page lacks."""
        page = self.page
        if page is None:
            return []
        return [
            str(ExposurePage._meta.get_field(name).verbose_name)
            for name in REQUIRED
            if not _TAGS.sub("", str(getattr(page, name) or ""))
        ]


def text_file(attempt: Attempt) -> TextFile:
    """The text of the attempt's exposure, shared by all guards of a page."""
    key = f"exposure:{attempt.record.pk}"
    if key not in attempt.memo:
        attempt.memo[key] = TextFile(attempt.record)
    found: TextFile = attempt.memo[key]
    return found


@guard(reads="record")
def text_is_complete(attempt: Attempt) -> Refusal | None:
    """Title, party, violation and facts are written."""
    file = text_file(attempt)
    if file.page is None:
        return Refusal("no_draft", _("There is no draft yet: start drafting first."))
    if missing := file.missing():
        message = _("The draft lacks: %(missing)s.") % {"missing": "、".join(missing)}
        return Refusal("text_missing", message, link=_edit(file))
    return None


@guard(reads="record", law=PIPL_6)
def check_is_fresh(attempt: Attempt) -> Refusal | None:
    if text_file(attempt).run is None:
        message = _("The text was changed since the last check: run the redaction check again.")
        return Refusal("check_stale", message, link=page_of(attempt.record))
    return None


@guard(reads="record", law=COMPLAINTS_33)
def nothing_blocked_is_left(attempt: Attempt) -> Iterator[Refusal]:
    """Traces of a reporter or a minor never go out; nobody can confirm them away."""
    blocked = [hit for hit in text_file(attempt).hits if hit.severity == "block"]
    if blocked:
        message = _(
            "%(count)d places must not go out at all (reporter, minor or unreadable file): "
            "take them out of the text."
        )
        link = page_of(attempt.record)
        yield Refusal("blocked_hit", message % {"count": len(blocked)}, link=link)


@guard(reads="record", law=PIPL_6)
def no_hit_is_open(attempt: Attempt) -> Refusal | None:
    hits = text_file(attempt).hits
    pending = [h for h in hits if h.severity != "block" and h.decision == ""]
    if not pending:
        return None
    message = _("%(count)d places wait for a decision: mask them or say why they may stay.")
    return Refusal("pending_hit", message % {"count": len(pending)}, link=page_of(attempt.record))


@guard(reads="record", law=PIPL_6)
def two_people_confirmed(attempt: Attempt) -> Refusal | None:
    """The drafter and somebody else stand by these very words."""
    found = text_file(attempt).confirmations
    first, second = found.get("drafter"), found.get("second")
    if first and second and first.by_id != second.by_id:
        return None
    if first is None:
        message = _("The text was changed after it was submitted: return it and submit it again.")
        return Refusal("drafter_missing", message, link=page_of(attempt.record))
    message = _("A second person has not confirmed this text yet.")
    return Refusal("second_missing", message, link=page_of(attempt.record))


@guard(reads="record", law=SECRECY)
def secrecy_is_reviewed(attempt: Attempt) -> Refusal | None:
    if "secrecy" in text_file(attempt).confirmations:
        return None
    message = _("The secrecy review of this text is missing.")
    return Refusal("secrecy_missing", message, link=page_of(attempt.record))


@guard(reads="actor", law=PIPL_6)
def actor_did_not_write_it(attempt: Attempt) -> Refusal | None:
    """Who wrote the text does not check it."""
    if attempt.actor is None or attempt.actor.pk not in text_file(attempt).writers:
        return None
    return Refusal("own_text", _("You wrote this text: somebody else checks it."))


@guard(reads="record")
def text_is_the_approved_one(attempt: Attempt) -> Refusal | None:
    if attempt.record.approved_hash and attempt.record.approved_hash == text_file(attempt).hash:
        return None
    message = _("The text is not the one that was approved: take the approval back and check anew.")
    return Refusal("not_the_approved_text", message, link=page_of(attempt.record))


CHECKED = (text_is_complete, check_is_fresh, nothing_blocked_is_left, no_hit_is_open)
CONFIRMED = (*CHECKED, two_people_confirmed, secrecy_is_reviewed)


def page_of(exposure: Exposure) -> str:
    """The exposure's own staff page, "" where no staff pages are served."""
    try:
        return reverse("plugins:exposures:inspect", args=[exposure.pk])
    except NoReverseMatch:
        return ""


def _edit(file: TextFile) -> str:
    if file.page is None:
        return ""
    try:
        return reverse("wagtailadmin_pages:edit", args=[file.page.pk])
    except NoReverseMatch:
        return ""
