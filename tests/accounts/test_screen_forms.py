"""The administrators' forms: what they do, what they refuse, what they keep."""

from __future__ import annotations

import html

import pytest
from lxml.html import fromstring
from wagtail.models import ModelLogEntry, ReferenceIndex

from accounts.models import AccountEvent, Authority, Posting, Unit, User
from accounts.services import end_posting
from tests.accounts.people import PASSWORD, make_user, post, url

ACCOUNT = {
    "username": "wang",
    "name": "王五",
    "email": "",
    "qualification_no": "皖-17",
    "qualified_until": "",
    "password": PASSWORD,
}


def test_system_administrator_makes_an_account(client, admins):
    client.force_login(admins.system)

    response = client.post(url("people", "add"), ACCOUNT)

    assert (response.status_code, response.url) == (302, url("people"))
    made = User.objects.get(username="wang")
    assert (made.name, made.qualification_no, made.check_password(PASSWORD)) == (
        "王五",
        "皖-17",
        True,
    )


@pytest.mark.parametrize(
    ("field", "value"), [("username", "system"), ("name", ""), ("password", "12345678901")]
)
def test_refused_account_form_keeps_what_was_typed(client, admins, field, value):
    client.force_login(admins.system)

    response = client.post(url("people", "add"), {**ACCOUNT, field: value})

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [field])
    assert form["qualification_no"].value() == "皖-17"
    assert PASSWORD not in response.content.decode()
    assert not User.objects.filter(name="王五").exists()


def posting_form(user, unit, changes=None):
    return {
        "user": user.pk,
        "role": "handler",
        "unit": unit.pk,
        "from_on": "2099-01-01",
        "until_on": "",
        "reason": "调入",
        **(changes or {}),
    }


def test_security_administrator_posts_somebody(client, admins, units):
    client.force_login(admins.security)
    user = make_user("wang")

    response = client.post(url("postings", "add"), posting_form(user, units.squad))

    assert (response.status_code, response.url) == (302, url("postings"))
    posting = user.postings.get()
    assert (posting.role, posting.unit, posting.appointed_by) == (
        "handler",
        units.squad,
        admins.security,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": "2020-01-01"}, "from_on"),
        ({"from_on": "yesterday"}, "from_on"),
        ({"until_on": "2098-01-01"}, "until_on"),
        ({"role": "emperor"}, "role"),
        ({"role": "auditor"}, "unit"),
        ({"reason": ""}, "reason"),
        ({"user": "0"}, "user"),
    ],
)
def test_refused_posting_form_names_the_field(client, admins, units, changes, field):
    client.force_login(admins.security)
    user = make_user("wang")

    response = client.post(url("postings", "add"), posting_form(user, units.squad, changes))

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [field])
    assert form["until_on"].value() == changes.get("until_on", "")
    assert str(form.errors[field][0]) in html.unescape(response.content.decode())
    assert not user.postings.exists()


def test_posting_oneself_is_refused_in_the_form(client, admins, units):
    client.force_login(admins.security)

    response = client.post(url("postings", "add"), posting_form(admins.security, units.squad))

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["__all__"])
    assert admins.security.postings.count() == 1


def test_posting_is_ended_with_a_reason(client, admins, units):
    client.force_login(admins.security)
    posting = post(make_user("wang"), "handler", units.squad)
    address = url("postings", "end", posting.pk)

    refused = client.post(address, {"reason": " "})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["reason"])
    assert Posting.objects.get(pk=posting.pk).ended_at is None

    assert client.post(address, {"reason": "调出"}).status_code == 302
    assert Posting.objects.get(pk=posting.pk).end_reason == "调出"


def test_posting_ended_meanwhile_is_said_in_the_form(client, admins, units):
    client.force_login(admins.security)
    posting = post(make_user("wang"), "handler", units.squad)
    end_posting(posting, by=None, reason="first")

    response = client.post(url("postings", "end", posting.pk), {"reason": "second"})

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["__all__"])
    assert Posting.objects.get(pk=posting.pk).end_reason == "first"


def test_closing_ones_own_account_is_refused_in_the_form(client, admins):
    client.force_login(admins.system)
    other = make_user("other")

    assert client.post(url("people", "close", other.pk), {"reason": "left"}).status_code == 302
    response = client.post(url("people", "close", admins.system.pk), {"reason": "left"})

    assert list(response.context["form"].errors) == ["__all__"]
    assert [User.objects.get(pk=u.pk).is_active for u in (other, admins.system)] == [False, True]


def test_unit_form_reads_names_line_by_line(client, admins, units):
    client.force_login(admins.system)
    form = {
        "name": "综合行政执法中队",
        "short_name": "中队",
        "kind": "squad",
        "aliases": "县局综合执法中队\r\n\r\n 执法中队 ",
        "towns": "",
        "order": "10",
        "valid_from": "2019-03-01",
        "valid_until": "",
    }

    response = client.post(url("units", "edit", units.squad.pk), form)

    assert response.status_code == 302
    assert Unit.objects.get(pk=units.squad.pk).aliases == ["县局综合执法中队", "执法中队"]
    again = client.get(url("units", "edit", units.squad.pk))
    assert "县局综合执法中队\n执法中队" in again.content.decode()


def test_new_unit_hangs_below_its_parent(client, admins, units):
    client.force_login(admins.system)
    form = {"parent": units.squad.pk, "code": "new", "name": "New", "kind": "section", "order": "1"}
    form |= {"valid_from": "2019-03-01"}

    assert client.post(url("units", "add"), form).status_code == 302
    assert Unit.objects.get(code="new").get_parent() == units.squad

    twice = client.post(url("units", "add"), form)
    assert (twice.status_code, list(twice.context["form"].errors)) == (200, ["code"])


def test_authority_is_changed(client, admins):
    client.force_login(admins.system)
    police = Authority.objects.create(code="police", name="P", kind="police", level="county")
    form = {"code": "police", "name": "东至县公安局", "kind": "police", "level": "county"}
    form |= {"order": "1", "valid_from": "2019-03-01"}

    assert client.post(url("authorities", "edit", police.pk), form).status_code == 302
    assert Authority.objects.get().name == "东至县公安局"
    assert AccountEvent.objects.first().verb == "authority.changed"


def test_acts_leave_nothing_in_wagtails_logs_and_index(client, admins, units):
    client.force_login(admins.system)
    client.post(url("people", "add"), ACCOUNT)
    client.force_login(admins.security)
    client.post(
        url("postings", "add"), posting_form(User.objects.get(username="wang"), units.squad)
    )

    assert User.objects.get(username="wang").postings.exists()
    assert not ModelLogEntry.objects.exists()
    assert not ReferenceIndex.objects.exists()
    assert not {User, Posting, Unit, Authority, AccountEvent} & ReferenceIndex.tracked_models


@pytest.mark.parametrize("field", ["username", "name", "qualification_no"])
def test_a_control_character_is_refused_beside_its_field(client, admins, field):
    client.force_login(admins.system)

    response = client.post(url("people", "add"), {**ACCOUNT, field: "王\x07五"})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])


@pytest.mark.parametrize("page", ["add", "edit", "close"])
def test_a_form_that_wagtail_draws_sends_text_in_parts(client, admins, page):
    client.force_login(admins.system)
    person = make_user("writing")

    response = client.get(url("people", page, *([] if page == "add" else [person.pk])))

    form = fromstring(response.content.decode()).get_element_by_id("w-editor-form")
    assert form.get("enctype") == "multipart/form-data"


def test_an_account_is_not_closed_for_a_reason_nobody_can_print(client, admins):
    person = make_user("leaving")
    client.force_login(admins.system)

    refused = client.post(url("people", "close", person.pk), {"reason": "离\x07职"})
    assert refused.status_code == 200
    assert User.objects.get(pk=person.pk).is_active

    client.post(url("people", "close", person.pk), {"reason": "离职"})
    assert not User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("field", ["name", "aliases", "towns"])
def test_a_unit_has_no_control_characters(client, admins, field):
    client.force_login(admins.system)
    root = Unit.objects.first()
    told = {"parent": root.pk, "code": "neu", "name": "新所", "short_name": "新", "kind": "station",
            "order": "1", "valid_from": "2020-01-01"}  # fmt: skip

    response = client.post(url("units", "add"), {**told, field: "行一\n行\x07二"})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
