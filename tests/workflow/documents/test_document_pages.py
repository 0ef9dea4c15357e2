"""The pages of documents, as an officer meets them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework import reload
from tests.workflow.documents.papers import said
from workflow.engine.subjects import about_record
from workflow.models import Document, JournalLine
from workflow.services import documents


@pytest.fixture
def case(world):
    return world.investigating()


def page(record, name, *args):
    return reverse(f"workflow_{record.machine}:{name}", args=[record.pk, *args])


def test_a_document_goes_from_the_form_to_the_file(client, world, case, form):
    client.force_login(world.handler)
    chosen = client.get(page(case, "choose_document"))
    drawn = client.get(page(case, "make_document", form.code))
    kept = client.post(page(case, "make_document", form.code), {"f0": ""})
    document = Document.objects.get(form=form)
    mine = page(case, "document", document.pk)
    missing = client.get(mine)
    client.post(mine, {"f0": "下架 <b>&{{ 7*7 }}"})
    shown = client.get(mine)
    issued = client.post(
        page(case, "issue_document", document.pk), {"acted_at": "2022-03-01T09:00"}
    )
    file = client.get(page(case, "document_file", document.pk))

    assert form.name in chosen.content.decode()
    assert [row.name for row, _url in drawn.context["missing"]] == ["改正内容"]
    assert (kept.status_code, kept["Location"]) == (302, mine)
    assert "#written" in missing.content.decode()
    assert page(case, "issue_document", document.pk) not in missing.content.decode()
    assert "下架 &lt;b&gt;&amp;{{ 7*7 }}" in shown.content.decode()
    assert page(case, "issue_document", document.pk) in shown.content.decode()
    assert issued.status_code == 302
    document.refresh_from_db()
    content = b"".join(file.streaming_content)
    assert said(content) == [f"{document.number} {case.number}", "下架 <b>&{{ 7*7 }}"]
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in file["Content-Disposition"]
    assert document.number in client.get(f"{page(case, 'inspect')}?tab=documents").content.decode()


def test_issuing_says_everything_that_is_missing(client, world, case, form):
    client.force_login(world.handler)
    document = documents.save_draft(form, about_record(case), actor=world.handler, written={})

    answer = client.post(
        page(case, "issue_document", document.pk), {"acted_at": "2022-03-01T09:00"}
    )

    assert answer.status_code == 422
    assert "“改正内容”" in answer.content.decode()


def test_voiding_asks_why(client, world, case, form):
    client.force_login(world.handler)
    document = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )
    documents.issue_document(document, actor=world.handler)
    url = page(case, "void_document", document.pk)

    refused = client.post(url, {"reason": ""})
    done = client.post(url, {"reason": "写错当事人"})

    document.refresh_from_db()
    assert (refused.status_code, done.status_code) == (422, 302)
    assert (document.status, document.void_reason) == ("voided", "写错当事人")


def test_a_party_form_asks_which_party(client, world, case, make_form):
    form = make_form("T10", "{{ 当事人.名称 }}", about="party", fields=[])
    client.force_login(world.handler)
    url = page(case, "make_document", form.code)
    party = case.parties.get()

    unknown = client.post(url, {"party": "999"})
    known = client.post(url, {"party": str(party.pk)})

    assert (unknown.status_code, known.status_code) == (422, 302)
    assert Document.objects.get(form=form).case_party == party
    assert party.party.name in client.get(f"{url}?party={party.pk}").content.decode()


def test_other_people_find_nothing(client, world, case, form):
    document = documents.save_draft(form, about_record(case), actor=world.handler, written={})
    other = world.investigating()
    names = ("document", "issue_document", "void_document", "discard_document", "sign_document",
             "make_document_again", "document_file")  # fmt: skip
    urls = [page(case, name, document.pk) for name in names]
    urls += [page(case, "choose_document"), page(case, "make_document", form.code),
             page(case, "preview_document", form.code)]  # fmt: skip

    client.force_login(world.stranger)
    found = {client.get(url).status_code for url in urls}
    client.force_login(world.handler)
    crossed = {client.get(page(other, name, document.pk)).status_code for name in names}
    wrong = client.get(page(case, "make_document", "X99")).status_code

    assert (found, crossed, wrong) == ({404}, {404}, 404)


def test_who_opens_a_document_is_kept_once_a_day(client, world, case, form):
    document = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )
    url = page(case, "document_file", document.pk)
    for person in (world.handler, world.handler, world.second):
        client.force_login(person)
        client.get(url)

    looks = JournalLine.objects.filter(verb="document.viewed").order_by("id")
    assert [line.actor for line in looks] == [world.handler, world.second]


def test_the_page_of_a_case_asks_as_much_for_three_documents_as_for_one(client, world, case, form):
    client.force_login(world.handler)
    url = f"{page(reload(case), 'inspect')}?tab=documents"

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        return len(queries)

    def one_more():
        documents.save_draft(form, about_record(case), actor=world.handler, written={})

    one_more()
    asked()
    first = asked()
    one_more()
    one_more()

    assert asked() == first
