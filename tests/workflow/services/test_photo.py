"""Pictures keep inside what the camera wrote, tell it to officers, and never to the public."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from accounts import clock
from publicity.exposures.redaction.files.images import strip_metadata
from workflow.services.evidence import add_evidence
from workflow.services.photo import read_photo

SAID = {
    "taken_at": "2022-03-01T08:59:30", "latitude": 30.1025, "longitude": 117.0275,
    "device": "华为 P40",
}  # fmt: skip


def photograph() -> bytes:
    exif, body = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "华为".encode(), "P40"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2022:03:01 08:59:30"
    place = {
        ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (30.0, 6.0, 9.0),
        ExifTags.GPS.GPSLongitudeRef: "E", ExifTags.GPS.GPSLongitude: (117.0, 1.0, 39.0),
    }  # fmt: skip
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    Image.new("RGB", (40, 30), "navy").save(body, "JPEG", exif=exif)
    return body.getvalue()


def test_a_photograph_says_when_and_where_it_was_taken(client, world):
    case = world.investigating()
    content = photograph()

    file = add_evidence(
        case, actor=world.handler, kind="inspection", title="现场照片", collected_at=clock.now(),
        upload=SimpleUploadedFile("现场.jpg", content),
    )  # fmt: skip

    assert file.photo == SAID
    with file.file.open() as kept:
        assert kept.read() == content
    client.force_login(world.handler)
    page = client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": "documents"})
    text = page.content.decode()
    assert ("30.1025" in text, "117.0275" in text, "华为 P40" in text) == (True, True, True)


def test_the_public_copy_says_nothing_of_it():
    bare = strip_metadata(photograph())

    with Image.open(io.BytesIO(bare)) as picture:
        assert (dict(picture.getexif()), picture.size) == ({}, (40, 30))
    assert read_photo(io.BytesIO(bare), "image/jpeg") == {}
    assert b"P40" not in bare


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff broken", photograph().replace(b"2022:03:01", b"never......")],
)
def test_what_a_picture_does_not_say_is_left_out(content):
    assert "taken_at" not in read_photo(io.BytesIO(content), "image/jpeg")
