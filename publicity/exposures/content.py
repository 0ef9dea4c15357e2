"""The text of an exposure as it would go out: one place that says what belongs to it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from publicity.exposures.models import Exposure
from publicity.pages.models import ExposurePage
from publicity.pages.models.exposure import NULL_FIELDS, TEXT_FIELDS

#: Texts of the page in the order a reader meets them.
TEXTS = ("title", *TEXT_FIELDS, "laws")
FACTS = tuple(name for name in NULL_FIELDS if name != "expires_on")


def draft_of(exposure: Exposure) -> ExposurePage | None:
    """The page as last written, whether released or not; None before there is a draft."""
    if exposure.page_id is None:
        return None
    page: ExposurePage = ExposurePage.objects.get(pk=exposure.page_id)
    draft: ExposurePage = page.get_latest_revision_as_object()
    return draft


def texts_of(page: ExposurePage) -> dict[str, Any]:
    """Every text of the page by its field, streams as the plain data they store."""
    return {name: _plain(getattr(page, name)) for name in TEXTS}


def captions_of(exposure: Exposure) -> dict[str, Any]:
    """What stands beside its files, by the key of each."""
    rows = exposure.assets.values_list("pk", "caption", "original_name")
    return {f"file{pk}": {"caption": caption} for pk, caption, _name in rows}


def content_hash(exposure: Exposure, page: ExposurePage | None = None) -> str:
    """sha256 of all that would go out: texts, facts and files. "" before there is a draft."""
    page = page or draft_of(exposure)
    return "" if page is None else hash_of(page, exposure)


def hash_of(page: ExposurePage, exposure: Exposure) -> str:
    """sha256 of this page's texts and facts with the exposure's files."""
    files = exposure.assets.order_by("pk").values_list("pk", "sha256", "caption", "order")
    content = {
        **texts_of(page),
        **{name: getattr(page, name) for name in FACTS},
        "files": list(files),
    }
    data = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
    return sha256(data.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if hasattr(value, "get_prep_value"):
        return value.get_prep_value()
    return value or ""
