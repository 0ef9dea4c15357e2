"""Numbers: no gap, no reuse, voids explained; the register shows what one may see."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.casework import reload
from tests.workflow.engine.test_concurrency import together
from workflow.engine.subjects import about_record
from workflow.models import Document, IssuedNumber, NumberPattern, NumberSequence
from workflow.numbering import issue_number, take_over_number, void_number
from workflow.selectors.numbers import gaps_of
from workflow.services import documents


class Undone(Exception):
    pass


@pytest.mark.django_db
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["notice", "penalty", "order"]),
            st.sampled_from([2021, 2022]),
            st.sampled_from(["issue", "undo", "void"]),
        ),
        max_size=25,
    )
)
def test_whatever_happens_there_is_no_gap_and_no_reuse(acts):
    with transaction.atomic():
        NumberPattern.objects.get_or_create(
            kind="order", defaults={"name": "责改", "pattern": "东市监责改〔{year}〕{n}号"}
        )
        IssuedNumber.objects.all().delete()
        NumberSequence.objects.all().delete()
        given_out: list[str] = []
        for kind, year, act in acts:
            try:
                with transaction.atomic():
                    text = issue_number(kind, on=date(year, 5, 1))
                    if act == "undo":
                        raise Undone
            except Undone:
                continue
            assert text not in given_out
            given_out.append(text)
            if act == "void":
                void_number(text, reason="写错")

        for sequence in NumberSequence.objects.all():
            rows = IssuedNumber.objects.filter(kind=sequence.kind, year=sequence.year)
            serials = sorted(rows.values_list("serial", flat=True))
            assert serials == list(range(1, sequence.last + 1))
        assert IssuedNumber.objects.count() == len(given_out)
        voided = sum(act == "void" for _kind, _year, act in acts)
        assert IssuedNumber.objects.filter(void_reason="写错").count() == voided
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("lost", "gaps"), [([], []), ([1, 300], []), ([302], [302]), ([303], [303])]
)  # fmt: skip
def test_gaps_count_only_above_the_highest_number_taken_over(world, lost, gaps):
    """1 to 300 stand in the paper register; without the mark on 301 a gap would begin at 1."""
    unit, on = world.handler.postings.first().unit, date(2022, 3, 1)
    take_over_number("penalty", "东市监罚〔2022〕12号", on=on, unit=unit)
    take_over_number("penalty", "东市监罚〔2022〕301号", on=on, unit=unit)
    for _n in range(3):
        issue_number("penalty", on=on)

    IssuedNumber.objects.filter(kind="penalty", serial__in=lost).delete()

    assert gaps_of(NumberSequence.objects.get(kind="penalty", year=2022)) == gaps


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_documents_issued_together_have_no_gap_and_no_double(transactional_world, make_form):
    world = transactional_world
    case = world.investigating()
    form = make_form("T30", "{{ 文书.文号 }}")
    drafts = [
        documents.save_draft(form, about_record(case), actor=world.handler, written={})
        for _ in range(8)
    ]
    waiting = iter(drafts)

    together(
        lambda person: documents.issue_document(next(waiting), actor=person), [world.handler] * 8
    )

    serials = sorted(IssuedNumber.objects.filter(kind="order").values_list("serial", flat=True))
    numbers = set(Document.objects.filter(form=form).values_list("number", flat=True))
    assert serials == list(range(1, 9))
    assert len(numbers) == 8


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_draft_is_issued_once_by_eight_together(transactional_world, make_form):
    world = transactional_world
    case = world.investigating()
    form = make_form("T31", "{{ 文书.文号 }}")
    draft = documents.save_draft(form, about_record(case), actor=world.handler, written={})

    results = together(
        lambda person: documents.issue_document(draft, actor=person), [world.handler] * 8
    )

    assert sorted(type(result).__name__ for result in results) == ["Document"] + ["list"] * 7
    assert IssuedNumber.objects.filter(kind="order").count() == 1


def issued(world, case, form) -> Document:
    draft = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )
    return documents.issue_document(draft, actor=world.handler)


def test_the_register_shows_voids_and_hides_what_is_out_of_scope(client, world, form):
    case, hidden = world.investigating(), world.investigating()
    mine = issued(world, case, form)
    documents.void_document(mine, actor=world.handler, reason="当事人写错")
    secret = issued(world, hidden, form)
    type(hidden)._base_manager.filter(pk=hidden.pk).update(restricted=True)
    sequence = NumberSequence.objects.get(kind="order")
    url = f"{reverse('workflow_number_register')}?of={sequence.pk}"

    client.force_login(world.unit_head)
    seen = client.get(url).content.decode()
    table = b"".join(client.get(f"{url}&export=csv").streaming_content).decode()
    client.force_login(world.handler)

    assert client.get(url).status_code == 404
    for text in (seen, table):
        assert mine.number in text
        assert "当事人写错" in text
        assert secret.number not in text
    assert reload(hidden).number not in seen
    assert "没有缺号" in seen or "No gap" in seen


def test_the_number_of_a_case_leads_to_it(client, world):
    case = world.investigating()
    sequence = NumberSequence.objects.get(kind="filing")

    client.force_login(world.unit_head)
    page = client.get(f"{reverse('workflow_number_register')}?of={sequence.pk}")

    [entry] = page.context["entries"]
    assert (entry.text, entry.bearer.url) == (case.number, f"/admin/cases/{case.pk}/")


def test_a_gap_is_named(client, world, form):
    case = world.investigating()
    for _ in range(3):
        issued(world, case, form)
    IssuedNumber.objects.filter(kind="order", serial=2).delete()
    sequence = NumberSequence.objects.get(kind="order")

    client.force_login(world.leader)
    page = client.get(f"{reverse('workflow_number_register')}?of={sequence.pk}")

    assert page.context["gaps"] == [2]
