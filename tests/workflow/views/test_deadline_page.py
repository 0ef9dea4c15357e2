"""Why this date."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from tests.casework import later, reload
from tests.workflow.guards.test_review_and_notice import hearing_data
from workflow import api
from workflow.engine.subjects import about_record
from workflow.models import Approval, Deadline, Document, DocumentForm
from workflow.services import documents, limits


def test_every_limit_of_a_case_explains_itself(client, world):
    case = world.enforcing()
    client.force_login(world.handler)

    for deadline in Deadline.objects.filter(case=case):
        response = client.get(reverse("workflow_case:deadline", args=[case.pk, deadline.pk]))
        assert response.status_code == 200
        assert deadline.rule.name in response.content.decode()


def test_limit_of_another_record_does_not_exist(client, world):
    case, other = world.investigating(), world.investigating(title="另一线索")
    deadline = Deadline.objects.filter(case=other).first()
    client.force_login(world.handler)

    wrong = reverse("workflow_case:deadline", args=[case.pk, deadline.pk])

    assert client.get(wrong).status_code == 404


def test_limit_out_of_scope_does_not_exist(client, world):
    case = world.investigating()
    deadline = Deadline.objects.filter(case=case).first()
    client.force_login(world.stranger)

    address = reverse("workflow_case:deadline", args=[case.pk, deadline.pk])

    assert client.get(address).status_code == 404


def page_of(client, world, case):
    client.force_login(world.handler)
    limit = Deadline.objects.get(case=case, code="C12")
    response = client.get(reverse("workflow_case:deadline", args=[case.pk, limit.pk]))
    assert response.status_code == 200
    return response


def test_pause_of_a_signed_step_shows_who_signed_and_the_document_it_made(
    client, world, django_capture_on_commit_callbacks
):
    case = world.investigating()
    with django_capture_on_commit_callbacks(execute=True):
        case = world.signed(case, "case.suspend", {"ground": "other", "reason": "等待鉴定"})
    approval, document = Approval.objects.get(transition="case.suspend"), Document.objects.get(
        case=case, made_for__verb="case.suspend"
    )  # fmt: skip

    response = page_of(client, world, case)

    [(_pause, _reason, _url, ground)] = response.context["pauses"]
    assert [step.signer for step in ground.signatures] == [world.unit_head, world.leader]
    assert [paper.document for paper in ground.papers] == [document]
    body = response.content.decode()
    for address, said in (
        (reverse("workflow_case:approval", args=[case.pk, approval.pk]), world.leader.name),
        (reverse("workflow_case:document", args=[case.pk, document.pk]), str(document)),
    ):
        assert (address in body, said in body) == (True, True)


def test_pause_of_a_step_nobody_signs_shows_who_did_it_and_the_notice_issued_by_hand(client, world):
    case = world.noticed(hearing_right=True, fine_fen=100_000_000)
    case = world.answer(case, "hearing", text="要求听证")
    api.perform(case, "case.schedule_hearing", actor=world.jurist, data=hearing_data(world, days=9))
    notice = DocumentForm.objects.get(code="F39")
    subject = about_record(reload(case), case_party=case.parties.get())
    drafts = [
        documents.save_draft(notice, subject, actor=world.jurist, written={}) for _n in range(2)
    ]
    issued = documents.issue_document(drafts[0], actor=world.jurist)

    response = page_of(client, world, case)

    [(_pause, _reason, _url, ground)] = response.context["pauses"]
    assert (ground.line.actor, ground.approval_url) == (world.jurist, "")
    assert (list(ground.signatures), [paper.document for paper in ground.papers]) == ([], [issued])
    body = response.content.decode()
    assert (world.jurist.name in body, issued.number in body) == (True, True)


def test_pause_by_hand_rests_on_its_own_document_alone(client, world):
    case = world.investigating()
    limit = Deadline.objects.get(case=case, code="C12")
    limits.pause_limit(limit, actor=world.handler, reason="testing", start_on=clock.today(),
                       end_on=None, document="检验告知书")  # fmt: skip

    response = page_of(client, world, case)

    assert [row[3] for row in response.context["pauses"]] == [None]
    assert "检验告知书" in response.content.decode()


def test_page_asks_as_often_for_three_pauses_as_for_one(client, world):
    case = world.investigating()

    def stop(days):
        with later(days=days):
            stopped = world.signed(case, "case.suspend", {"ground": "other", "reason": "等待"})
        with later(days=days + 1):
            return world.signed(stopped, "case.resume", {"reason": "恢复"})

    def asked():
        page_of(client, world, case)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, world, case)
        return len(queries)

    case = stop(1)
    one = asked()
    case = stop(5)
    case = stop(9)

    assert asked() == one
