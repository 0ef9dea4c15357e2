"""The daily mail: one a working day and person, no name in it, off when switched off."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import translation

from accounts import clock
from accounts.models import User
from accounts.services import appoint
from tests.workflow.clocks.conftest import at
from workflow.models import Digest
from workflow.services.digest import CLAIM, choose_digest, digests, send_digests

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


def test_limit_of_hours_is_overdue_at_its_minute_and_said_with_it(running, transfer, write):
    write(transfer, "transfer.approve", "2021-08-05T08:30")

    with translation.override("zh-hans"):
        digests(at("2021-08-06T09:00"))

    [sent] = mail.outbox
    assert sent.subject == "时限提醒：逾期1项，即将到期0项"
    assert sent.body.splitlines()[0] == "2021年8月6日 08:30 向同级公安机关移送 案1 （逾期）"


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


@pytest.mark.parametrize("is_posted", [True, False])
def test_head_gets_the_mail_instead_of_handlers_who_no_longer_see_the_file(
    running, unit, officer, is_posted
):
    head = User.objects.create(username="head", name="所长", email="head@example.cn")
    appoint(by=None, user=head, role="unit_head", unit=unit, reason="t", from_on=date(2019, 1, 1))
    if not is_posted:
        officer.postings.update(until_on=date(2020, 1, 1))

    digests(at("2021-10-29"))

    assert [sent.to for sent in mail.outbox] == [
        ["wang@example.cn"] if is_posted else ["head@example.cn"]
    ]


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


class Watched(EmailBackend):
    """Delivers into the outbox; meanwhile somebody else writes, as officers do."""

    written = ()

    def send_messages(self, messages):
        writer = threading.Thread(target=self.write)
        writer.start()
        writer.join()
        return super().send_messages(messages)

    def write(self):
        Watched.written = (*Watched.written, User.objects.update(name="甲"))
        connection.close()


class Dying(EmailBackend):
    """The server got the mail; the process dies before it can say so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


@pytest.mark.django_db(transaction=True)
def test_others_write_while_the_mail_server_answers(running, settings, monkeypatch):
    monkeypatch.setattr(Watched, "written", ())
    settings.EMAIL_BACKEND = f"{__name__}.Watched"

    assert digests(at("2021-10-29")) == 1
    assert Watched.written == (User.objects.count(),)
    assert Digest.objects.get().claimed_at is None


def test_mail_of_a_tick_that_died_is_sent_once_more_under_its_number(running, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    with pytest.raises(SystemExit):
        digests(at("2021-10-29"))

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert digests(at("2021-10-29T09:05")) == 0  # it may still be on its way
    with clock.at(clock.now() + CLAIM * 2):
        assert [digests(at("2021-10-29T09:30")), digests(at("2021-10-29T09:35"))] == [1, 0]
    numbers = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert (len(numbers), len(set(numbers))) == (2, 1)
    assert Digest.objects.get().attempts == 2


@pytest.mark.django_db(transaction=True)
def test_ticks_together_send_every_mail_once(running, world):
    moment, people = at("2021-10-29"), [world.handler, world.second, world.stranger]
    Digest.objects.bulk_create(
        Digest(user=user, day=moment.date(), subject="x", body="x", created_at=moment)
        for user in people
    )
    User.objects.update(email="wang@example.cn")
    sent, trouble, start = [], [], threading.Barrier(6)

    def tick():
        try:
            start.wait()
            sent.append(send_digests(moment))
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (trouble, sum(sent), len(mail.outbox)) == ([], 3, 3)
    assert set(Digest.objects.values_list("attempts", "claimed_at")) == {(1, None)}
