"""The law library: what ships with the program, files that add to it, and changes by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.access import forget, live_roles, may
from accounts.clock import now
from accounts.models import User
from accounts.roles import ROLES
from workflow.engine import journal
from workflow.models import Article, FineRange, Law, LawVersion
from workflow.services.law_ranges import keep_ranges, told_of
from workflow.services.law_rows import Row, read_rows

SHIPPED = Path(__file__).parents[1] / "data" / "laws.json"


@dataclass(slots=True)
class Kept:
    """What a file added: laws, versions, articles, ranges, and articles whose gaps it filled."""

    laws: int = 0
    versions: int = 0
    articles: int = 0
    filled: int = 0
    ranges: int = 0
    errors: list[str] = field(default_factory=list)


def load_shipped_laws() -> Kept:
    """Every law that ships is there; versions and articles that exist stay as the bureau has them.

    A law the bureau already has is not touched at all: its dates may have been corrected.
    """
    known = set(Law.objects.values_list("name", flat=True))
    rows = [row for row in read_rows(SHIPPED.read_text("utf-8")) if row.name not in known]
    with transaction.atomic():
        return _keep(rows)


def import_laws(text: str, *, actor: User, keep: bool) -> Kept:
    """Add the laws of a file; without ``keep`` everything is tried and nothing stays.

    What exists is only completed: another wording of an article is an error of its row. Raises
    ``PermissionDenied`` without the act, ``ValidationError`` with a message per row that is wrong.
    """
    _require(actor)
    rows = read_rows(text)
    with transaction.atomic():
        kept = _keep(rows)
        if kept.errors:
            raise ValidationError(kept.errors)
        if not keep:
            transaction.set_rollback(True)
            return kept
        laws = Law.objects.filter(name__in={row.name for row in rows})
        for law in laws:
            counted = {"articles": sum(row.name == law.name for row in rows)}
            _write(law, "law.imported", actor, counted)
    return kept


def _keep(rows: Sequence[Row]) -> Kept:
    kept = Kept()
    laws = {law.name: law for law in Law.objects.all()}
    versions = {(v.law_id, v.label): v for v in LawVersion.objects.all()}
    new: dict[tuple[int, str, str], Article] = {}
    there = _articles_of(rows, laws, versions)
    for row in rows:
        law = laws.get(row.name)
        if law is None:
            law = laws[row.name] = Law.objects.create(
                name=row.name, short_name=row.short_name, issuer=row.issuer
            )
            kept.laws += 1
        version = versions.get((law.pk, row.label))
        if version is None:
            version = _new_version(law, row, kept)
            if version is None:
                continue
            versions[law.pk, row.label] = version
        if row.number:
            _keep_article(row, version, there, new, kept)
    Article.objects.bulk_create(new.values())
    kept.articles = len(new)
    if not kept.errors:
        kept.ranges = _keep_ranges(rows, laws, versions, {**there, **new})
    return kept


def _keep_ranges(
    rows: Sequence[Row],
    laws: dict[str, Law],
    versions: dict[tuple[int, str], LawVersion],
    articles: dict[tuple[int, str, str], Article],
) -> int:
    wanted = {}
    for row in rows:
        if row.ranges and row.number:
            version = versions[laws[row.name].pk, row.label]
            wanted[articles[version.pk, row.number, row.paragraph]] = row.ranges
    return keep_ranges(wanted) if wanted else 0


def _articles_of(
    rows: Sequence[Row], laws: dict[str, Law], versions: dict[tuple[int, str], LawVersion]
) -> dict[tuple[int, str, str], Article]:
    touched = {
        versions[key].pk
        for row in rows
        if row.name in laws and (key := (laws[row.name].pk, row.label)) in versions
    }
    found = Article.objects.filter(version__in=touched) if touched else Article.objects.none()
    return {(a.version_id, a.number, a.paragraph): a for a in found}


def _new_version(law: Law, row: Row, kept: Kept) -> LawVersion | None:
    version = LawVersion(
        law=law, label=row.label, effective_from=row.effective_from,
        effective_until=row.effective_until, note=row.note,
    )  # fmt: skip
    try:
        add_dates(version)
    except ValidationError as error:
        message = _("Row %(n)d: %(why)s")
        kept.errors += [message % {"n": row.line, "why": why} for why in error.messages]
        return None
    kept.versions += 1
    return version


def _keep_article(
    row: Row,
    version: LawVersion,
    there: dict[tuple[int, str, str], Article],
    new: dict[tuple[int, str, str], Article],
    kept: Kept,
) -> None:
    key = (version.pk, row.number, row.paragraph)
    if key in new:
        message = _("Row %(n)d: %(article)s comes twice.")
        place = f"{row.number}{row.paragraph}"
        kept.errors.append(message % {"n": row.line, "article": place})
        return
    if key not in there:
        article = Article(
            version=version, number=row.number, paragraph=row.paragraph, heading=row.heading,
            text=row.text,
        )  # fmt: skip
        article.set_order()
        new[key] = article
        return
    article = there[key]
    if row.text and article.text and row.text != article.text:
        message = _("Row %(n)d: %(article)s is there with another wording; change it on its page.")
        kept.errors.append(message % {"n": row.line, "article": article.place})
    elif (row.text and not article.text) or (row.heading and not article.heading):
        article.text, article.heading = article.text or row.text, article.heading or row.heading
        article.save(update_fields=["text", "heading"])
        kept.filled += 1


def add_dates(version: LawVersion) -> None:
    """Save a version; the one before ends the day before, also where the first day is corrected.

    Raises ``ValidationError`` when both would be the law on the same day.
    """
    others = list(version.law.versions.exclude(pk=version.pk).order_by("effective_from"))
    _let_go(version, others)
    older = [v for v in others if v.effective_from < version.effective_from]
    before = older[-1] if older else None
    after = next((v for v in others if v.effective_from >= version.effective_from), None)
    if after is not None and version.effective_until is None:
        version.effective_until = after.effective_from - timedelta(days=1)
    if after is not None and (version.effective_until or date.max) >= after.effective_from:
        message = _("%(version)s is the law from %(day)s; end this one before.")
        said = message % {"version": after, "day": date_format(after.effective_from)}
        raise ValidationError({"effective_until": said})
    if before is not None and (before.effective_until or date.max) >= version.effective_from:
        if before.effective_until is not None:
            message = _("%(version)s is the law until %(day)s; begin after it.")
            said = message % {"version": before, "day": date_format(before.effective_until)}
            raise ValidationError({"effective_from": said})
        before.effective_until = version.effective_from - timedelta(days=1)
        before.save(update_fields=["effective_until"])
    version.full_clean()
    version.save()


def _let_go(version: LawVersion, others: Sequence[LawVersion]) -> None:
    """A version whose first day is corrected gives back the end it set to the one before it."""
    stored = LawVersion.objects.filter(pk=version.pk).first()
    if stored is None or stored.effective_from == version.effective_from:
        return
    eve = stored.effective_from - timedelta(days=1)
    for other in others:
        if other.effective_until == eve and other.effective_from < version.effective_from:
            other.effective_until = version.effective_from - timedelta(days=1)
            other.save(update_fields=["effective_until"])


Part = Law | LawVersion | Article | FineRange


def save_law_part(row: Part, *, by: User, changed: list[str]) -> Part:
    """A law, version, article or range is saved, with its journal line.

    What an issued paper cites keeps its number, paragraph and wording: only what is empty may be
    filled; a changed law is a new version. Raises ``PermissionDenied`` or ``ValidationError``.
    """
    with transaction.atomic():
        _require(by)
        if isinstance(row, Article) and row.pk:
            _require_untouched(row)
        row.full_clean()
        if isinstance(row, LawVersion):
            add_dates(row)
        else:
            row.save()
        subject = row if isinstance(row, Law) else _law_of(row)
        _write(subject, "law.changed", by, {"model": row._meta.model_name, "fields": changed})
    return row


def remove_range(row: FineRange, *, by: User) -> None:
    """A range that should not stand is gone; the journal of its law keeps what it said.

    Papers cite articles, never ranges. Raises ``PermissionDenied``.
    """
    with transaction.atomic():
        _require(by)
        data = {"model": row._meta.model_name, "fields": ["removed"], "was": told_of(row)}
        law = _law_of(row)
        row.delete()
        _write(law, "law.changed", by, data)


def _law_of(row: LawVersion | Article | FineRange) -> Law:
    if isinstance(row, FineRange):
        return row.article.version.law
    return row.version.law if isinstance(row, Article) else row.law


def _require_untouched(article: Article) -> None:
    stored = Article.objects.get(pk=article.pk)
    if not article.is_cited():
        return
    for name in ("number", "paragraph", "text"):
        old = getattr(stored, name)
        may_fill = name == "text" and not old
        if old != getattr(article, name) and not may_fill:
            message = _("An issued paper cites this article; a changed law is a new version.")
            raise ValidationError({name: message})


def _require(actor: User) -> None:
    forget(actor)
    if not may(actor, "manage_laws"):
        raise PermissionDenied(_("Your posting does not allow this."))


def _write(subject: models.Model, verb: str, actor: User, data: dict[str, Any]) -> None:
    roles = "、".join(str(ROLES[code].label) for code in ROLES if code in live_roles(actor))
    journal.append(
        subject, verb=verb, actor=actor, acted_at=now(), actor_role=roles[:100], data=data
    )
