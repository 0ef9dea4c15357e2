"""Large files in parts: interrupted, gone on with, checked as a whole, never served."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from workflow.models import Upload
from workflow.services.uploads import PART, path_of, sweep_uploads

CONTENT = b"%PDF-1.7\n" + b"0123456789" * 250_000


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def sender(client, world, case):
    client.force_login(world.handler)
    return Sender(client, case)


class Sender:
    """What the script in the browser does."""

    def __init__(self, client, case):
        self.client, self.case = client, case

    def start(self, content=CONTENT, **more):
        about = {
            "name": "监控录像.pdf", "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(), **more,
        }  # fmt: skip
        return self.client.post(reverse("workflow_case:upload", args=[self.case.pk]), about)

    def part(self, url, offset, content=CONTENT, size=PART):
        return self.client.post(
            url, content[offset : offset + size], content_type="application/octet-stream",
            headers={"Upload-Offset": str(offset)},
        )  # fmt: skip

    def all_parts(self, state, content=CONTENT):
        while state["received"] < len(content):
            state |= self.part(state["url"], state["received"], content).json()
        return state

    def form(self, token, **more):
        data = {
            "token": token, "title": "监控录像", "kind": "audiovisual",
            "acted_at": timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M"), **more,
        }  # fmt: skip
        return self.client.post(reverse("workflow_case:add_evidence", args=[self.case.pk]), data)


def test_a_file_in_parts_is_evidence_as_if_it_came_whole(sender, case):
    state = sender.all_parts(sender.start().json())

    response = sender.form(state["token"])

    file = case.evidence.get()
    assert response.status_code == 302
    assert (file.original_name, file.size, file.mime_type) == (
        "监控录像.pdf", len(CONTENT), "application/pdf",
    )  # fmt: skip
    with file.file.open() as kept:
        assert kept.read() == CONTENT
    assert not Upload.objects.exists()


def test_an_interrupted_upload_goes_on_where_it_stopped(sender):
    first = sender.start().json()
    sender.part(first["url"], 0)

    again = sender.start().json()

    assert (again["token"], again["received"]) == (first["token"], PART)
    assert sender.client.get(again["url"]).json() == {"received": PART}
    assert sender.all_parts(again)["received"] == len(CONTENT)


def test_what_a_dead_request_left_behind_is_overwritten(sender, case):
    state = sender.start().json()
    sender.part(state["url"], 0)
    with path_of(Upload.objects.get()).open("ab") as file:
        file.write(b"half a part")

    sender.form(sender.all_parts(state | {"received": PART})["token"])

    with case.evidence.get().file.open() as kept:
        assert kept.read() == CONTENT


@pytest.mark.parametrize("offset", [1, PART, -1])
def test_a_part_at_the_wrong_place_says_how_far_it_came(sender, offset):
    state = sender.start().json()

    response = sender.part(state["url"], offset)

    assert (response.status_code, response.json()["code"]) == (409, "wrong_offset")
    assert response.json()["received"] == 0


@pytest.mark.parametrize("content", [b"", b"x" * (PART + 1)])
def test_a_part_has_a_size(sender, content):
    url = sender.start().json()["url"]

    response = sender.part(url, 0, content, size=PART + 1)

    assert (response.status_code, response.json()["code"]) == (422, "part_size")


def test_not_more_comes_than_was_announced(sender):
    url = sender.start(CONTENT[:10]).json()["url"]

    assert sender.part(url, 0, CONTENT[:11]).status_code == 422
    assert sender.part(url, 0, CONTENT[:10]).json() == {"received": 10}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"size": 51 * 1024 * 1024}, "too_large"), ({"size": 0}, "empty"),
        ({"sha256": "x"}, "digest"), ({"name": "木马.exe"}, "type_not_accepted"),
    ],
)  # fmt: skip
def test_what_is_never_taken_in_is_refused_before_it_is_sent(sender, more, code):
    response = sender.start(**more)

    assert (response.status_code, response.json()["code"]) == (422, code)
    assert not Upload.objects.exists()


def test_another_file_than_the_announced_one_is_forgotten(sender, case):
    state = sender.start(sha256="0" * 64).json()
    state = sender.all_parts(state)

    response = sender.form(state["token"])

    assert response.status_code == 422
    assert not case.evidence.exists()
    assert not Upload.objects.exists()


def test_half_a_file_is_no_evidence(sender, case):
    state = sender.start().json()
    sender.part(state["url"], 0)

    assert sender.form(state["token"]).status_code == 422
    assert (case.evidence.count(), Upload.objects.count()) == (0, 1)


def test_a_refused_form_keeps_what_was_sent(sender, case):
    state = sender.all_parts(sender.start().json())

    assert sender.form(state["token"], title="").status_code == 422
    assert sender.form(state["token"]).status_code == 302
    assert case.evidence.count() == 1


def test_an_upload_is_of_one_person_and_one_record(sender, world):
    state = sender.start().json()
    elsewhere = reverse(
        "workflow_case:upload_part", args=[world.investigating().pk, state["token"]]
    )
    assert sender.part(elsewhere, 0).status_code == 404

    sender.client.force_login(world.second)

    assert sender.part(state["url"], 0).status_code == 404
    assert sender.client.get(state["url"]).status_code == 404
    assert sender.form(state["token"]).status_code == 404


def test_one_who_may_not_add_evidence_starts_no_upload(sender, world):
    sender.client.force_login(world.unit_head)

    assert sender.start().json()["code"] == "no_permission"


def test_without_a_file_the_form_asks_for_one(sender):
    assert sender.form("").status_code == 422


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_what_nobody_goes_on_with_is_swept(sender, hours, left):
    url = sender.start().json()["url"]
    sender.part(url, 0)
    place = path_of(Upload.objects.get())

    assert sweep_uploads(clock.now() + timedelta(hours=hours)) == 1 - left
    assert (Upload.objects.count(), place.exists()) == (left, bool(left))
