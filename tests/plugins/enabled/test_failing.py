"""A plugin that fails wherever it is asked is named and breaks nothing else."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from lab_test.models import Sample

from accounts import clock
from tests.everything import everything
from workflow import api
from workflow.checks import require_sound_database
from workflow.engine import registry
from workflow.engine.announce import resend_announcements
from workflow.models import Announcement
from workflow.tick import tick

#: Specified for plugins that are to come; the core asks none of them.
READ_BY_NOBODY = ("reports", "review_criteria")


def everywhere(case, client) -> dict[str, str]:
    """The pages that show parts of plugins, and what the tick found wrong."""
    addresses = {
        "desk": reverse("wagtailadmin_home"),
        "list": reverse("workflow_case:index"),
        "case": reverse("workflow_case:inspect", args=[case.pk]),
    }
    said = {job.name: job.error for job in tick(clock.now()) if job.error}
    for name, address in addresses.items():
        shown = client.get(address)
        assert (name, shown.status_code) == (name, 200)
        said[name] = shown.content.decode()
    return said


@pytest.mark.parametrize("hook", registry.hook_names())
def test_hook_that_fails_is_named_and_every_page_stands(world, case, handler_client, failing, hook):
    asked = hook not in (*registry.hooks_at_start(), *READ_BY_NOBODY)

    with failing(hook):
        said = everywhere(case, handler_client)
    names = [name for name, text in said.items() if "lab_broken" in name + text]

    assert (bool(names), case.number in said["case"]) == (asked, True)


@pytest.mark.parametrize("hook", registry.hooks_at_start())
def test_hook_that_fails_stops_the_start(db, failing, hook):
    with failing(hook), pytest.raises(ImproperlyConfigured) as refused:
        require_sound_database()

    assert str(refused.value).startswith(f"Plugin lab_broken: {hook}() failed: RuntimeError")
    require_sound_database()


def test_list_of_plugins_names_every_hook_that_fails(db, failing):
    with ExitStack() as stack:
        for hook in registry.hook_names():
            stack.enter_context(failing(hook))
        with pytest.raises(CommandError) as failed:
            call_command("plugins", stdout=StringIO())

    named = re.findall(r"Plugin lab_broken: (\w+)\(\) failed: RuntimeError", str(failed.value))
    asked_about_a_case = {"case_panels", "actions", "dashboard_panels"}
    assert set(named) == set(registry.hook_names()) - asked_about_a_case


def refused(act):
    before = everything()

    with pytest.raises(api.TransitionRefused) as caught:
        act()

    assert everything() == before
    return [(r.code, "lab_broken" in str(r.message)) for r in caught.value.refusals]


def test_guard_that_fails_refuses_and_is_named(world, case, send, failing):
    with failing("guard"):
        assert refused(lambda: send(case)) == [("plugin_failed", True)]
    assert send(case).verb == "case.send_to_lab"


def test_page_with_a_guard_that_fails_shows_the_refusal(world, case, handler_client, failing):
    with failing("guard"):
        shown = handler_client.get(reverse("workflow_case:inspect", args=[case.pk]))

    assert shown.status_code == 200
    assert "lab_broken" in shown.content.decode()


def test_effect_that_fails_undoes_the_act_and_is_named(world, case, send, failing):
    with failing("effect"):
        assert refused(lambda: send(case)) == [("plugin_failed", True)]
    assert not Sample.objects.exists()


def test_announcement_that_fails_is_kept_with_its_error_and_sent_again(
    world, case, send, failing, django_capture_on_commit_callbacks
):
    with failing("announcement"), django_capture_on_commit_callbacks(execute=True):
        send(case)

    owed = Announcement.objects.get(task="lab_broken.announce")
    assert (owed.done_at, "broken announcement" in owed.error) == (None, True)
    # The other plugin's announcement of the same act went out.
    assert Sample.objects.get().told_at is not None

    with clock.at(clock.now() + timedelta(minutes=11)):
        assert resend_announcements() == 1

    owed.refresh_from_db()
    assert (owed.done_at is not None, owed.error) == (True, "")


@pytest.mark.parametrize("place", ["case_panels", "template", "actions"])
def test_case_page_stands_with_a_part_that_fails(world, case, handler_client, failing, place):
    with failing(place):
        shown = handler_client.get(reverse("workflow_case:inspect", args=[case.pk]))

    text = shown.content.decode()
    assert (shown.status_code, case.number in text, "送检样品" in text) == (200, True, True)
    assert "lab_broken" in text


@pytest.mark.parametrize("place", ["ledger_columns", "column"])
def test_list_stands_with_a_column_that_fails(world, case, handler_client, failing, place):
    with failing(place):
        shown = handler_client.get(reverse("workflow_case:index"))

    text = shown.content.decode()
    assert (shown.status_code, case.number in text, "送检数" in text) == (200, True, True)
    assert "lab_broken" in text


@pytest.mark.parametrize("place", ["dashboard_panels", "desk_template", "menu_items", "menu_item"])
def test_desk_stands_with_a_part_that_fails(world, handler_client, failing, place):
    with failing(place):
        shown = handler_client.get(reverse("wagtailadmin_home"))

    text = shown.content.decode()
    assert (shown.status_code, reverse("plugins:lab_test:samples") in text) == (200, True)
    assert "lab_broken" in text


@pytest.mark.parametrize(
    ("place", "named"), [("periodic_jobs", "lab_broken"), ("job", "lab_broken.break")]
)
def test_job_that_fails_is_named_and_stops_no_other(world, failing, place, named):
    with failing(place):
        done = {job.name: job.error for job in tick(clock.now())}

    assert f"broken {place}" in done.pop(named)
    assert set(done.values()) == {""}
    assert "lab_test.chase" in done


def test_check_finds_nothing_wrong_with_a_plugin_that_is_quiet(db):
    out = StringIO()

    call_command("check", databases=["default"], stdout=out)

    assert "no issues" in out.getvalue()
