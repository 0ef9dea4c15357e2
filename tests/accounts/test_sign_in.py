"""Signing in: the throttle, accounts without a post, sessions that outlive a posting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import clock, throttle
from accounts.models import AccountEvent, SignInCount
from accounts.services import deactivate_account, end_posting, set_password
from tests.accounts.people import PASSWORD, make_user, post
from workflow.tick import tick

LOGIN = "/admin/login/"
WRONG = "wrong-Password-1"


@pytest.fixture
def officer(units):
    user = make_user("officer")
    post(user, "handler", units.squad)
    return user


def sign_in(client, password=PASSWORD, *, username="officer", address="10.0.0.1"):
    data = {"username": username, "password": password}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def errors(response):
    return response.context["form"].non_field_errors().as_data()


def codes(response):
    return [error.code for error in errors(response)]


def test_posted_person_enters(client, officer):
    response = sign_in(client)

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    event = AccountEvent.objects.first()
    assert (event.verb, event.actor, event.data) == ("sign_in", officer, {"address": "10.0.0.1"})


def test_account_without_a_post_is_told_so(client, officer):
    make_user("nobody")

    response = sign_in(client, username="nobody")

    assert codes(response) == ["no_posting"]
    assert "_auth_user_id" not in client.session
    assert sign_in(client).status_code == 302


def test_closed_account_learns_no_more_than_a_stranger(client, officer):
    deactivate_account(officer, by=None, reason="left")

    closed, stranger = sign_in(client), sign_in(client, username="stranger")

    assert codes(closed) == codes(stranger) == ["invalid_login"]
    assert errors(closed)[0].messages == errors(stranger)[0].messages


def test_wrong_password_keeps_the_name_and_is_noted(client, officer):
    response = sign_in(client, WRONG)

    assert codes(response) == ["invalid_login"]
    assert response.context["form"]["username"].value() == "officer"
    event = AccountEvent.objects.first()
    assert (event.verb, event.actor, event.subject) == ("sign_in.failed", None, officer)
    assert WRONG not in response.content.decode()


@pytest.mark.parametrize("username", ["officer", "stranger"])
def test_fifth_failure_closes_the_sign_in(client, officer, username):
    """The same for an account that does not exist: the answer tells nothing."""
    for _number in range(4):
        assert codes(sign_in(client, WRONG, username=username)) == ["invalid_login"]

    assert codes(sign_in(client, WRONG, username=username)) == ["locked"]
    assert codes(sign_in(client, PASSWORD, username=username)) == ["locked"]
    assert "_auth_user_id" not in client.session


def test_fourth_failure_does_not_close_it(client, officer):
    for _number in range(4):
        sign_in(client, WRONG)

    assert sign_in(client).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (15, 302)])
def test_pause_lasts_fifteen_minutes(client, officer, minutes, status):
    moment = clock.now()
    with clock.at(moment):
        for _number in range(5):
            sign_in(client, WRONG)
    with clock.at(moment + timedelta(minutes=minutes)):
        assert sign_in(client).status_code == status


def test_trying_during_the_pause_does_not_prolong_it(client, officer):
    moment = clock.now()
    with clock.at(moment):
        for _number in range(5):
            sign_in(client, WRONG)
    with clock.at(moment + timedelta(minutes=10)):
        sign_in(client, WRONG)
    with clock.at(moment + timedelta(minutes=15)):
        assert sign_in(client).status_code == 302


def test_pause_says_until_when(client, officer):
    with clock.at(clock.now()) as moment:
        for _number in range(5):
            response = sign_in(client, WRONG)
        until = (moment + throttle.PAUSE).astimezone(clock.timezone.get_default_timezone())

    assert f"{until:%H:%M}" in errors(response)[0].messages[0]


def test_lock_is_noted_once_with_whom_it_concerns(client, officer):
    for _number in range(7):
        sign_in(client, WRONG)

    verbs = list(AccountEvent.objects.filter(subject=officer).values_list("verb", flat=True))
    assert verbs[:5] == ["sign_in.locked"] + ["sign_in.failed"] * 4


def test_other_addresses_and_accounts_stay_open(client, officer, units):
    other = make_user("other")
    post(other, "handler", units.squad)
    for _number in range(5):
        sign_in(client, WRONG)

    assert sign_in(Client(), username="other").status_code == 302
    assert sign_in(Client(), address="10.0.0.2").status_code == 302


def test_name_in_capitals_is_the_same_count(client, officer):
    for _number in range(5):
        sign_in(client, WRONG, username="OFFICER")

    assert codes(sign_in(client)) == ["locked"]


def test_success_clears_the_count(client, officer):
    for _round in range(3):
        for _number in range(4):
            sign_in(client, WRONG)
        assert sign_in(client).status_code == 302
        client.logout()


def test_what_was_typed_is_not_stored(client, officer):
    sign_in(client, WRONG, username="my-secret-by-mistake")

    assert len(SignInCount.objects.get().key) == 64
    assert not AccountEvent.objects.filter(verb__startswith="sign_in").exists()


def test_tick_deletes_the_counts_whose_pause_is_over(client, officer):
    sign_in(client, WRONG)
    with clock.at(clock.now() + timedelta(minutes=20)):
        sign_in(client, WRONG, username="other")

        done = {job.name: job.count for job in tick(clock.now())}

        assert done["sign_in_counts"] == 1
        assert SignInCount.objects.count() == 1


@pytest.mark.parametrize(("trusted", "address"), [([], "10.9.9.9"), (["10.9.9.9"], "203.0.113.5")])
def test_only_a_trusted_proxy_is_believed(rf, settings, trusted, address):
    settings.TIEQUAN_TRUSTED_PROXIES = trusted
    request = rf.get("/", REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.5")

    assert throttle.client_address(request) == address


# --- Sessions ------------------------------------------------------------------------------------


def test_session_ends_with_the_posting(client, officer):
    sign_in(client)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    end_posting(officer.postings.get(), by=None, reason="moved")

    response = client.get(reverse("wagtailadmin_home"), follow=True)

    assert response.redirect_chain == [(reverse("wagtailadmin_login"), 302)]
    assert "_auth_user_id" not in client.session
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_session_ends_when_the_account_is_closed(client, officer):
    sign_in(client)
    deactivate_account(officer, by=None, reason="left")

    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert client.get(reverse("accounts_own_account")).status_code == 302


def test_password_of_somebody_elses_choice_must_be_changed_first(client, admins, officer):
    set_password(officer, by=admins.system, password="Xiangyu-77-li")
    sign_in(client, "Xiangyu-77-li")
    account = reverse("wagtailadmin_account")
    assert client.get(reverse("wagtailadmin_home")).url == account
    form = {
        "password-old_password": "Xiangyu-77-li",
        "password-new_password1": "Zishi-xuande-9",
        "password-new_password2": "Zishi-xuande-9",
        "locale-preferred_language": "zh-hans",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    same = {key: value.replace("Zishi-xuande-9", "Xiangyu-77-li") for key, value in form.items()}

    assert client.post(account, same).status_code == 200
    assert client.get(reverse("wagtailadmin_home")).url == account
    assert client.post(account, form).status_code == 302

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    event = AccountEvent.objects.first()
    assert (event.verb, event.actor, event.subject) == ("account.password_set", officer, officer)


def test_own_name_is_not_changed_on_the_profile_page(client, officer):
    client.force_login(officer)
    page = client.get(reverse("wagtailadmin_account"))
    form = {
        "name_email-name": "Somebody else",
        "name_email-email": "officer@example.cn",
        "locale-preferred_language": "zh-hans",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }

    response = client.post(reverse("wagtailadmin_account"), form)

    officer.refresh_from_db()
    assert (page.status_code, response.status_code) == (200, 302)
    assert (officer.name, officer.email) == ("Name of officer", "officer@example.cn")


@pytest.mark.parametrize("path", ["password_reset/", "password_reset/done/"])
def test_no_password_by_mail(client, officer, path):
    assert client.get(f"/admin/{path}").status_code == 404


def test_request_after_a_minute_moves_the_end_of_an_idle_session_on(client, officer):
    sign_in(client)
    home = reverse("wagtailadmin_home")
    ends = Session.objects.values_list("expire_date", flat=True)
    client.get(home)
    first = ends.get()

    client.get(home)
    at_once = ends.get()
    with clock.at(clock.now() + timedelta(minutes=1)):
        client.get(home)

    assert at_once == first
    assert ends.get() > first
