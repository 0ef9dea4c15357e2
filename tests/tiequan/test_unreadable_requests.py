"""Requests that cannot be read: 400 in the reader's language, with what to do about it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from lxml.html import fromstring

CHINESE = len(quote("长"))
"""Bytes a browser sends for one character in a form that names no encoding."""
FITTING = 1024**2 // CHINESE
ENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def browser(db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024**2
    found = Client(enforce_csrf_checks=True)
    found.get("/admin/login/")
    return found


def main_of(response) -> str:
    return " ".join(fromstring(response.content.decode()).find(".//main").text_content().split())


def send(browser, path: str, characters: int):
    return browser.generic("POST", path, b"note=" + b"%E9%95%BF" * characters, ENCODED)


@pytest.mark.parametrize(("path", "home"), [("/admin/leads/", "/admin/"), ("/cases/", "/")])
def test_more_text_than_a_form_can_take_is_refused_with_what_to_do(browser, path, home):
    response = send(browser, path, FITTING + 1)

    assert response.status_code == 400
    assert main_of(response) == (
        "请求无法读取 填写的内容超过一份表单可接收的 1 MB。 未作任何办理。 "
        "请用浏览器返回上一页：您填写的内容仍在。请复制保存，精简或者分次填写后重新提交；"
        "长篇材料请作为附件添加。 首页"
    )
    assert f'href="{home}"' in response.content.decode()
    assert "长" * 9 not in response.content.decode()
    assert send(browser, path, FITTING - 1).status_code != 400


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        pytest.param(
            b"&".join(b"n=1" for _n in range(1001)),
            ENCODED,
            "提交的字段或者文件超过一份表单可接收的数量。",
            id="fields",
        ),
        pytest.param(
            b"--x",
            "multipart/form-data; boundary=",
            "浏览器发送的内容在传输中损坏或者不完整。",
            id="damaged",
        ),
    ],
)
def test_what_else_cannot_be_read_says_why(browser, body, content_type, why):
    response = browser.generic("POST", "/admin/leads/", body, content_type)

    assert response.status_code == 400
    assert main_of(response).startswith(f"请求无法读取 {why} 未作任何办理。")


def test_a_host_nobody_knows_gets_the_page_too(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert main_of(response).startswith("请求无法读取")
