"""Fails wherever it is asked, while ``FAILING`` is on."""

from __future__ import annotations

from celery import shared_task
from django.urls import path

from workflow.hooks import Hooks
from workflow.plugin import PROJECT, Job, LedgerColumn, Panel, guard, hookimpl

FAILING: list[str] = []


def fail_in(place):
    if place in FAILING:
        raise RuntimeError(f"broken {place}")


@guard(reads="record")
def bad_guard(attempt):
    fail_in("guard")


def bad_effect(attempt, line):
    fail_in("effect")


@shared_task(name="lab_broken.announce")
def announce(*, line_id):
    fail_in("announcement")


@hookimpl
def guards():
    fail_in("guards")
    return {"case.send_to_lab": [bad_guard]}


@hookimpl
def effects():
    fail_in("effects")
    return {"case.send_to_lab": [bad_effect]}


@hookimpl
def announcements():
    fail_in("announcements")
    return {"case.send_to_lab": [announce]}


@hookimpl
def case_panels(case, user):
    fail_in("case_panels")
    template = "lab_broken/is_not_there.html" if "template" in FAILING else "lab_test/panel.html"
    return [Panel(title="坏面板", template=template)]


@hookimpl
def actions(case, user):
    fail_in("actions")
    return []


@hookimpl
def ledger_columns():
    fail_in("ledger_columns")
    return [LedgerColumn(code="broken", label="坏列", values=_values)]


@hookimpl
def dashboard_panels(user):
    fail_in("dashboard_panels")
    if "desk_template" in FAILING:
        return [Panel(title="坏面板", template="lab_broken/is_not_there.html")]
    return []


@hookimpl
def menu_items():
    fail_in("menu_items")
    url_name = "plugins:lab_broken:nowhere" if "menu_item" in FAILING else "wagtailadmin_home"
    return [{"label": "坏菜单", "url_name": url_name}]


@hookimpl
def periodic_jobs():
    fail_in("periodic_jobs")
    return [Job(name="break", run=lambda now: fail_in("job") or 0)]


@hookimpl
def urls():
    fail_in("urls")
    return [path("x/", announce, name="x")]


def _values(cases):
    fail_in("column")
    return {}


def _failing(hook):
    def answer():
        fail_in(hook)
        return {}

    return hookimpl(specname=hook)(answer)


# The hooks that are not written above, whatever the specification has.
for _hook, _spec in vars(Hooks).items():
    if hasattr(_spec, f"{PROJECT}_spec") and _hook not in globals():
        globals()[_hook] = _failing(_hook)
