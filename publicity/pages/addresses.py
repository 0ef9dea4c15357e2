"""The public addresses that are promised to stay, wherever the site is mounted."""

from __future__ import annotations

from django.urls import get_script_prefix


def public_address(path: str = "") -> str:
    """Return the path on this host of a public address given without its leading slash."""
    return get_script_prefix() + path


def case_address(release_no: int | None) -> str:
    """Return the address of a released case; a draft has none."""
    return public_address(f"cases/{release_no}/") if release_no is not None else ""
