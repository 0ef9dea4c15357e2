"""The desk names the exposures whose next step is for the person who sits at it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from publicity.exposures.selectors import waiting_for


@pytest.fixture
def waiting(news):
    """Names of the people for whom the exposure waits, whatever else there is."""

    def names(exposure):
        people = {
            "editor": news.editor, "editor2": news.editor2, "checker": news.checker,
            "handler": news.handler, "leader": news.leader, "stranger": news.stranger,
        }  # fmt: skip
        return {name for name, who in people.items() if exposure in waiting_for(who)}

    return names


def test_it_waits_for_whoever_takes_the_next_step(news, waiting):
    nominated = news.nominated()
    before = waiting(nominated)
    drafting = news.do(nominated, "exposure.draft")

    assert before == waiting(drafting) == {"editor", "editor2"}


def test_a_text_in_checking_waits_for_others_than_its_writer(news, waiting):
    checking = news.settled(news.checking())
    assert waiting(checking) == {"editor2", "checker"}

    second = news.do(checking, "exposure.confirm", by=news.editor2)
    assert waiting(second) == {"checker"}

    both = news.do(second, "exposure.review_secrecy", by=news.checker)
    assert waiting(both) == {"editor", "editor2"}


def test_what_is_approved_waits_to_be_released_and_then_for_nobody(news, waiting):
    approved = news.approved()
    assert waiting(approved) == {"editor", "editor2"}

    assert waiting(news.do(approved, "exposure.release")) == set()


def test_the_desk_shows_it_to_whom_it_waits_for_and_no_panel_to_others(news, client):
    exposure = news.checking()

    def desk(person):
        client.force_login(person)
        return client.get("/admin/").content.decode()

    link = reverse("plugins:exposures:inspect", args=[exposure.pk])
    heard = {name: desk(getattr(news, name)) for name in ("checker", "editor", "handler")}
    assert {name: link in page for name, page in heard.items()} == {
        "checker": True, "editor": False, "handler": False,
    }  # fmt: skip
    assert {name: "等待我处理的曝光" in page for name, page in heard.items()} == {
        "checker": True, "editor": True, "handler": False,
    }  # fmt: skip
