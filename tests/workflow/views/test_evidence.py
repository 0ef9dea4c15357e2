"""Evidence: stored by content, never as a page of this site, within scope, journalled."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts import clock
from tests.casework import later
from workflow import api
from workflow.documents.binding.pages import pages_of_picture
from workflow.services.sniff import sniff

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


def office():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return held.getvalue()


def add(client, user, case, name="照片.png", content=PNG, **more):
    client.force_login(user)
    data = {
        "upload": SimpleUploadedFile(name, content), "title": "现场照片", "kind": "audiovisual",
        "acted_at": timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        "collectors": "吴承办，钱协办", **more,
    }  # fmt: skip
    return client.post(reverse("workflow_case:add_evidence", args=[case.pk]), data)


def fetch(client, user, file):
    client.force_login(user)
    return client.get(reverse("workflow_case:evidence", args=[file.case_id, file.pk]))


@pytest.fixture
def case(world):
    return world.investigating()


def test_file_is_kept_as_it_came(client, world, case):
    response = add(client, world.handler, case)

    file = case.evidence.get()
    assert response.status_code == 302
    assert file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (file.size, file.mime_type) == (len(PNG), "image/png")
    assert (file.original_name, file.collectors) == ("照片.png", ["吴承办", "钱协办"])
    assert "照片" not in file.file.name
    assert case.journal_lines.get(verb="evidence.added").data["sha256"] == file.sha256


def test_file_comes_back_safely(client, world, case):
    add(client, world.handler, case, name="脚本.txt", content=b"<script>alert(1)</script>")
    file = case.evidence.get()

    response = fetch(client, world.second, file)

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_file_out_of_scope_does_not_exist(client, world, case):
    add(client, world.handler, case)

    assert fetch(client, world.stranger, case.evidence.get()).status_code == 404


def test_file_is_found_under_its_own_case_only(client, world, case):
    add(client, world.handler, case)
    other = world.investigating(title="另一线索")
    client.force_login(world.handler)

    wrong = reverse("workflow_case:evidence", args=[other.pk, case.evidence.get().pk])

    assert client.get(wrong).status_code == 404


def test_who_opened_a_file_is_kept_once_a_day_for_the_head_of_the_unit_to_see(client, world, case):
    for name in ("一.png", "二.png"):
        add(client, world.handler, case, name=name)
    first, second = case.evidence.order_by("pk")
    for file in (first, first, second):
        fetch(client, world.handler, file).getvalue()
    with later(days=1):
        fetch(client, world.handler, first).getvalue()

    looks = case.journal_lines.filter(verb="evidence.viewed").order_by("id")
    assert [line.data["evidence"] for line in looks] == [first.pk, second.pk, first.pk]
    page = reverse("workflow_case:inspect", args=[case.pk])
    for person, tab in ((world.unit_head, True), (world.handler, False)):
        client.force_login(person)
        assert ("?tab=access" in client.get(page).content.decode()) is tab


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.txt", b""), ("程序.exe", b"MZ\x90\x00" + b"\x00" * 50), ("页面.html", b"<html></html>"),
     ("假.pdf", PNG), ("无后缀", PNG), ("假.docx", b"PK\x03\x04broken"),
     ("二进制.txt", b"\x00\x01")],
)  # fmt: skip
def test_file_of_the_wrong_kind_is_refused(client, world, case, name, content):
    response = add(client, world.handler, case, name, content)

    assert response.status_code == 422
    assert "现场照片" in response.content.decode()
    assert case.evidence.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("笔录.docx", office()), ("文书.pdf", b"%PDF-1.7\n"), ("说明.txt", "说明".encode("gb18030")),
     ("../../etc/passwd.txt", b"text")],
)  # fmt: skip
def test_file_of_a_known_kind_is_taken(client, world, case, name, content):
    response = add(client, world.handler, case, name, content)

    assert response.status_code == 302
    assert "/" not in case.evidence.get().original_name


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024 + 1, 422), (1024 * 1024, 302)])
def test_largest_file_is_the_installation_s_to_say(client, world, case, settings, size, status):
    settings.EVIDENCE_MB = 1

    response = add(client, world.handler, case, content=PNG.ljust(size, b"0"))

    assert response.status_code == status


@pytest.mark.parametrize(("types", "status"), [(["pdf"], 422), (["pdf", "png"], 302), ([], 302)])
def test_kinds_are_the_installation_s_to_say(client, world, case, settings, types, status):
    settings.EVIDENCE_TYPES = types

    assert add(client, world.handler, case).status_code == status


def test_better_copy_keeps_the_first(client, world, case):
    add(client, world.handler, case)
    first = case.evidence.get()

    add(client, world.handler, case, replaces=first.pk)

    assert case.evidence.count() == 2
    assert case.evidence.get(replaces=first).pk != first.pk


def test_nothing_is_left_on_disk_when_the_act_is_refused(client, world, case, settings):
    response = add(client, world.handler, case, acted_at="2099-01-01T00:00")

    assert response.status_code == 422
    left = [p for p in (settings.PRIVATE_ROOT / "evidence").rglob("*") if p.is_file()]
    assert left == []


def test_person_without_the_act_adds_nothing(client, world, case):
    response = add(client, world.unit_head, case)

    assert response.status_code == 422
    assert case.evidence.count() == 0
    assert api.get_case(world.unit_head, case.pk) == case


def box(major, *compatible):
    """The beginning of a file of ISO 14496-12: its kind, then what else it is."""
    brands = major + b"\0\0\0\0" + b"".join(compatible)
    return (8 + len(brands)).to_bytes(4) + b"ftyp" + brands + b"\0" * 50


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("照片.heic", box(b"heic", b"mif1", b"heic"), "image/heic"),
        ("照片.HEIF", box(b"mif1", b"heic"), "image/heic"),
        ("录像.mp4", box(b"isom", b"mp41"), "video/mp4"),
        ("录像.mov", box(b"qt  "), "video/mp4"),
        ("照片.mp4", box(b"heic"), ""), ("录像.heic", box(b"isom"), ""),
        ("照片.heic", box(b"mif1", b"avif"), ""),
    ],
)  # fmt: skip
def test_a_photo_of_a_phone_is_told_from_a_film(client, world, case, name, content, mime):
    response = add(client, world.handler, case, name=name, content=content)

    assert response.status_code == (302 if mime else 422)
    assert list(case.evidence.values_list("mime_type", flat=True)) == ([mime] if mime else [])


def test_a_photo_of_a_phone_becomes_a_page(tmp_path):
    path = tmp_path / "photo.heic"
    pillow_heif.from_pillow(Image.new("RGB", (16, 16), "red")).save(path)

    with path.open("rb") as file:
        assert sniff(file) == "image/heic"
    assert (pages_of_picture(path) or b"").startswith(b"%PDF-")
