"""Rights on pages and on the site's settings come from postings, through groups we keep alone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from publicity.basepage.models import BasePage
from publicity.exposures.install import install_after_migrate
from publicity.pages.models import SiteInfo
from tests.accounts.people import make_unit, make_user, post

pytestmark = pytest.mark.django_db
SETTINGS = "/admin/settings/pages/siteinfo/"


def holders():
    return set(GroupPagePermission.objects.values_list("group__name", "page__slug"))


def test_only_editors_have_rights_on_pages():
    assert holders() == {("editors", "public")}
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_stock_groups_that_come_back_go_again():
    stock = Group.objects.create(name="Moderators")
    permission = Permission.objects.filter(content_type__model="basepage").first()
    root = BasePage.objects.get(depth=1)
    GroupPagePermission.objects.create(group=stock, page=root, permission=permission)

    install_after_migrate()
    install_after_migrate()

    assert holders() == {("editors", "public")}


@pytest.mark.parametrize(
    ("role", "status"),
    [("system_admin", 200), ("security_admin", 404), ("handler", 404), ("head", 404)],
)
def test_site_information_is_edited_by_who_manages_settings(client, role, status):
    person = make_user()
    post(person, role, make_unit("bureau", parent=None))
    client.force_login(person)

    page = client.get(SETTINGS, follow=True)

    assert page.status_code == status


def test_site_information_is_saved(client):
    person = make_user()
    post(person, "system_admin", make_unit("bureau", parent=None))
    client.force_login(person)
    address = reverse("wagtailsettings:edit", args=["pages", "siteinfo", SiteInfo.objects.get().pk])

    client.post(address, {"site_name": "铁拳", "complaint_phone": "12315"})

    assert SiteInfo.objects.get().site_name == "铁拳"
