"""The words of each file: planted in every free text of its rows, read by nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction

from publicity.exposures.models import RedactionHit
from workflow import api
from workflow.models import (
    AccessGrant,
    Deadline,
    DeadlinePause,
    Document,
    Dossier,
    EvidenceFile,
    Handler,
    JournalLine,
    Reporter,
)

#: In every text of every record, so that a search for it finds whatever may be found.
COMMON = "骊龙颔珠"
WORDS = {
    ("own", "lead"): "甲壹", ("own", "case"): "甲贰", ("own", "transfer"): "甲叁",
    ("own", "measure"): "甲陆", ("foreign", "measure"): "乙陆",
    ("own", "discipline"): "甲肆", ("own", "exposure"): "甲伍",
    ("foreign", "lead"): "乙壹", ("foreign", "case"): "乙贰", ("foreign", "transfer"): "乙叁",
    ("foreign", "discipline"): "乙肆", ("foreign", "exposure"): "乙伍",
    ("shared", "lead"): "丙壹", ("shared", "case"): "丙贰",
    ("restricted", "lead"): "丁壹", ("restricted", "case"): "丁贰",
    ("restricted", "transfer"): "丁叁",
    ("own", "party"): "甲柒", ("foreign", "party"): "乙柒", ("shared", "party"): "丙柒",
    ("restricted", "party"): "丁柒",
}  # fmt: skip
REPORTER = "匿名玖"


@dataclass
class Secret:
    """One record, the word only its texts have, and every row that hangs on it."""

    kind: tuple[str, str]
    record: models.Model
    rows: list[models.Model] = field(default_factory=list)
    #: Words of another record that its own pages show: an editor reads what the draft is made of.
    shows: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        return f"〖{WORDS[self.kind]}〗"

    @property
    def words(self) -> list[str]:
        """What may not be read by who may not see it."""
        number = getattr(self.record, "number", "")
        return [self.word, *([number] if number else [])]

    def pk_of(self, model: type[models.Model]) -> int | None:
        """The key of the first row of that model that belongs to the record."""
        return next((r.pk for r in (self.record, *self.rows) if type(r) is model), None)


KEPT = (
    EvidenceFile, Handler, AccessGrant, api.Approval, Deadline, Reporter, Document, Dossier,
    JournalLine, DeadlinePause, RedactionHit,
)  # fmt: skip


def overwrite(secret: Secret) -> None:
    """Put the word into every free text of the record and of the rows that hang on it."""
    for row in (secret.record, *secret.rows):
        if isinstance(row, KEPT):
            continue
        for column in row._meta.concrete_fields:
            if _is_free_text(column):
                _write(row, column.name, f"{secret.word}{COMMON}")
    secret.record = type(secret.record)._base_manager.get(pk=secret.record.pk)


def _is_free_text(column) -> bool:
    return (
        isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.JSONField)
        and not column.choices
        and not column.unique
        and column.name not in ("state", "previous_state", "number", "fingerprint", "subject_uscc")
        and (column.max_length or 99) >= 12
    )


def _write(row, name: str, text: str) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: text})
    except IntegrityError:
        return  # the database wants something else there
