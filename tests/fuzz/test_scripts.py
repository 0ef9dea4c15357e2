"""What our scripts send, as they never would: answered in words, and nothing changed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.casework import World
from tests.everything import everything
from tests.fuzz.judge import MAY_WRITE, undone
from tests.fuzz.values import MARK, RAW_BYTES, STRANGE
from workflow.models import Upload
from workflow.services.uploads import PART, path_of

CONTENT = bytes(range(256))
FAIR = {"name": "监控录像.mp4", "size": str(len(CONTENT)), "sha256": "0" * 64}
NUMBERS = ["", "x", "-1", "1.5", "NaN", "9" * 30, "1\x00", None]
WRONG = [
    *(("size", value) for value in [*NUMBERS, "0"]),
    *(("sha256", value) for value in ["", "0" * 63, "0" * 65, "G" * 64, "0" * 64 + "\n", None]),
    *(("name", value) for value in ["", "\x00", ".", "x" * 300, STRANGE, RAW_BYTES, None]),
]  # fmt: skip


@pytest.fixture
def world(db, client):
    """The handler is signed in."""
    world = World()
    client.force_login(world.handler)
    return world


@pytest.fixture(params=["lead", "case"])
def record(request, world):
    return world.verifying() if request.param == "lead" else world.investigating()


def start(client, record, **more):
    about = {name: value for name, value in {**FAIR, **more}.items() if value is not None}
    return client.post(reverse(f"workflow_{record.machine}:upload", args=[record.pk]), about)


def send(client, url, offset, content):
    headers = {} if offset is None else {"Upload-Offset": offset}
    return client.post(url, content, content_type="application/octet-stream", headers=headers)


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_an_upload_that_cannot_be_is_not_begun(client, record, field, value):
    before = everything(but=MAY_WRITE)

    answer = start(client, record, **{field: value})

    assert answer.status_code == 422
    assert answer.json()["message"]
    assert everything(but=MAY_WRITE) == before


@pytest.mark.parametrize("offset", NUMBERS)
def test_a_part_without_its_place_is_not_kept(client, record, offset):
    url = start(client, record).json()["url"]
    before = everything(but=MAY_WRITE)

    answer = send(client, url, offset, CONTENT)

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_offset")
    assert (answer.json()["received"], path_of(Upload.objects.get()).exists()) == (0, False)
    assert everything(but=MAY_WRITE) == before


PARTS = st.tuples(st.integers(-2, 300), st.binary(max_size=300) | st.just(b"x" * (PART + 1)))


@given(parts=st.lists(PARTS | st.tuples(st.none(), st.binary(min_size=1, max_size=99)), max_size=9))
def test_whatever_parts_come_the_file_is_those_that_follow_on(client, record, parts):
    """``None`` stands for the right place."""
    kept = b""
    with undone():
        url = start(client, record).json()["url"]
        for offset, content in parts:
            place = len(kept) if offset is None else offset
            answer = send(client, url, str(place), content)
            follows = place == len(kept) and 0 < len(content) <= len(CONTENT) - len(kept)
            kept += content if follows else b""
            assert (answer.status_code == 200, answer.json()["received"]) == (follows, len(kept))
        place = path_of(Upload.objects.get())
        assert (place.read_bytes() if place.exists() else b"") == kept
        place.unlink(missing_ok=True)


@pytest.mark.parametrize("value", [STRANGE, RAW_BYTES, "\x00", "9" * 30, "长" * 100_000, ""])
@pytest.mark.parametrize(
    "field", ["subject_name", "subject_uscc", "subject_phone", "title", "party"]
)
def test_suggestions_stand_whatever_is_typed(client, world, field, value):
    before = everything(but=MAY_WRITE)

    answer = client.post(reverse("workflow_lead:known"), {field: value})

    assert answer.status_code == 200
    assert f"<script>{MARK}" not in answer.content.decode()
    assert everything(but=MAY_WRITE) == before
