"""A large file sent from the browser: the connection breaks on the way, the file arrives whole."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import World
from workflow.models import Upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTENT = b"%PDF-1.7\n" + b"0123456789" * 300_000


def test_a_broken_connection_goes_on_where_it_stopped(house):
    world = World()
    case = world.investigating()
    officer = house.officer(world.handler)
    page = officer.visitor.visit(reverse("workflow_case:add_evidence", args=[case.pk]))
    broken = []

    def break_second_part(route, request):
        if request.headers.get("upload-offset") == str(1024 * 1024) and not broken:
            broken.append(request.url)
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route("**/evidence/upload/*/", break_second_part)
    page.locator("[name=upload]").set_input_files(
        {"name": "监控录像.pdf", "mimeType": "application/pdf", "buffer": CONTENT}
    )
    page.locator("[name=title]").fill("监控录像")
    page.locator("[name=acted_at]").fill("2022-03-01T09:00")
    page.locator("[name=late_reason]").fill("补录")
    with page.expect_navigation(url="**/?tab=documents"):
        page.locator("main form .cw-actions button[type=submit]").click()

    with case.evidence.get().file.open() as kept:
        assert kept.read() == CONTENT
    assert (len(broken), Upload.objects.count()) == (1, 0)
