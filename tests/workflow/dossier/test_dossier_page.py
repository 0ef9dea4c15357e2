"""The page of the dossiers: who may bind, who may take, what is stale, what is still on its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from tests.casework import later, reload
from tests.workflow.documents.papers import document_in
from tests.workflow.dossier.binding import titles_of
from workflow.engine.refusals import TransitionRefused
from workflow.models import DocumentForm, Dossier
from workflow.services.access import restrict
from workflow.services.dossiers import ask_for_dossier, bind_dossier, bind_overdue
from workflow.services.remarks import add_remark

pytestmark = pytest.mark.usefixtures("no_office")


def page_of(case):
    return reverse("workflow_case:dossier", args=[case.pk])


def file_url(dossier, kind="zip"):
    return reverse("workflow_case:dossier_file", args=[dossier.case_id, dossier.pk, kind])


def look(client, user, case):
    client.force_login(user)
    return client.get(page_of(case))


def test_officer_binds_the_file_from_the_page(
    client, world, file, django_capture_on_commit_callbacks
):
    client.force_login(world.handler)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(file), {"retention": "30年", "remarks": "缺样品一件"})

    dossier = Dossier.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(file))
    assert (dossier.status, dossier.retention, dossier.remarks) == ("bound", "30年", "缺样品一件")
    assert file_url(dossier) in look(client, world.handler, file).content.decode()


def test_wrong_retention_is_said_beside_the_field_and_nothing_typed_is_lost(client, world, file):
    client.force_login(world.handler)

    answer = client.post(page_of(file), {"retention": "一年", "remarks": "缺样品一件"})

    assert answer.status_code == 422
    assert "缺样品一件" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_without_libreoffice_only_the_archive_is_offered_and_the_page_says_why(
    client, world, bind, file
):
    dossier = bind(file)

    shown = look(client, world.handler, file).content.decode()
    assert (dossier.pdf, dossier.pages, dossier.pdf_sha256) == ("", None, "")
    assert [row["span"] for row in dossier.contents] == ["", ""]
    assert dossier.no_pdf in shown
    assert file_url(dossier, "pdf") not in shown
    client.force_login(world.handler)
    assert client.get(file_url(dossier, "pdf")).status_code == 404


def test_archive_is_a_download_and_who_took_it_is_kept(client, world, bind, file):
    dossier = bind(file)
    client.force_login(world.second)

    answer = client.get(file_url(dossier))

    assert answer.getvalue()[:2] == b"PK"
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    line = file.journal_lines.get(verb="dossier.viewed")
    assert (line.actor, line.data) == (world.second, {"dossier": dossier.pk, "kind": "zip"})


def test_stranger_finds_neither_page_nor_file(client, world, bind, file):
    dossier = bind(file)
    client.force_login(world.stranger)

    answers = [client.get(page_of(file)), client.post(page_of(file)), client.get(file_url(dossier))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_dossier_of_another_case_is_not_found_here(client, world, bind, file):
    dossier = bind(file)
    other = world.investigating(title="另一线索")
    client.force_login(world.handler)

    wrong = reverse("workflow_case:dossier_file", args=[other.pk, dossier.pk, "zip"])

    assert client.get(wrong).status_code == 404


def test_restricted_case_is_open_to_the_named_and_looks_are_kept(client, world, bind, file):
    dossier = bind(file)
    restrict(file, actor=world.unit_head, people=[world.handler], reason="重大案件")

    named = look(client, world.handler, file)
    client.force_login(world.leader)
    unnamed = [client.get(page_of(file)), client.get(file_url(dossier))]

    assert named.status_code == 200
    assert file.journal_lines.filter(verb="access.viewed", actor=world.handler).count() == 1
    assert [answer.status_code for answer in unnamed] == [404, 404]


def test_who_may_not_make_documents_reads_but_does_not_bind(client, world, bind, file):
    bind(file)

    shown = look(client, world.leader, file)

    assert shown.status_code == 200
    assert "<textarea" not in shown.content.decode()
    with pytest.raises(TransitionRefused) as refused:
        ask_for_dossier(file, actor=world.leader, retention="永久")
    assert [refusal.code for refusal in refused.value.refusals] == ["no_permission"]


def test_empty_file_is_not_bound(world, case):
    with pytest.raises(TransitionRefused) as refused:
        ask_for_dossier(case, actor=world.handler, retention="永久")

    assert [refusal.code for refusal in refused.value.refusals] == ["nothing_to_bind"]


def test_file_is_bound_once_at_a_time(world, file):
    ask_for_dossier(file, actor=world.handler, retention="永久")  # not committed: still waiting

    with pytest.raises(TransitionRefused) as refused:
        ask_for_dossier(file, actor=world.second, retention="永久")

    assert [refusal.code for refusal in refused.value.refusals] == ["being_bound"]


def test_page_shows_how_far_it_is_and_looks_again(client, world, file):
    dossier = ask_for_dossier(file, actor=world.handler, retention="永久")
    Dossier.objects.filter(pk=dossier.pk).update(done=3, total=7)

    waiting = look(client, world.handler, file)
    bind_dossier(dossier.pk)
    done = look(client, world.handler, file)

    assert waiting["Refresh"] == "3"
    assert '<progress max="7" value="3">' in waiting.content.decode()
    assert "Refresh" not in done
    assert "<progress" not in done.content.decode()


def stale(client, user, case):
    return [row.stale for row in look(client, user, case).context["bound"]]


def test_new_evidence_makes_it_stale_and_a_remark_does_not(client, world, bind, add, file):
    bind(file)
    add_remark(file, actor=world.handler, text="已装订")
    fresh = stale(client, world.handler, file)
    add(file, "补充照片")

    changed = stale(client, world.handler, file)
    bind(file)

    assert (fresh, changed) == ([False], [True])
    assert stale(client, world.handler, file) == [False, True]


def test_issued_document_makes_it_stale(client, world, bind, file):
    bind(file)
    document_in(file, world.handler, "甲")

    assert stale(client, world.handler, file) == [True]


def test_bound_dossier_is_never_changed(bind, file):
    dossier = bind(file)

    for change in ({"sha256": "0" * 64}, {"remarks": "改"}, {"status": "failed"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).delete()


def test_binding_lost_with_its_worker_is_started_again(world, file):
    dossier = ask_for_dossier(file, actor=world.handler, retention="永久")

    at_once = bind_overdue(clock.now())
    with later(minutes=21):
        started = bind_overdue(clock.now())

    dossier.refresh_from_db()
    assert (at_once, started, dossier.status) == (0, 1, "bound")


def test_binding_that_never_ends_is_given_up_and_says_so(world, file):
    dossier = ask_for_dossier(file, actor=world.handler, retention="永久")
    Dossier.objects.filter(pk=dossier.pk).update(asked_at=clock.now() - timedelta(hours=7))

    with later(minutes=21):
        bind_overdue(clock.now())

    dossier.refresh_from_db()
    assert dossier.status == "failed"
    assert dossier.fault


def test_access_that_ended_meanwhile_ends_the_binding(world, file):
    third = world.person("third", "handler", world.station, name="周第三")
    dossier = ask_for_dossier(file, actor=third, retention="永久")
    restrict(file, actor=world.unit_head, people=[world.handler], reason="重大案件")

    bind_dossier(dossier.pk)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.sha256) == ("failed", "")


def test_bureau_says_where_a_form_lies(client, world, bind, file):
    document_in(file, world.handler, "甲")
    form = DocumentForm.objects.get(code="walk.case")
    client.force_login(world.office)
    before = titles_of(bind(file))

    answer = client.post(
        reverse("workflow_template_form", args=[form.pk]), {"volume": "正卷", "order": "5"}
    )

    assert answer.status_code == 302
    assert before == ["现场笔录", "货架照片", "通用文书"]
    assert titles_of(bind(file)) == ["通用文书", "现场笔录", "货架照片"]


@pytest.mark.parametrize(
    "place", [{"volume": "外卷", "order": "5"}, {"volume": "正卷", "order": "0"}]
)
def test_place_that_cannot_be_is_refused(client, world, file, place):
    document_in(file, world.handler, "甲")
    form = DocumentForm.objects.get(code="walk.case")
    client.force_login(world.office)

    answer = client.post(reverse("workflow_template_form", args=[form.pk]), place)

    form.refresh_from_db()
    assert (answer.status_code, form.volume) == (422, "")


def queries(client, user, case):
    look(client, user, case)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert look(client, user, case).status_code == 200
    return len(found)


def test_page_asks_no_more_for_three_papers_than_for_one(client, world, bind, add, case):
    add(case, "一")
    bind(case)
    one = queries(client, world.handler, case)
    for title in "二三":
        add(case, title)
        bind(case)

    assert queries(client, world.handler, reload(case)) <= one
