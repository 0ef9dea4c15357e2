"""What everybody may read opens nothing where no demonstration runs."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.core import checks

from accounts import throttle
from accounts.models import AccountEvent, User
from accounts.published import PASSWORD, names_with_it
from tests.accounts.people import make_user, post
from tests.accounts.test_sign_in import codes, errors, sign_in


@pytest.fixture
def demo(units):
    """Two people as the demonstration makes them, one with a password of her own."""
    for name in ("first", "second", "third"):
        post(make_user(name), "handler", units.squad)
    User.objects.filter(username__in=["first", "second"]).update(password=make_password(PASSWORD))


@pytest.mark.parametrize("username", ["first", "third", "stranger"])
def test_it_is_refused_whoever_it_is_without_debug(client, settings, demo, username):
    settings.DEBUG = False

    response = sign_in(client, PASSWORD, username=username)

    assert response.status_code == 200
    assert codes(response) == ["published_password"]
    assert errors(response)[0].messages == [
        "这是演示系统公开的密码，在本系统不能登录。请向系统管理员申请您本人的密码。"
    ]
    assert "_auth_user_id" not in client.session


def test_it_opens_the_demonstration(client, settings, demo):
    settings.DEBUG = True

    assert sign_in(client, PASSWORD, username="first").status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(username="first").pk)


def test_refusals_of_it_are_noted_and_counted_like_others(client, settings, demo):
    settings.DEBUG = False

    found = [codes(sign_in(client, PASSWORD, username="first")) for _n in range(throttle.TRIES)]

    assert found == [["published_password"]] * 4 + [["locked"]]
    event = AccountEvent.objects.first()
    assert (event.subject.username, event.data["why"]) == ("first", "published_password")


def test_a_deployment_names_the_accounts_that_have_it(demo, settings):
    settings.DEBUG = False

    assert names_with_it() == ["first", "second"]
    assert warnings(deploy=False) == []
    assert warnings() == [
        "Accounts of the demonstration have its published password: first, second."
    ]
    User.objects.filter(username="first").update(password=make_password("Zishi-xuande-9"))
    User.objects.filter(username="second").update(is_active=False)
    assert warnings() == []


def warnings(*, deploy: bool = True) -> list[str]:
    found = checks.run_checks(
        tags=[checks.Tags.database], include_deployment_checks=deploy, databases=["default"]
    )
    return [message.msg for message in found if message.id == "accounts.W001"]
