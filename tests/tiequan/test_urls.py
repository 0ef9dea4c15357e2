from __future__ import annotations

import pytest

from tiequan.urls import addresses


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("public", ["healthz", "search/", ""]),
        ("staff", ["healthz", "admin/", "admin/", "", "search/", ""]),
        ("both", ["healthz", "admin/", "admin/", "search/", ""]),
    ],
)
def test_each_site_mounts_only_its_own_addresses(site, expected):
    assert [str(route.pattern) for route in addresses(site)] == expected
