"""曝光 at the screens: from the nomination to the withdrawal, by the people it needs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from publicity.exposures.models import Exposure
from tests.browser.casework_stages import Bureau
from tests.browser.officer import address
from tests.casework import reload
from workflow.models import Case

REASON = "已核实，属于可以公开的内容。"


def nominate(bureau: Bureau, case: Case) -> Exposure:
    """The handler nominates the case from its page."""
    bureau.handler.act(
        case, "publicity", reverse("plugins:exposures:nominate", args=[case.pk]),
        reason="群众关注度高，有警示意义。", kind="typical",
    )  # fmt: skip
    return Exposure.objects.get(case=case)


def draft(bureau: Bureau, exposure: Exposure, *, title: str) -> Exposure:
    """The editor completes the masked draft in the page editor and submits it for checking."""
    editor = bureau.editor
    editor.step(exposure, "exposure.draft")
    exposure = reload(exposure)
    editor.open(exposure)
    page = editor.visitor.press(editor.link(f"/admin/pages/{exposure.page_id}/edit/"))
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # saved by itself
        editor.visitor.type_into(page.locator("[name=title]"), title)
    editor.visitor.press(page.locator("button.action-save").first)
    editor.open(exposure)
    for name in ("mask", "check"):
        button = page.locator(f'form[action="{address(exposure, name)}"] button')
        if button.count():
            editor.visitor.press(button)
    editor.step(exposure, "exposure.submit_check")
    return reload(exposure)


def check(bureau: Bureau, exposure: Exposure) -> Exposure:
    """A second person decides on every open place and confirms; secrecy is reviewed."""
    second = bureau.editor2
    page = second.open(exposure)
    while (fields := page.locator(".tx-hit [name=reason]")).count():
        second.visitor.type_into(fields.first, REASON)
        second.visitor.press(page.locator(".tx-hit button").first)
    second.step(exposure, "exposure.confirm")
    bureau.checker.step(exposure, "exposure.review_secrecy")
    return reload(exposure)


def release(bureau: Bureau, exposure: Exposure) -> Exposure:
    """Proposed by the editor, signed by the leader over the whole text, released."""
    exposure = bureau.signed(
        exposure, "exposure.approve", by=bureau.editor, signers=(bureau.leader,)
    )
    bureau.editor.step(exposure, "exposure.release", confirm=True)
    return reload(exposure)


def withdraw(bureau: Bureau, exposure: Exposure) -> Exposure:
    """Off the site, with a ground that the notice shows."""
    bureau.editor.step(
        exposure, "exposure.withdraw", confirm=True, kind="mistake", reason="当事人申请更正。"
    )
    return reload(exposure)


def places(exposure: Exposure, word: str) -> dict[str, str]:
    """Where the public meets a case, besides its own page, by name of the place."""
    return {
        "home": "/",
        "list": "/cases/",
        "search": f"/search/?{urlencode({'q': word})}",
        "sitemap": "/sitemap.xml",
        "feed": "/cases/feed/",
    }


def told(visitor: Any, where: str, path: str) -> str:
    """What a place says; a file for machines is asked for, a page is visited."""
    if where in {"sitemap", "feed"}:
        answer = visitor.page.request.get(path)
        assert answer.status == 200, path
        return str(answer.text())
    return str(visitor.visit(path).locator("main").inner_html())
