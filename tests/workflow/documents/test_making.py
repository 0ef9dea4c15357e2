"""Documents a step makes, and those it waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

from accounts import clock
from tests.casework import reload
from tests.workflow.documents.papers import docx, said
from tiequan.celery import app
from workflow import api
from workflow.documents.store import keep_template
from workflow.engine.subjects import about_record
from workflow.models import Document, IssuedNumber, RequiredDocument
from workflow.services import case_file, documents
from workflow.tick import tick

CONCLUDE = {"report": "事实清楚，证据充分。", "proposal": "罚款 5000 元"}


@pytest.fixture
def case(world):
    """Ready for 调查终结."""
    case = world.investigating()
    world.evidence(case)
    fields = {"facts": "经查，销售三无玩具。", "legal_basis": "产品质量法第二十七条"}
    return case_file.edit_case(case, actor=world.handler, fields=fields)


@pytest.fixture
def made(make_form):
    """A form that 调查终结 makes of itself."""
    field = {"name": "调查结论", "kind": "text", "required": True, "help": "", "source": "report"}
    form = make_form("T20", "{{ 文书.文号 }}", "{{ 填写.调查结论 }}", fields=[field])
    RequiredDocument.objects.create(transition="case.conclude", form=form, mode="made_by")
    return form


def needed(form, **more) -> RequiredDocument:
    return RequiredDocument.objects.create(
        transition="case.conclude", form=form, mode="required", law="程序规定第四十八条", **more
    )


def conclude(world, case):
    api.perform(reload(case), "case.conclude", actor=world.handler, data=CONCLUDE)


def refused_codes(world, case) -> list[str]:
    with pytest.raises(api.TransitionRefused) as refused:
        conclude(world, case)
    return [refusal.code for refusal in refused.value.refusals]


def test_a_step_makes_its_document(world, case, made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        conclude(world, case)

    document = Document.objects.get(form=made)
    with document.file.open("rb") as file:
        assert said(file.read()) == ["东市监责改〔2022〕1号", "事实清楚，证据充分。"]
    assert (document.status, document.made_for.verb) == ("issued", "case.conclude")
    assert document.issued_at == document.made_for.acted_at


def test_a_broker_that_is_away_delays_the_document_and_loses_nothing(
    world, case, made, monkeypatch, django_capture_on_commit_callbacks
):
    """The step stands, the document is owed, and the next tick that finds a broker makes it."""
    with monkeypatch.context() as away:
        away.setitem(app.conf, "task_always_eager", False)
        away.setitem(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
        away.setattr(app.amqp, "_producer_pool", None)
        with django_capture_on_commit_callbacks(execute=True):
            conclude(world, case)
        with pytest.raises(OperationalError):
            app.tasks["workflow.tasks.make_documents"].delay(line_id=0)
    document = Document.objects.get(form=made)
    assert (reload(case).state, document.status) == ("concluded", "pending")

    with clock.at(clock.now() + timedelta(minutes=11)):
        tick(clock.now())

    document.refresh_from_db()
    assert (document.status, document.number) == ("issued", "东市监责改〔2022〕1号")


def test_a_document_that_cannot_be_made_never_touches_the_step(
    world, case, made, django_capture_on_commit_callbacks
):
    broken = docx("{{ 填写.调查结论 }}{% for x in 填写.调查结论 %}{% endfor %}")
    keep_template(made, docx("{{ 文书.文号 }}"), current=True)
    template = made.templates.get(is_current=True)
    template.file.storage.delete(template.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        conclude(world, case)
    document = Document.objects.get(form=made)

    assert reload(case).state == "concluded"
    assert (document.status, bool(document.fault)) == ("pending", True)
    assert not IssuedNumber.objects.filter(kind="order").exists()

    keep_template(made, broken, current=True)
    with clock.at(clock.now() + timedelta(minutes=11)):
        tick(clock.now())
    document.refresh_from_db()
    assert (document.status, bool(document.fault)) == ("draft", True)

    keep_template(made, docx("{{ 文书.文号 }}"), current=True)
    documents.issue_document(document, actor=world.handler)
    document.refresh_from_db()
    assert (document.status, document.fault, document.number) == (
        "issued", "", "东市监责改〔2022〕1号",
    )  # fmt: skip


def test_a_step_that_is_refused_makes_nothing(world, made):
    case = world.investigating()

    with pytest.raises(api.TransitionRefused):
        conclude(world, case)

    assert not Document.objects.filter(form=made).exists()


def test_a_step_waits_for_its_document(world, case, form):
    needed(form)
    document = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )

    drafted = refused_codes(world, case)
    documents.issue_document(document, actor=world.handler)
    documents.void_document(document, actor=world.handler, reason="写错")
    voided = refused_codes(world, case)
    again = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )
    documents.issue_document(again, actor=world.handler)
    conclude(world, case)

    assert (drafted, voided) == (["document_missing"], ["document_missing"])
    assert reload(case).state == "concluded"


def test_the_refusal_names_law_and_the_page_where_it_is_made(world, case, make_form):
    form = make_form("T21", about="party", name="送达地址确认书")
    needed(form, per="party")
    party = case.parties.get()

    with pytest.raises(api.TransitionRefused) as refused:
        conclude(world, case)

    [refusal] = refused.value.refusals
    assert "送达地址确认书" in str(refusal.message)
    assert party.party.name in str(refusal.message)
    assert refusal.law == "程序规定第四十八条"
    assert refusal.link == f"/admin/cases/{case.pk}/documents/add/T21/?party={party.pk}"


def test_what_is_switched_off_blocks_nothing(world, case, form):
    needed(form, is_active=False)

    conclude(world, case)

    assert reload(case).state == "concluded"
