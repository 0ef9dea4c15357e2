"""One of every kind of hook."""

from __future__ import annotations

from django.urls import path

from lab_test import effects, guards, tasks, transitions
from workflow.plugin import Act, Channel, Job, LedgerColumn, Panel, hookimpl


@hookimpl
def acts():
    return [Act(codename="send_to_lab", label="送检", roles=("handler",))]


@hookimpl
def states():
    return [transitions.AT_LAB]


@hookimpl(specname="transitions")
def lab_transitions():
    return [transitions.SEND, transitions.RETURN]


@hookimpl(specname="guards")
def lab_guards():
    return {"case.conclude": [guards.every_sample_has_a_result]}


@hookimpl(specname="effects")
def lab_effects():
    return {"case.conclude": [effects.put_in_report]}


@hookimpl
def announcements():
    return {"case.send_to_lab": [tasks.tell_lab]}


@hookimpl
def lead_channels():
    return [Channel(code="lab_report", label="检验机构通报", order=55)]


@hookimpl
def clocks():
    return [
        {
            "code": "LAB1", "name": "检验期限", "unit": "working_day", "amount": 10,
            "effective_from": "2020-01-01", "keyed_by": "case",
            "starts_on": ["case.send_to_lab"], "ends_on": ["case.return_from_lab"],
        }
    ]  # fmt: skip


@hookimpl
def case_panels(case, user):
    samples = case.samples.all()
    return [Panel(title="送检样品", template="lab_test/panel.html", context={"samples": samples})]


@hookimpl
def ledger_columns():
    return [LedgerColumn(code="samples", label="送检数", values=_samples)]


@hookimpl
def menu_items():
    return [{"label": "送检台账", "url_name": "plugins:lab_test:samples", "act": "send_to_lab"}]


@hookimpl
def urls():
    from lab_test import views

    return [
        path("", views.samples, name="samples"), path("<int:pk>/", views.sample, name="sample"),
    ]  # fmt: skip


@hookimpl
def periodic_jobs():
    return [Job(name="chase", run=_chase)]


def _samples(cases):
    return {case.pk: case.samples.count() for case in cases}


def _chase(now):
    from lab_test.models import Sample

    return Sample.objects.filter(returned_at=None).count()
