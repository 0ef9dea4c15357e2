"""Pages the dossier makes itself: cover, contents, remarks, and a page for what has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from workflow.documents.binding.order import own_form
from workflow.documents.binding.taking import BindError, Taken
from workflow.documents.builder.word import build
from workflow.documents.context.words import moment, text
from workflow.documents.filling import WRITTEN, current_template
from workflow.documents.render import render_draft
from workflow.documents.store import read_template
from workflow.models import DocumentForm

#: Characters of a text file that become pages.
LONGEST_TEXT = 300_000
_STAND_IN = """!small
# {{ 材料.标题 }}
[36 120]
| 题名 | {{ 材料.题名? }} |
| 文件名 | {{ 材料.文件名? }} |
| 类型 | {{ 材料.类型? }} |
| 大小 | {{ 材料.大小? }} |
| 取得时间 | {{ 材料.时间? }} |
| SHA-256 | {{ 材料.摘要 }} |
: {{ 材料.说明 }}
"""
_TEXT = """!small
# {{ 材料.题名 }}
: {{ 材料.正文 }}
"""


@cache
def _stand_in_template() -> bytes:
    return build(_STAND_IN, name="stand-in")


@cache
def _text_template() -> bytes:
    return build(_TEXT, name="text")


def stand_in(taken: Taken) -> bytes:
    """A docx in place of a file that becomes no page: what it is and its digest.

    Of a sealed one nothing is said but the digest.
    """
    original = taken.piece.originals[0]
    if taken.sealed:
        said = {
            "标题": "密封材料",
            "说明": "本件涉及依法应当保密的信息，另行密封保管，不随卷装订。",
        }
    else:
        said = {
            "标题": "不能装订成页的材料", "题名": taken.piece.title, "文件名": original.name,
            "类型": original.mime_type, "大小": f"{original.size:,} 字节",
            "时间": moment(taken.piece.at),
            "说明": "本件为音像、电子数据等，原文件存于电子卷宗包，以上列摘要核对。",
        }  # fmt: skip
    return _rendered(_stand_in_template(), {"材料": {**said, "摘要": _split(original.sha256)}})


def text_sheet(title: str, content: str) -> bytes:
    """A docx of a text file, as it was typed."""
    shown = text(content[:LONGEST_TEXT]) or "（空）"
    return _rendered(_text_template(), {"材料": {"题名": title, "正文": shown}})


def cover_sheet(cover: Mapping[str, Any], *, retention: str, pages: int | None) -> bytes:
    """卷宗封面, by the bureau's own template."""
    written = {"保管期限": retention, "页数": str(pages or "")}
    return _own("cover", {**cover, WRITTEN: written})


def contents_sheet(cover: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> bytes:
    """卷内文件目录, by the bureau's own template."""
    return _own("contents", {**cover, "卷内文件": list(rows)})


def remarks_sheet(cover: Mapping[str, Any], *, remarks: str, pages: int | None) -> bytes:
    """卷内备考表, by the bureau's own template."""
    written = {"页数": str(pages or "　"), "情况说明": text(remarks)}
    return _own("remarks", {**cover, WRITTEN: written})


def _own(name: str, context: Mapping[str, Any]) -> bytes:
    form = DocumentForm.objects.get(code=own_form(name))
    template = current_template(form)
    if template is None:
        message = _("“%(form)s” has no template in use.")
        raise BindError(message % {"form": form.name})
    return _rendered(read_template(template), context)


def _rendered(template: bytes, context: Mapping[str, Any]) -> bytes:
    content, _missing = render_draft(template, context)
    return content


def _split(digest: str) -> str:
    """A digest in groups, so that it breaks into lines and can be compared by eye."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
