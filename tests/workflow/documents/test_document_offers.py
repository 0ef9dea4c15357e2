"""制作文书 offers what fits the file, and says of every other form what is missing and where."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework import reload
from tests.workflow.measures import in_force
from workflow import api
from workflow.engine.subjects import about_record
from workflow.models import CaseParty, DocumentForm, Party
from workflow.selectors.document_offers import offers_for
from workflow.services import documents, side

OF_A_DECISION = {"F44", "F45", "F46"}
OF_PRESERVING, OF_COERCING = {"F19", "F20"}, {"F06", "F21", "F22", "F23", "F25", "F26"}


def waiting(record):
    """Code → what the form waits for."""
    rows = [row for offer in offers_for(reload(record)) for row in offer.forms]
    return {row.form.code: row.lack for row in rows if row.lack}


def tab(case, name):
    return f"{reverse('workflow_case:inspect', args=[case.pk])}?tab={name}"


def test_a_case_under_investigation_is_told_what_its_forms_wait_for(world):
    case = world.investigating()

    found = waiting(case)

    of_measures = set(
        DocumentForm.objects.filter(about="measure", is_active=True).values_list("code", flat=True)
    )
    assert set(found) == OF_A_DECISION | of_measures
    assert {found[code].link for code in OF_A_DECISION} == {tab(case, "parties")}
    assert {found[code].link for code in of_measures} == {tab(case, "measures")}
    assert "先在当事人处起草决定" in found["F45"].message


def test_a_measure_lets_the_forms_of_its_kind_be_made(world):
    measure = in_force(world)
    assert set(waiting(measure.case)) == OF_A_DECISION | OF_PRESERVING

    type(measure).objects.update(kind="preserve")
    assert set(waiting(measure.case)) == OF_A_DECISION | OF_COERCING


@pytest.mark.parametrize(
    ("kind", "left"), [("penalty", {"F46"}), ("no_penalty", {"F44", "F45"})]
)  # fmt: skip
def test_a_drafted_decision_lets_its_form_be_made(world, kind, left):
    case = world.answer(world.noticed())
    world.draft_decision(case, kind=kind)

    assert set(waiting(case)) & OF_A_DECISION == left


def test_what_is_asked_for_all_the_same_is_refused_for_the_same_reason(world):
    case = world.investigating()
    form = DocumentForm.objects.get(code="F45")

    with pytest.raises(api.TransitionRefused) as refused:
        documents.save_draft(
            form, about_record(case, case_party=case.parties.get()), actor=world.handler,
            written={},
        )  # fmt: skip

    assert refused.value.refusals == [waiting(case)["F45"]]


def test_the_page_leads_to_what_is_missing_instead_of_the_form(client, world):
    case = world.investigating()
    client.force_login(world.handler)

    page = client.get(reverse("workflow_case:choose_document", args=[case.pk])).content.decode()

    assert reverse("workflow_case:make_document", args=[case.pk, "F45"]) not in page
    assert reverse("workflow_case:make_document", args=[case.pk, "F37"]) in page
    assert tab(case, "parties") in page


def test_a_transfer_is_offered_its_own_letter_only(world):
    transfer = side.propose_transfer(
        world.investigating(), actor=world.handler, kind="criminal", authority=world.police,
        facts="涉嫌犯罪。", team=[world.handler, world.second],
    )  # fmt: skip

    rows = [row for offer in offers_for(transfer) for row in offer.forms]

    assert [(row.form.code, row.lack) for row in rows] == [("F05", None)]


def test_more_parties_ask_no_more_queries(world):
    case = world.investigating()
    with CaptureQueriesContext(connection) as few:
        offers_for(reload(case))
    for number in range(3):
        party = Party.objects.create(kind="person", name=f"甲{number}")
        CaseParty.objects.create(case=case, party=party, order=number + 2)
    with CaptureQueriesContext(connection) as many:
        offers_for(reload(case))

    assert len(many) == len(few)
