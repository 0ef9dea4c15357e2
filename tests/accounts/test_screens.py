"""The administrators' screens: who sees what, what a form answers, what no screen shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Authority
from tests.accounts.people import make_user, post, url

HOME = "/admin/"
NAMES = ("people", "postings", "units", "authorities", "events")


@pytest.fixture
def staff(admins, units):
    """The three administrators and one of each other kind."""
    for name, role in (("handler", "handler"), ("head", "head"), ("editor", "editor")):
        user = make_user(name)
        post(user, role, units.bureau)
        setattr(admins, name, user)
    admins.authority = Authority.objects.create(
        code="police", name="Police", kind="police", level="county"
    )
    return admins


def allowed(client, address):
    """Whether the address answers; refused ones lead home without a word of content."""
    response = client.get(address)
    assert response.status_code == 200 or (response.status_code, response.url) == (302, HOME)
    return response.status_code == 200


READERS = {
    "system": {"people", "units", "authorities"},
    "security": {"people", "postings", "units", "authorities"},
    "audit": {"people", "postings", "units", "authorities", "events"},
    "handler": set(),
    "head": set(),
    "editor": set(),
}
WRITERS = {
    "system": {"people", "units", "authorities"},
    "security": {"postings"},
    "audit": set(),
    "handler": set(),
    "head": set(),
    "editor": set(),
}


@pytest.mark.parametrize("who", READERS)
def test_lists_are_read_by_whom_they_concern(client, staff, who):
    client.force_login(getattr(staff, who))

    assert {name for name in NAMES if allowed(client, url(name))} == READERS[who]
    assert {name for name in NAMES if allowed(client, url(name, "index_results"))} == READERS[who]


@pytest.mark.parametrize("who", WRITERS)
def test_forms_open_for_whom_they_are_made(client, staff, units, who):
    target = make_user("target")
    posting = post(target, "handler", units.squad)
    forms = {
        url("people", "add"): "people",
        url("people", "edit", target.pk): "people",
        url("people", "password", target.pk): "people",
        url("people", "close", target.pk): "people",
        url("people", "reopen", target.pk): "people",
        url("postings", "add"): "postings",
        url("postings", "end", posting.pk): "postings",
        url("units", "add"): "units",
        url("units", "edit", units.squad.pk): "units",
        url("authorities", "add"): "authorities",
        url("authorities", "edit", staff.authority.pk): "authorities",
    }
    client.force_login(getattr(staff, who))

    opened = {address for address in forms if allowed(client, address)}

    assert opened == {address for address, name in forms.items() if name in WRITERS[who]}


@pytest.mark.parametrize("who", READERS)
def test_menu_offers_what_opens(client, staff, who):
    client.force_login(getattr(staff, who))
    page = client.get(reverse("wagtailadmin_account")).content.decode()

    for name in NAMES:
        assert (f'"{url(name)}"' in page) is (name in READERS[who])
    assert "/admin/users/" not in page
    assert "/admin/groups/" not in page


CLOSED = [
    "users/",
    "users/new/",
    "users/1/",
    "users/edit/1/",
    "groups/",
    "groups/new/",
    "groups/edit/1/",
    "bulk/accounts/user/delete/?id=1",
    "bulk/accounts/user/assign_role/?id=1",
    "bulk/accounts/user/set_active_state/?id=all",
]


@pytest.mark.parametrize("who", ["handler", "system"])
def test_wagtails_own_user_screens_do_not_exist(client, staff, who):
    client.force_login(getattr(staff, who))

    answers = {path: client.get(HOME + path) for path in CLOSED}

    assert {path for path, answer in answers.items() if answer.status_code != 404} == set()
    assert {
        p for p, answer in answers.items() if "Name of head" in answer.content.decode()
    } == set()


# Whatever lists, searches or reports: the search box shows what was typed, so not a name.
ELSEWHERE = [
    "",
    "account/",
    "reports/site-history/",
    "reports/locked/",
    "reports/aging-pages/",
    "workflows/list/",
    "sites/",
    "collections/",
    "search/?q=head",
    "pages/search/?q=head",
    "postings/",
    "accounts/?q=head",
    "accounts/results/?q=head",
    "account-events/?export=csv",
]


def test_nobody_without_the_right_learns_who_has_an_account(client, staff):
    client.force_login(staff.handler)

    for path in ELSEWHERE:
        response = client.get(HOME + path, follow=True)
        text = response.content.decode()
        assert response.status_code in (200, 404)
        assert [n for n in ("head", "system", "security") if f"Name of {n}" in text] == []
