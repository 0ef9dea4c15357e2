"""What a template asks for, held against what a form can be filled with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from workflow.documents.context import known
from workflow.documents.docx_file import File
from workflow.documents.filling import WRITTEN
from workflow.documents.render import field_names
from workflow.models import DocumentForm


@dataclass(frozen=True, slots=True)
class Check:
    """The fields of a template: known ones, unknown ones with what was probably meant, and what
    the form asks officers to type but the template never prints.
    """

    known: Sequence[str]
    unknown: Sequence[tuple[str, str]]
    unused: Sequence[str]


def check_template(form: DocumentForm, file: File) -> Check:
    """Raises ``TemplateUnfitError`` with reason and place for a file that may not be a template."""
    names = field_names(file)
    typed = [f"{WRITTEN}.{field['name']}" for field in form.fields]
    offered = [*known(form.about), *typed]
    groups = {name.rpartition(".")[0] for name in offered} | {WRITTEN}
    strange = [name for name in names if name not in offered and name not in groups]
    return Check(
        known=[name for name in names if name not in strange],
        unknown=[(name, _meant(name, offered)) for name in strange],
        unused=[name for name in typed if name not in names],
    )


def _meant(name: str, offered: Sequence[str]) -> str:
    """The nearest known field; "" when nothing is near."""
    ends = {other.rpartition(".")[2]: other for other in offered}
    if (same := ends.get(name.rpartition(".")[2])) is not None:
        return same
    return next(iter(get_close_matches(name, offered, n=1, cutoff=0.5)), "")
