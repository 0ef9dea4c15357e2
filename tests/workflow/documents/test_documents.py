"""A document is drafted, issued once and frozen, voided with a reason."""

from __future__ import annotations

import hashlib

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from tests.workflow.documents.papers import said
from workflow import api
from workflow.engine.subjects import about_record
from workflow.models import Document, IssuedNumber, JournalLine
from workflow.services import documents


@pytest.fixture
def case(world):
    return world.investigating()


def drafted(world, case, form, **written) -> Document:
    return documents.save_draft(form, about_record(case), actor=world.handler, written=written)


def codes(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def lines(case) -> list[str]:
    rows = JournalLine.objects.filter(case=case, verb__startswith="document.")
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_an_issued_document_has_its_number_its_file_and_its_content(world, case, form):
    draft = drafted(world, case, form, 改正内容="立即下架 <三无> & {{玩具}}")

    document = documents.issue_document(draft, actor=world.handler)

    with document.file.open("rb") as file:
        content = file.read()
    assert document.number == "东市监责改〔2022〕1号"
    assert said(content) == [f"{document.number} {case.number}", "立即下架 <三无> & {{玩具}}"]
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size == len(content)
    assert document.fields["填写"] == {"改正内容": "立即下架 <三无> & {{玩具}}"}
    assert document.template.version == 1
    assert lines(case) == ["document.drafted", "document.issued"]
    line = JournalLine.objects.get(verb="document.issued")
    assert (line.data["number"], line.data["sha256"]) == (document.number, document.sha256)


def test_what_is_missing_is_named_and_no_number_is_used(world, case, form):
    draft = drafted(world, case, form)

    with pytest.raises(api.TransitionRefused) as refused:
        documents.issue_document(draft, actor=world.handler)
    documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "下架"}, document=draft
    )
    document = documents.issue_document(draft, actor=world.handler)

    assert codes(refused) == ["field_missing"]
    assert "“改正内容”" in str(refused.value.refusals[0].message)
    assert document.number == "东市监责改〔2022〕1号"
    assert IssuedNumber.objects.filter(kind="order").count() == 1


def test_a_draft_is_written_anew_and_an_issued_one_is_not(world, case, form):
    document = drafted(world, case, form, 改正内容="甲")
    again = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "乙"}, document=document
    )
    documents.issue_document(document, actor=world.handler)

    assert again.pk == document.pk
    for act in (
        lambda: documents.save_draft(
            form, about_record(case), actor=world.handler, written={}, document=document
        ),
        lambda: documents.issue_document(document, actor=world.handler),
        lambda: documents.discard_draft(document, actor=world.handler),
    ):
        with pytest.raises(api.TransitionRefused) as refused:
            act()
        assert codes(refused) == ["stale"]


@pytest.mark.parametrize(
    "change", [{"number": "x"}, {"sha256": "x"}, {"fields": {}}, {"file": "x"}, {"written": {}}]
)
def test_the_database_keeps_an_issued_document(world, case, form, change):
    document = drafted(world, case, form, 改正内容="甲")
    rows = Document.objects.filter(pk=document.pk)
    rows.update(written={"改正内容": "乙"})
    documents.issue_document(document, actor=world.handler)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete("default")


def test_a_voided_number_stays_used_and_says_why(world, case, form):
    first = documents.issue_document(drafted(world, case, form, 改正内容="甲"), actor=world.handler)

    with pytest.raises(api.TransitionRefused) as refused:
        documents.void_document(first, actor=world.handler, reason=" ")
    documents.void_document(first, actor=world.handler, reason="当事人名称有误")
    second = documents.issue_document(
        drafted(world, case, form, 改正内容="甲"), actor=world.handler
    )

    first.refresh_from_db()
    number = IssuedNumber.objects.get(text=first.number)
    assert codes(refused) == ["reason_missing"]
    assert (first.status, first.void_reason) == ("voided", "当事人名称有误")
    assert (number.voided_at is not None, number.void_reason) == (True, "当事人名称有误")
    assert second.number == "东市监责改〔2022〕2号"
    assert lines(case)[2] == "document.voided"


def test_a_discarded_draft_leaves_its_line_only(world, case, form):
    document = drafted(world, case, form)

    documents.discard_draft(document, actor=world.handler)

    assert not Document.objects.filter(pk=document.pk).exists()
    assert lines(case) == ["document.drafted", "document.discarded"]


def test_only_those_who_may_make_documents_of_the_unit(world, case, form):
    for person in (world.stranger, world.system_admin, world.auditor):
        with pytest.raises(api.TransitionRefused) as refused:
            documents.save_draft(form, about_record(case), actor=person, written={})
        assert codes(refused) == ["out_of_scope"]
    with pytest.raises(api.TransitionRefused) as refused:
        documents.save_draft(form, about_record(case), actor=world.leader, written={})
    assert codes(refused) == ["no_permission"]


def test_a_form_that_is_closed_or_does_not_fit_is_refused(world, case, make_form):
    closed = make_form("T02", is_active=False)
    unfit = make_form("T03", fits="case.procedure=simple")
    numberless = make_form("T04", series="", number_of="case")

    found = []
    for form in (closed, unfit):
        with pytest.raises(api.TransitionRefused) as refused:
            drafted(world, case, form)
        found += codes(refused)
    document = drafted(world, case, numberless, 改正内容="甲")

    assert found == ["form_closed", "form_unfit"]
    assert documents.issue_document(document, actor=world.handler).number == case.number


def test_a_template_that_fails_leaves_neither_number_nor_file(world, case, make_form, settings):
    broken = make_form("T05", "{% for 人 in 案件.立案号 %}{{ 人 }}{% endfor %}")
    draft = drafted(world, case, broken)

    with pytest.raises(api.TransitionRefused) as refused:
        documents.issue_document(draft, actor=world.handler)

    assert codes(refused) == ["template_unfit"]
    assert not IssuedNumber.objects.filter(kind="order").exists()
    assert not (settings.PRIVATE_ROOT / "documents" / f"case-{case.pk}").exists()
