"""The daily mail: one a working day and person, no name in it, off when switched off."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from accounts.services import appoint
from tests.workflow.clocks.conftest import at
from workflow.models import Digest
from workflow.services.digest import choose_digest, digests

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(case, write, handler, officer, unit):
    appoint(by=None, user=officer, role="handler", unit=unit, reason="t", from_on=date(2019, 1, 1))
    officer.email = "wang@example.cn"
    officer.save()
    write(case, "case.open", "2021-08-02")  # due on Monday 2021-11-01
    return case


def test_one_mail_a_day_without_names(running):
    assert [digests(at("2021-10-29")), digests(at("2021-10-29T17:00"))] == [1, 0]

    [sent] = mail.outbox
    assert running.number in sent.body
    assert running.title not in sent.body
    assert sent.extra_headers["Message-ID"].startswith("<digest-2021-10-29-")


def test_quiet_on_rest_days_early_and_when_nothing_is_near(running):
    assert digests(at("2021-10-30")) == 0  # a Saturday
    assert digests(at("2021-10-29T07:59")) == 0
    assert digests(at("2021-10-28")) == 0
    assert Digest.objects.count() == 0


def test_met_limit_is_quiet(running, write):
    write(running, "case.terminate", "2021-10-28")

    assert digests(at("2021-10-29")) == 0


def test_restricted_file_is_only_counted(running, officer):
    running.restricted = True
    running.save()
    running.grants.create(user=officer, kind="named", reason="t", from_on=date(2019, 1, 1))

    digests(at("2021-10-29"))

    assert running.number not in mail.outbox[0].body


def test_switched_off_by_the_person(client, world, running, officer):
    choose_digest(officer, wanted=False)
    assert digests(at("2021-10-29")) == 0

    client.force_login(world.handler)
    client.post(reverse("workflow_notices"), {"notice": "digest_off"})
    assert world.handler.digest_choice.wanted is False


def test_mail_that_could_not_be_sent_is_sent_by_the_next_tick(running, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert digests(at("2021-10-29")) == 0
    assert Digest.objects.get().error

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert digests(at("2021-10-29T09:05")) == 1
    assert Digest.objects.get().attempts == 2
