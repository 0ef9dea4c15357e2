from __future__ import annotations

import pytest


@pytest.mark.django_db
def test_public_page_allows_nothing_inline_and_nothing_foreign(client):
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_staff_page_allows_inline_code_but_nothing_foreign(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_wagtail_serves_no_documents_to_the_public(client):
    assert client.get("/documents/1/x.pdf").status_code == 404
