"""Every route of Wagtail around the machine is tried and refused, saying where to go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.urls import pages as routes

from accounts import clock
from publicity.basepage.models import BasePage
from publicity.exposures.middleware import READING
from publicity.pages.models import CaseIndexPage, ExposurePage, HomePage, StandardPage
from tests.publicity.exposures.world import codes
from workflow import api

HERE = "wagtailadmin_pages"


def door(exposure) -> str:
    return reverse("plugins:exposures:inspect", args=[exposure.pk])


def asked(client, name: str, *args, data=None):
    """The answer to a POST: where it leads, and what it says there."""
    response = client.post(reverse(f"{HERE}:{name}", args=args), data or {}, follow=True)
    said = " ".join(str(message) for message in response.context["messages"])
    return [where for where, _code in response.redirect_chain], said


PAGE_ROUTES = [
    ("unpublish", ()),
    ("delete", ()),
    ("copy", ()),
    ("move", ()),
    ("set_page_position", ()),
    ("convert_alias", ()),
    ("lock", ()),
    ("unlock", ()),
    ("set_privacy", ()),
    ("revisions_unschedule", (1,)),
    ("workflow_action", ("approve", 1)),
    ("confirm_workflow_cancellation", ()),
]
BEYOND_SAVING = [
    {"action-publish": "1"},
    {"action-submit": "1"},
    {"go_live_at": "2030-01-01 00:00"},
    {"expire_at": "2030-01-01 00:00"},
]


def test_routes_around_a_released_case_lead_to_its_exposure(news, client):
    exposure = news.released()
    before = BasePage.objects.filter(pk=exposure.page_id).values().get()
    client.force_login(news.editor)

    answers = {name: asked(client, name, exposure.page_id, *more) for name, more in PAGE_ROUTES}

    assert {name: leads_to for name, (leads_to, _said) in answers.items()} == {
        name: [door(exposure)] for name, _more in PAGE_ROUTES
    }
    assert all("曝光" in said for _leads_to, said in answers.values())
    assert BasePage.objects.filter(pk=exposure.page_id).values().get() == before


def test_every_page_route_there_is_reads_or_is_refused(news, client):
    """A new view of Wagtail's is refused without a line of ours."""
    exposure = news.released()
    client.force_login(news.editor)
    routes = list(page_routes(exposure.page_id))

    let_through = {
        name for name, url in routes if getattr(client.get(url), "url", "") != door(exposure)
    }

    assert len(routes) > 20
    assert let_through <= READING


def page_routes(pk: int):
    """Every address of Wagtail's page views that takes this page."""
    others = {
        "revision_id": 1,
        "destination_id": 1,
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
    }
    for pattern in routes.urlpatterns:
        keys = set(pattern.pattern.converters)
        own = keys & {"page_id", "page_to_move_id"}
        if own:
            values = {key: pk if key in own else others[key] for key in keys}
            yield pattern.name, reverse(f"{HERE}:{pattern.name}", kwargs=values)


def test_approved_text_is_locked(news, client):
    exposure = news.approved()
    first = exposure.page.revisions.order_by("pk").first()
    client.force_login(news.editor)
    text = ExposurePage.objects.filter(pk=exposure.page_id).values().get()

    tried = {
        "edit": asked(client, "edit", exposure.page_id, data={"title": "另一个标题"}),
        "preview": asked(client, "preview_on_edit", exposure.page_id),
        "old version": asked(client, "revisions_revert", exposure.page_id, first.pk),
    }

    assert {name: leads_to for name, (leads_to, _said) in tried.items()} == {
        name: [door(exposure)] for name in tried
    }
    assert ExposurePage.objects.filter(pk=exposure.page_id).values().get() == text


def test_page_editor_saves_drafts_and_nothing_else(news, client):
    exposure = news.drafting()
    client.force_login(news.editor)

    opened = client.get(reverse(f"{HERE}:edit", args=[exposure.page_id]))
    answers = [
        asked(client, "edit", exposure.page_id, data={"title": "标题", **more})
        for more in BEYOND_SAVING
    ]

    assert opened.status_code == 200
    assert "action-publish" not in opened.content.decode()
    assert [leads_to for leads_to, _said in answers] == [[door(exposure)]] * len(BEYOND_SAVING)
    assert ExposurePage.objects.get(pk=exposure.page_id).live is False


def test_page_of_a_case_is_not_created_by_hand(news, client):
    client.force_login(news.editor)

    leads_to, said = asked(client, "add", "pages", "exposurepage", CaseIndexPage.objects.get().pk)

    assert leads_to == [reverse("plugins:exposures:index")]
    assert said
    assert not ExposurePage.objects.exists()


def test_what_lies_above_cases_stays_where_it_is(news, client):
    exposure = news.released()
    client.force_login(news.editor)
    tried = [
        asked(client, name, model.objects.get().pk)
        for name in ("delete", "unpublish", "move", "copy")
        for model in (CaseIndexPage, HomePage)
    ]

    assert [leads_to for leads_to, _said in tried] == [[reverse("plugins:exposures:index")]] * 8
    assert ExposurePage.objects.filter(pk=exposure.page_id, live=True).exists()


def test_bulk_actions_leave_cases_alone(news, client):
    exposure = news.released()
    client.force_login(news.editor)
    chosen = (f"id={exposure.page_id}", f"id=all&childOf={CaseIndexPage.objects.get().pk}")
    tried = [
        client.post(
            f"{reverse('wagtail_bulk_action', args=['basepage', 'basepage', action])}?{which}",
            {"include_descendants": "on"},
        )
        for action in ("publish", "unpublish", "move", "delete")
        for which in chosen
    ]

    assert {response.url for response in tried} == {reverse("plugins:exposures:index")}
    assert ExposurePage.objects.filter(pk=exposure.page_id, live=True).exists()


@pytest.mark.parametrize("which", ["id={}", "id=all&childOf={}"])
def test_a_number_no_page_can_have_is_not_found(news, client, which):
    client.force_login(news.editor)
    address = reverse("wagtail_bulk_action", args=["basepage", "basepage", "delete"])
    assert client.get(f"{address}?{which.format('9' * 30)}").status_code == 404


def test_editor_of_another_unit_does_not_find_the_draft(news, client):
    exposure = news.drafting()
    outsider = news.person("outsider", "editor", news.other)
    client.force_login(outsider)

    edit = client.get(reverse(f"{HERE}:edit", args=[exposure.page_id]))
    listed = client.get(reverse("wagtailadmin_explore", args=[CaseIndexPage.objects.get().pk]))

    assert edit.status_code == 404
    assert exposure.page.title not in listed.content.decode()


def test_text_changed_after_the_confirmations_is_checked_anew(news):
    exposure = news.confirmed()
    news.write(exposure, facts="<p>检查发现三无玩具三十件。</p>")

    with pytest.raises(api.TransitionRefused) as refused:
        api.propose(exposure, "exposure.approve", actor=news.editor)

    assert {"check_stale", "second_missing", "secrecy_missing"} & set(codes(refused))


# ---- code, not pages -------------------------------------------------------------------------


def publish_revision(page):
    page.get_latest_revision().publish()


def publish_on_schedule(page):
    page.go_live_at = clock.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


def make_alias(page):
    CreatePageAliasAction(page, update_slug="alias").execute(skip_permission_checks=True)


def copy_live(page):
    page.copy(update_attrs={"slug": "copy"}, keep_live=True)


def test_code_cannot_publish_a_draft(news):
    page = news.drafting().page

    for way in (publish_revision, publish_on_schedule):
        with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
            way(page)

    assert not ExposurePage.objects.filter(live=True).exists()


def test_code_cannot_copy_alias_or_delete_a_released_case(news):
    page = news.released().page

    for way in (make_alias, copy_live):
        with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
            way(page)
    with pytest.raises(ProtectedError), transaction.atomic():
        page.delete()

    assert list(ExposurePage.objects.values_list("pk", "live")) == [(page.pk, True)]


def test_plain_update_of_two_columns_does_not_open_the_airlock(news):
    page = news.drafting().page

    with pytest.raises(IntegrityError), transaction.atomic():
        BasePage.objects.filter(pk=page.pk).update(needs_release=False, live=True)

    assert BasePage.objects.filter(pk=page.pk, live=False, needs_release=True).exists()


def test_plain_page_is_still_the_editors_to_publish(news, client):
    about = StandardPage.objects.get()
    client.force_login(news.editor)

    response = client.get(reverse(f"{HERE}:edit", args=[about.pk]))

    assert response.status_code == 200
    assert "action-publish" in response.content.decode()
