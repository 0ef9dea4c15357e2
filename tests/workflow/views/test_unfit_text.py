"""Text nobody can keep, sent as browsers send it: refused beside its field, and kept there."""

from __future__ import annotations

from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.workflow.views.test_lead_intake import ADD, typed
from workflow.models import Lead

TEN_MEGABYTES = 10 * 1024 * 1024
PLACE = b"HERE"


@pytest.fixture
def officer(client, world):
    client.force_login(world.handler)
    return client


def in_parts(data, text: bytes) -> tuple[bytes, str]:
    """As a browser sends a form whose encoding is ``multipart/form-data``."""
    return encode_multipart(BOUNDARY, data).replace(PLACE, text), MULTIPART_CONTENT


def in_one_line(data, text: bytes) -> tuple[bytes, str]:
    """As a browser sends a form that names no encoding."""
    body = urlencode(data).encode().replace(PLACE, quote_from_bytes(text).encode())
    return body, "application/x-www-form-urlencoded"


def codes(response) -> dict[str, list[str]]:
    found = response.context["form"].errors.as_data()
    return {name: [error.code for error in errors] for name, errors in found.items()}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * TEN_MEGABYTES, id="latin"),
        pytest.param("长" * (TEN_MEGABYTES // 3), id="chinese"),
    ],
)
def test_ten_megabytes_of_text_are_refused_and_kept(officer, world, text):
    body, content_type = in_parts(typed(world, content="HERE"), text.encode())

    response = officer.generic("POST", ADD, body, content_type)

    assert response.status_code == 422
    assert codes(response) == {"content": ["max_length"]}
    assert text in response.content.decode()
    assert not Lead.objects.exists()


def test_the_same_in_one_line_is_more_than_a_form_can_take(officer, world):
    """So much is nothing a browser sends from a page of ours: they all ask for parts."""
    text = "长".encode() * (TEN_MEGABYTES // 3)

    response = officer.generic("POST", ADD, *in_one_line(typed(world, content="HERE"), text))

    assert response.status_code == 400
    assert "填写的内容超过一份表单可接收的 20 MB。 未作任何办理。" in response.content.decode()
    assert not Lead.objects.exists()


@pytest.mark.parametrize("written", [in_parts, in_one_line])
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        # As an encoder that knows no better writes it, and as a browser does.
        pytest.param(b"\xed\xa0\xbd", "\ufffd\ufffd\ufffd", id="raw"),
        pytest.param("\ufffd".encode(), "\ufffd", id="browser"),
    ],
)
def test_half_a_surrogate_is_refused_beside_its_field_and_kept(
    officer, world, written, sent, shown
):
    data = typed(world, content="半HERE个")

    refused = officer.generic("POST", ADD, *written(data, sent))

    assert refused.status_code == 422
    assert codes(refused) == {"content": ["control_character"]}
    assert refused.context["form"]["content"].value() == f"半{shown}个"
    assert not Lead.objects.exists()
    assert officer.generic("POST", ADD, *written(data, "𠮷".encode())).status_code == 302
    assert Lead.objects.get().content == "半𠮷个"
