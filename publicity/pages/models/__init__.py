"""What the public site is made of."""

from __future__ import annotations

from publicity.pages.models.category import CaseCategory
from publicity.pages.models.exposure import ExposureCorrection, ExposurePage, WithdrawalKind
from publicity.pages.models.released_file import ReleasedFile
from publicity.pages.models.site_info import SiteInfo
from publicity.pages.models.site_pages import CaseIndexPage, HomePage, StandardPage

__all__ = [
    "CaseCategory",
    "CaseIndexPage",
    "ExposureCorrection",
    "ExposurePage",
    "HomePage",
    "ReleasedFile",
    "SiteInfo",
    "StandardPage",
    "WithdrawalKind",
]
