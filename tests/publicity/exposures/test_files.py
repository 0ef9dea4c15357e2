"""Files of an exposure: private before, clean and nameless in public, gone with the withdrawal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from publicity.exposures import files
from publicity.pages.models import ReleasedFile
from tests.publicity.exposures.world import codes
from workflow import api

AUTHOR = "拍摄者尤志刚"


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = AUTHOR  # ImageDescription
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, format="JPEG", exif=exif)
    return out.getvalue()


def public_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_picture_goes_out_clean_and_comes_off_again(
    news, client, django_capture_on_commit_callbacks
):
    exposure = news.drafting()
    asset = files.add_asset(
        exposure, actor=news.editor, content=photo(), name="尤志刚拍.jpg", caption="涉案玩具"
    )
    hidden = public_files()
    exposure = news.walk(exposure)
    (shown,) = public_files()
    content = shown.read_bytes()
    html = client.get(f"/cases/{exposure.release_no}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        news.do(exposure, "exposure.withdraw", {"kind": "privacy", "reason": "撤下"})

    assert hidden == []
    assert AUTHOR.encode() not in content
    assert "尤志刚" not in shown.name
    assert asset.sha256 not in shown.name
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    assert "涉案玩具" in html
    assert public_files() == []
    assert not ReleasedFile.objects.exists()


def test_only_pictures_and_pdf_go_out_and_only_while_it_is_written(news, client):
    exposure = news.drafting()

    def add(content: bytes, caption: str = "图"):
        return files.add_asset(
            exposure, actor=news.editor, content=content, name="a.exe", caption=caption
        )

    with pytest.raises(api.TransitionRefused) as wrong:
        add(b"MZ\x90\x00")
    with pytest.raises(api.TransitionRefused) as nameless:
        add(photo(), caption=" ")
    asset = add(photo())
    url = reverse("plugins:exposures:file", args=[exposure.pk, asset.pk])
    client.force_login(news.editor)
    to_editor = client.get(url)
    client.force_login(news.leader)
    to_leader = client.get(url)
    client.force_login(news.stranger)
    to_stranger = client.get(url)

    assert codes(wrong) == ["wrong_type"]
    assert codes(nameless) == ["caption_missing"]
    assert b"".join(to_editor.streaming_content) == photo()
    assert (to_leader.status_code, to_stranger.status_code) == (404, 404)
