"""Exposures, how they were checked, and their files."""

from __future__ import annotations

from publicity.exposures.models.asset import ExposureAsset
from publicity.exposures.models.check import Confirmation, RedactionHit, RedactionRun
from publicity.exposures.models.exposure import Exposure, ReleaseCounter

__all__ = [
    "Confirmation",
    "Exposure",
    "ExposureAsset",
    "RedactionHit",
    "RedactionRun",
    "ReleaseCounter",
]
