"""The bound PDF: pages, their numbers, the contents that name them; what becomes no page."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.workflow.documents.papers import document_in
from tests.workflow.dossier.binding import pages_of, pdf, picture
from workflow.documents.binding.merging import Part, merge
from workflow.documents.binding.pages import pages_of_pdf, pages_of_picture

A4 = (595, 842)


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def sizes(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]


@pytest.mark.parametrize(
    ("width", "height", "kind"),
    [(80, 60, "PNG"), (60, 3000, "JPEG"), (4000, 90, "GIF"), (50, 50, "BMP"), (90, 90, "WEBP")],
)
def test_picture_of_any_shape_becomes_one_a4_page(tmp_path, width, height, kind):
    path = written(tmp_path, "x", picture(width, height, kind))

    assert sizes(pages_of_picture(path)) == [A4]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nbroken", b"", b"%PDF-1.7\nbroken"])
def test_broken_file_becomes_no_page_and_no_error(tmp_path, content):
    path = written(tmp_path, "x", content)

    assert pages_of_picture(path) is None
    assert pages_of_pdf(path) is None


def test_locked_pdf_becomes_no_page(tmp_path):
    assert pages_of_pdf(written(tmp_path, "x", pdf("SECRET", password="geheim"))) is None
    assert len(sizes(pages_of_pdf(written(tmp_path, "y", pdf("OPEN"))))) == 1


def test_pages_are_stamped_and_found_by_bookmark(tmp_path):
    first = written(tmp_path, "a", pdf("ONE", "TWO"))
    turned = written(tmp_path, "b", pages_of_pdf(written(tmp_path, "r", pdf("THREE", rotate=90))))
    target = tmp_path / "all.pdf"

    count = merge([Part("甲", first, "正卷"), Part("乙", turned, "副卷")], target, title="案")

    reader = PdfReader(target)
    texts = [page.extract_text().split() for page in reader.pages]
    assert count == 3
    assert [(set(words), n) for n, words in enumerate(texts, start=1)] == [
        ({"ONE", "1"}, 1), ({"TWO", "2"}, 2), ({"THREE", "3"}, 3),
    ]  # fmt: skip
    outline = reader.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == ["正卷", "副卷"]
    assert reader.get_destination_page_number(outline[3][0]) == 2


def test_nothing_that_runs_comes_along(tmp_path):
    writer = PdfWriter(clone_from=io.BytesIO(pdf("ONE")))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    opened = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    writer.pages[0][NameObject("/AA")] = opened
    writer.add_annotation(0, Link(rect=(0, 0, 99, 99), url="https://example.com/track"))
    live = io.BytesIO()
    writer.write(live)

    made = pages_of_pdf(written(tmp_path, "x", live.getvalue()))

    assert b"JavaScript" in live.getvalue()
    assert b"JavaScript" not in made
    assert b"example.com" not in made


@pytest.fixture
def long_file(world, case, add):
    """A case whose contents fill more than one page, with something of every kind."""
    document_in(case, world.handler, "甲")
    add(case, "营业执照复印件", "执照.pdf", pdf("ONE", "TWO", "THREE"))
    add(case, "现场照片（货架上的三无玩具枪）", "IMG.png", picture(), kind="audiovisual")
    add(case, "执法记录仪录音", "录音.mp3", b"ID3" + b"0" * 500, kind="audiovisual")
    add(case, "损坏的扫描件", "扫描.pdf", b"%PDF-1.7\nbroken")
    for n in range(30):
        add(case, f"聊天记录第{n}份", f"{n}.txt", f"item{n}x".encode(), kind="electronic")
    return case


@pytest.mark.services
@pytest.mark.slow
def test_contents_name_the_page_every_paper_stands_on(bind, long_file):
    dossier = bind(long_file, remarks="缺样品一件")

    texts = pages_of(dossier)
    rows = {row["title"]: row for row in dossier.contents}
    assert dossier.fault == ""
    assert dossier.pages == len(texts)
    # Every page bears its running number.
    assert all(str(n) in text.split() for n, text in enumerate(texts, start=1))
    # Every paper begins where the contents say, the one after it where it ends.
    assert "ONE" in texts[rows["营业执照复印件"]["first"] - 1]
    assert rows["营业执照复印件"]["last"] - rows["营业执照复印件"]["first"] == 2
    for n in range(30):
        row = rows[f"聊天记录第{n}份"]
        assert f"item{n}x" in texts[row["first"] - 1]
    ends = [row["last"] for row in dossier.contents]
    assert [row["first"] for row in dossier.contents[1:]] == [end + 1 for end in ends[:-1]]
    assert ends[-1] == dossier.pages - 1  # the remarks come last
    assert "缺样品一件" in texts[-1]
    # The contents are as long as they were counted, and print these very pages.
    first = dossier.contents[0]["first"]
    assert first > 3
    contents = "".join("".join(texts[1 : first - 1]).split())
    for row in dossier.contents:
        title = "".join(row["title"].split())
        assert re.search(rf"{re.escape(title)}.*?{re.escape(row['span'])}", contents)
    assert str(dossier.pages) in texts[0].split()
    # What cannot be pages has one that says what it is, and the record knows the PDF's digest.
    for title, content in (
        ("执法记录仪录音", b"ID3" + b"0" * 500), ("损坏的扫描件", b"%PDF-1.7\nbroken"),
    ):  # fmt: skip
        page = "".join(texts[rows[title]["first"] - 1].split())
        assert title in page
        assert hashlib.sha256(content).hexdigest() in page
    with dossier.pdf.open("rb") as stored:
        assert dossier.pdf_sha256 == hashlib.sha256(stored.read()).hexdigest()
