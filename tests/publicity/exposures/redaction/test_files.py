from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

from publicity.exposures.redaction import NOBODY, Person, Registry, Severity
from publicity.exposures.redaction.files import detect_in_file
from publicity.exposures.redaction.files.images import strip_metadata
from publicity.exposures.redaction.files.parts import Unreadable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE = Registry(persons=(Person("张三丰"),))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def hits(path, mime, registry=FILE):
    found = detect_in_file(path, mime, registry=registry)
    return [(item.path, item.hit.kind.value, item.hit.text) for item in found]


def archive(path, **parts):
    with zipfile.ZipFile(path, "w") as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_usual_encodings(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("由张三丰供货".encode(encoding))

    assert hits(path, "text/plain; charset=x") == [("text", "name", "张三丰")]


def test_file_name_is_asked_too(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("无", "utf-8")

    found = detect_in_file(path, "text/plain", registry=FILE, name="张三丰笔录.txt")

    assert [(item.path, item.hit.text) for item in found] == [("name", "张三丰")]


def test_word_file_is_read_with_deleted_text_comments_and_author(tmp_path):
    path = archive(
        tmp_path / "a.docx",
        word__document_xml=(
            f"<w:document {W}><w:p><w:r><w:t>张三</w:t></w:r><w:r><w:t>丰</w:t></w:r></w:p>"
            '<w:p><w:del w:author="李四"><w:delText>13812345678</w:delText></w:del></w:p>'
            "</w:document>"
        ),
        word__comments_xml=(
            f"<w:comments {W}><w:comment><w:p>皖R12345</w:p></w:comment></w:comments>"
        ),
        docProps__core_xml="<c><creator>王五</creator></c>",
    )

    assert hits(path, DOCX) == [
        ("word/document.xml#del", "metadata", "李四"),
        ("word/document.xml", "name", "张三丰"),
        ("word/document.xml", "mobile", "13812345678"),
        ("word/document.xml#tracked", "metadata", ""),
        ("word/comments.xml", "plate", "皖R12345"),
        ("word/comments.xml#tracked", "metadata", ""),
        ("docProps/core.xml#creator", "metadata", "王五"),
    ]


def test_embedded_file_and_entity_bomb_block(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
    embedded = archive(tmp_path / "a.docx", **{"word__embeddings__a.bin": "x"})
    unsafe = archive(tmp_path / "b.docx", word__document_xml=bomb)

    for path in (embedded, unsafe):
        [item] = detect_in_file(path, DOCX, registry=NOBODY)
        assert item.hit.severity is Severity.BLOCK


@pytest.mark.parametrize("mime", [DOCX, "application/pdf", "image/jpeg", "application/x-foo"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7\nbroken", b"\xff\xd8\xff"])
def test_file_nobody_can_read_blocks(tmp_path, mime, data):
    path = tmp_path / "a"
    path.write_bytes(data)

    [item] = detect_in_file(path, mime, registry=NOBODY)

    assert (item.hit.kind, item.hit.severity) == ("unreadable", Severity.BLOCK)


def test_pdf_metadata_and_annotation_are_read(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "张三丰", "/Title": "13812345678"})
    writer.add_outline_item(title="皖R12345", page_number=0)
    path = tmp_path / "a.pdf"
    writer.write(path)

    found = hits(path, "application/pdf")

    assert ("page 1", "unreadable", "") in found
    assert ("metadata/Author", "name", "张三丰") in found
    assert ("metadata/Author", "metadata", "张三丰") in found
    assert ("metadata/Title", "mobile", "13812345678") in found
    assert ("outline", "plate", "皖R12345") in found


def test_encrypted_and_carrying_pdf_blocks(tmp_path):
    secret, carrier = PdfWriter(), PdfWriter()
    secret.add_blank_page(100, 100)
    secret.encrypt("x", algorithm="RC4-128")
    secret.write(tmp_path / "secret.pdf")
    carrier.add_blank_page(100, 100)
    carrier.add_attachment("张三丰.txt", b"x")
    carrier.write(tmp_path / "carrier.pdf")

    for name in ("secret.pdf", "carrier.pdf"):
        found = detect_in_file(tmp_path / name, "application/pdf", registry=FILE)
        assert Severity.BLOCK in {item.hit.severity for item in found}


def picture(kind: str, **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(target, kind, **options)
    return target.getvalue()


def exif() -> Image.Exif:
    fields = Image.Exif()
    fields[0x010E] = "张三丰 13812345678".encode()
    fields[0x0112] = 6
    fields.get_ifd(0x8825)[2] = (30.0, 6.0, 1.0)
    return fields


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_stripped_picture_says_nothing_and_stands_upright(tmp_path, kind):
    data = picture(kind, exif=exif())
    path = tmp_path / "a"
    path.write_bytes(data)
    before = {
        item.hit.kind for item in detect_in_file(path, f"image/{kind.lower()}", registry=FILE)
    }

    path.write_bytes(strip_metadata(data))

    assert before == {"name", "mobile", "metadata", "unreadable"}
    assert hits(path, f"image/{kind.lower()}") == [("picture", "unreadable", "")]
    with Image.open(path) as bare:
        assert bare.size == (2, 4)


def test_animation_keeps_its_frames():
    frames = [Image.new("RGB", (2, 2), color) for color in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], comment=b"secret")

    stripped = strip_metadata(target.getvalue())

    with Image.open(io.BytesIO(stripped)) as bare:
        assert bare.n_frames == 2
        assert "comment" not in bare.info


def test_picture_of_another_format_is_refused():
    for data in (b"", picture("BMP"), picture("JPEG")[:100]):
        with pytest.raises(Unreadable):
            strip_metadata(data)
