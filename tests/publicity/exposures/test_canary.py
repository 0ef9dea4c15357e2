"""A canary in every private text and file: none of them may be heard in public.

The fields are read from the models and the places from the addresses (``planting``,
``public_ear``). What the intake may carry is its own list; a canary in one of those is heard,
which proves the ear.
"""

from __future__ import annotations

import io
import json

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts import clock
from publicity.exposures import files
from publicity.exposures.intake import originals
from publicity.exposures.models import Exposure
from publicity.pages.models import ExposurePage, ReleasedFile
from publicity.pages.withdraw import blank
from tests.casework import reload
from tests.publicity.exposures.planting import (
    fabricate,
    plant,
    plant_files,
    private_files,
    private_texts,
    word,
)
from tests.publicity.exposures.public_ear import leaks, patterns, public_paths, said, surfaces
from workflow.models import Party

#: No text of anybody's fits there.
CANNOT_BE_PLANTED = {
    "exposures.ExposureAsset.mime_type": "the database takes four types of file only",
}  # fmt: skip


def test_no_private_word_of_the_file_is_heard_in_public(news, django_capture_on_commit_callbacks):
    """Planted before the draft is made of the file, and again in what is there at the release."""
    case = news.enforcing()
    case.lead.reporters.create(kind="real_name", name="甲", phone="1", note="注")
    news.evidence(case)
    first = {**plant(), **plant_files()}
    exposure = Exposure.objects.get(pk=news.nominated(case=reload(case)).pk)
    exposure = news.do(exposure, "exposure.draft")
    picture = add_picture(news, exposure)
    with django_capture_on_commit_callbacks(execute=True):
        news.walk(exposure)
    second = {**plant(), **plant_files()}

    heard = surfaces(typed=list(first)[:3])

    assert len(first) > 60
    assert leaks(heard, {**first, **picture, **second}) == {}
    assert ExposurePage.objects.get().live
    assert ReleasedFile.objects.count() == 1


def add_picture(news, exposure) -> dict[str, str]:
    """A picture with a word in its name and one inside, beside the pixels."""
    named, inside = word(), word()
    more, content = PngInfo(), io.BytesIO()
    more.add_text("Comment", inside)
    Image.new("RGB", (8, 8), "red").save(content, "PNG", pnginfo=more)
    assert inside.encode() in content.getvalue()
    files.add_asset(
        exposure, actor=news.editor, content=content.getvalue(), name=f"{named}.png", caption="图"
    )
    return {named: "name of a picture", inside: "comment in a picture"}


def test_no_text_of_any_model_comes_out(news, client):
    """Also of the models no walk of a test has a row of: measures, plans, merges, plugins' own."""
    exposure = news.released()
    page = exposure.page
    Party.objects.create(kind="person", name="乙")  # two are needed for a merge
    without_row = fabricate()
    texts, kept = plant(make=True), plant_files()

    heard = surfaces(typed=list(texts)[:3])
    heard["the door"] = json.dumps(originals(reload(exposure.case)), default=str)
    blank(page, on=clock.today(), kind="mistake")
    notice = client.get(f"/cases/{exposure.release_no}/")
    heard["notice"] = said(notice)

    assert notice.status_code == 410
    assert without_row == set()
    assert private_texts() - set(texts.values()) == set(CANNOT_BE_PLANTED)
    assert set(kept.values()) == set(private_files())
    assert leaks(heard, {**texts, **kept}) == {}


def test_what_the_intake_may_carry_is_heard(news):
    """The ear works: a word in an allowed field is found on the page, in the index, in the feed."""
    case = news.enforcing()
    carried = word()
    type(case)._base_manager.filter(pk=case.pk).update(cause=f"销售{carried}产品")
    exposure = news.walk(news.do(news.nominated(case=reload(case)), "exposure.draft"))

    heard = surfaces()
    places = {place for place, text in heard.items() if carried in text}

    assert {"/", "/cases/", f"/cases/{exposure.release_no}/", "/cases/feed/"} <= places
    assert "/search/?q=三无" in heard
    assert any(place.startswith("search_public") for place in places)
    assert not {"/sitemap.xml", "/robots.txt", "/healthz", "404", "500"} & places


def test_every_public_address_is_listened_at(news):
    exposure = news.released()

    routes = {f"/{route}" for route, pattern in patterns() if pattern.name != "wagtail_serve"}

    assert routes < set(public_paths())
    assert {"/", "/cases/", f"/cases/{exposure.release_no}/", "/cases/feed/"} <= set(public_paths())


def test_every_model_of_the_file_is_covered():
    """A column that is left out would be a hole: some of each part, so that none is forgotten."""
    assert {
        "workflow.Lead.subject_name", "workflow.Reporter.phone", "workflow.Party.id_number",
        "workflow.Dossier.sha256", "workflow.Service.document", "accounts.User.name",
        "exposures.RedactionHit.severity", "search.CaseworkIndexEntry.body",
    } <= private_texts()  # fmt: skip
    assert set(private_files()) == {
        "workflow.DocumentTemplate.file", "workflow.Document.file", "workflow.Dossier.pdf",
        "workflow.Dossier.archive", "workflow.EvidenceFile.file", "exposures.ExposureAsset.file",
    }  # fmt: skip
