"""A page of a case goes live under a release number or not at all, and leaves without a trace."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Revision

from publicity.basepage.models import BasePage
from publicity.pages.models import ExposureCorrection, ExposurePage, WithdrawalKind
from publicity.pages.models.exposure import NULL_FIELDS, TEXT_FIELDS
from publicity.pages.release import put_live
from publicity.pages.withdraw import NotReleasedError, blank
from tests.publicity.pages.factories import RELEASED_AT, make_draft, make_released

pytestmark = pytest.mark.django_db
WITHDRAWN_ON = date(2026, 8, 3)


def publish_revision(draft):
    draft.get_latest_revision().publish()


def save_live(draft):
    draft.live = True
    draft.save()


def publish_later(draft):
    draft.go_live_at = RELEASED_AT
    draft.save_revision().publish()


@pytest.mark.parametrize("way", [publish_revision, save_live, publish_later])
def test_publishing_a_draft_is_refused_with_the_way_to_go(way):
    draft = make_draft()

    with pytest.raises(ValidationError, match="曝光流程"):
        way(draft)

    draft.refresh_from_db()
    assert draft.live is False


def test_update_past_the_model_is_refused_by_the_database():
    draft = make_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        BasePage.objects.filter(pk=draft.pk).update(live=True)

    draft.refresh_from_db()
    assert draft.live is False


def test_live_copy_of_a_released_page_is_refused():
    page = make_released()

    with pytest.raises(ValidationError, match="曝光流程"), transaction.atomic():
        page.copy(update_attrs={"slug": "copy"}, keep_live=True)

    assert ExposurePage.objects.count() == 1


def test_draft_copy_of_a_released_page_has_no_number():
    page = make_released()

    copied = page.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert (copied.release_no, copied.released_at, copied.needs_release) == (None, None, True)


def test_release_publishes_the_latest_revision_under_its_number():
    draft = make_draft()
    draft.facts = "<p>编辑补充后的案情。</p>"
    draft.save_revision()

    page = put_live(draft, release_no=2021007, at=RELEASED_AT, expires_on=date(2029, 5, 11))

    assert page.address == "/cases/2021007/"
    assert (page.slug, page.live, page.has_unpublished_changes) == ("2021007", True, False)
    stored = ExposurePage.objects.get(pk=page.pk)
    assert stored.facts == "<p>编辑补充后的案情。</p>"
    assert stored.url_path.endswith("/cases/2021007/")
    assert (stored.go_live_at, stored.expire_at) == (None, None)


def test_second_release_after_a_correction_keeps_the_first_date():
    page = make_released()
    page.place = "香隅镇"
    page.save_revision()

    again = put_live(page, release_no=page.release_no, at=RELEASED_AT.replace(month=7))

    assert (again.place, again.released_at) == ("香隅镇", RELEASED_AT)
    assert again.last_published_at == RELEASED_AT.replace(month=7)


def test_release_number_is_used_once():
    make_released(release_no=5)

    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        make_released(release_no=5)


def test_old_revision_brings_no_machine_field_back():
    draft = make_draft()
    first = draft.get_latest_revision()
    page = put_live(draft, release_no=77, at=RELEASED_AT)

    restored = Revision.objects.get(pk=first.pk).as_object()

    assert (restored.release_no, restored.slug, restored.released_at) == (77, "77", RELEASED_AT)
    assert restored.url_path == page.url_path


def test_withdrawn_page_answers_with_the_notice_alone(client):
    page = make_released(title="独特标题甲乙丙", facts="<p>独特案情丁戊己</p>")

    blank(page, on=WITHDRAWN_ON, kind=WithdrawalKind.DECISION_REVOKED)
    response = client.get(page.address)
    html = response.content.decode()

    assert response.status_code == 410
    assert response.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "2026年8月3日" in html
    assert "处罚决定被依法撤销" in html
    assert "独特" not in html
    assert page.party_display not in html


def test_withdrawal_empties_every_content_field():
    page = make_released(
        significance="<p>意义</p>", comment="<p>点评</p>", how_to_spot="<p>识别</p>"
    )
    ExposureCorrection.objects.create(page=page, corrected_on=WITHDRAWN_ON, note="更正")

    blank(page, on=WITHDRAWN_ON, kind="mistake")

    stored = ExposurePage.objects.get(pk=page.pk)
    assert {getattr(stored, name) for name in TEXT_FIELDS} == {""}
    assert {getattr(stored, name) for name in NULL_FIELDS} == {None}
    assert list(stored.laws) == []
    assert (stored.title, stored.draft_title) == ("已撤下的案例", "已撤下的案例")
    assert (stored.live, stored.release_no) == (False, page.release_no)
    assert stored.revisions.count() == stored.corrections.count() == 0


def test_every_own_field_of_the_page_is_emptied_or_says_nothing_of_the_case():
    """A field added later belongs to one of the lists, or withdrawal would leave it behind."""
    own = {field.name for field in ExposurePage._meta.local_fields}

    assert own == {
        *TEXT_FIELDS,
        *NULL_FIELDS,
        "basepage_ptr",
        "laws",
        "released_at",
        "withdrawn_on",
        "withdrawal_kind",
    }


def test_withdrawn_page_cannot_keep_text_in_the_database():
    page = make_released()

    with pytest.raises(IntegrityError), transaction.atomic():
        ExposurePage.objects.filter(pk=page.pk).update(
            withdrawn_on=WITHDRAWN_ON, withdrawal_kind="other"
        )

    page.refresh_from_db()
    assert page.withdrawn_on is None


def test_withdrawn_page_leaves_every_list_at_once(client):
    page = make_released(title="独特标题甲乙丙")

    before = [client.get(path).content.decode() for path in SURFACES]
    blank(page, on=WITHDRAWN_ON, kind="privacy")
    after = [client.get(path).content.decode() for path in SURFACES]

    needles = (page.title, page.address)
    assert [any(needle in text for needle in needles) for text in before] == [True] * len(SURFACES)
    assert [any(needle in text for needle in needles) for text in after] == [False] * len(SURFACES)


SURFACES = ("/", "/cases/", "/cases/feed/", "/sitemap.xml")


def test_withdrawal_twice_keeps_the_first_date():
    page = make_released()
    blank(page, on=WITHDRAWN_ON, kind="privacy")

    again = blank(page, on=date(2026, 9, 9), kind="other")

    assert (again.withdrawn_on, again.withdrawal_kind) == (WITHDRAWN_ON, "privacy")


def test_draft_cannot_be_withdrawn():
    draft = make_draft()

    with pytest.raises(NotReleasedError):
        blank(draft, on=WITHDRAWN_ON, kind="other")


def test_withdrawn_page_cannot_be_released_again():
    page = make_released()
    blank(page, on=WITHDRAWN_ON, kind="other")

    with pytest.raises(ValidationError):
        put_live(page, release_no=page.release_no, at=RELEASED_AT)
