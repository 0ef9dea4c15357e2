"""A required document before a step, of every machine; what cannot exist is not waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.casework import reload
from tests.workflow.measures import carry_out, in_force, propose, sign
from workflow import api
from workflow.engine.subjects import Subject, about_record
from workflow.models import RequiredDocument
from workflow.services import documents, side

FIELD = {"name": "内容", "kind": "line", "required": True, "help": ""}


def required(form, step: str, **more) -> RequiredDocument:
    return RequiredDocument.objects.create(transition=step, form=form, mode="required", **more)


def issued(world, form, subject: Subject) -> None:
    draft = documents.save_draft(form, subject, actor=world.handler, written={"内容": "甲"})
    documents.issue_document(draft, actor=world.handler)


def missing(world, record, step: str) -> list[str]:
    """The links of the documents the step waits for."""
    asked = api.refusals(api.attempt_of(reload(record), step, world.handler))
    return [refusal.link for refusal in asked if refusal.code == "document_missing"]


def lead(world) -> tuple[Any, str, Callable[[Any], Subject]]:
    return world.lead(), "lead.accept", about_record


def case(world) -> tuple[Any, str, Callable[[Any], Subject]]:
    return world.investigating(), "case.conclude", about_record


def transfer(world) -> tuple[Any, str, Callable[[Any], Subject]]:
    record = side.propose_transfer(
        world.investigating(), actor=world.handler, kind="department", authority=world.police,
        facts="另案", team=[], whole=False, part="一部分",
    )  # fmt: skip
    return record, "transfer.approve", about_record


def measure(world) -> tuple[Any, str, Callable[[Any], Subject]]:
    def about(record: Any) -> Subject:
        return about_record(record.case, case_party=record.case_party, measure=record)

    return in_force(world), "measure.lift", about


@pytest.mark.parametrize("machine", [lead, case, transfer, measure])
def test_a_step_of_every_machine_waits_for_its_document(client, world, make_form, machine):
    record, step, about = machine(world)
    form = make_form("T30", "{{ 填写.内容 }}", about=record.machine, fields=[FIELD], series="")
    required(form, step)
    client.force_login(world.handler)

    [link] = missing(world, record, step)
    page = client.get(reverse(f"workflow_{record.machine}:inspect", args=[record.pk]))
    made_at = client.get(link)
    issued(world, form, about(reload(record)))

    assert (page.status_code, made_at.status_code) == (200, 200)
    assert link in page.content.decode()
    assert missing(world, record, step) == []


def test_a_document_about_another_measure_does_not_count(world, make_form):
    first = in_force(world)
    second = carry_out(world, sign(world, propose(world, first.case)))
    form = make_form("T30", "{{ 填写.内容 }}", about="measure", fields=[FIELD], series="")
    required(form, "measure.lift")

    issued(world, form, about_record(first.case, case_party=first.case_party, measure=first))

    assert missing(world, first, "measure.lift") == []
    assert missing(world, second, "measure.lift") == [
        f"/admin/cases/{second.case_id}/documents/add/T30/?measure={second.pk}"
    ]


@pytest.mark.parametrize(("kind", "waits"), [("seize", True), ("preserve", False)])
def test_a_case_waits_for_papers_of_its_measures_only(world, make_form, kind, waits):
    case = world.investigating()
    form = make_form("T30", about="measure", fits="measure.kind=seal|seize")
    required(form, "case.conclude")
    assert missing(world, case, "case.conclude") == []

    proposed = propose(world, case, kind=kind, power="apl-56" if kind == "preserve" else "pql-18")
    assert missing(world, case, "case.conclude") == []

    carry_out(world, sign(world, proposed))
    assert bool(missing(world, case, "case.conclude")) == waits


@pytest.mark.parametrize(("kind", "waits"), [("penalty", True), ("no_penalty", False)])
def test_a_form_is_waited_for_where_its_decision_is_made(world, make_form, kind, waits):
    case = world.answer(world.noticed())
    world.draft_decision(case, kind=kind)
    form = make_form("T30", about="party", fits="decision.kind=penalty")
    required(form, "case.deliberate", per="party")

    assert bool(missing(world, case, "case.deliberate")) == waits


@pytest.mark.parametrize(("kind", "waits"), [("department", True), ("detention", False)])
def test_a_letter_is_waited_for_by_its_kind_of_transfer(world, make_form, kind, waits):
    record = side.propose_transfer(
        world.investigating(), actor=world.handler, kind=kind, authority=world.police,
        facts="另案", team=[], whole=False, part="一部分",
    )  # fmt: skip
    form = make_form("T30", about="transfer", fits="transfer.kind=department|jurisdiction")
    required(form, "transfer.approve")

    assert bool(missing(world, record, "transfer.approve")) == waits


@pytest.mark.parametrize(("kind", "waits"), [("seize", True), ("preserve", False)])
def test_measures_of_another_kind_are_lifted_without_it(world, make_form, kind, waits):
    record = in_force(world, kind=kind, power="apl-56" if kind == "preserve" else "pql-18")
    form = make_form("T30", about="measure", fits="measure.kind=seal|seize")
    required(form, "measure.lift")

    assert bool(missing(world, record, "measure.lift")) == waits
