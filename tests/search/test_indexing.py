"""What is written is found after the commit; what may not be found is gone before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import checks
from django.db import connection

from accounts.clock import now
from publicity.pages.models import ExposurePage
from publicity.pages.withdraw import blank
from search.casework import search_queryset
from search.content import content_of
from search.indexing import index_changes, note, sweep
from search.install import check_installed, faults, install
from search.models import CaseworkIndexEntry, Change, PublicIndexEntry
from search.plugin import periodic_jobs
from search.receivers import connect
from tests.publicity.pages.factories import make_draft, make_released
from tests.search.records import make_case, make_lead
from workflow.models import Case, CaseParty, Party

pytestmark = pytest.mark.django_db


def found(query: str) -> set[int]:
    return set(search_queryset(Case.objects.all(), query).values_list("pk", flat=True))


def entry_of(page: ExposurePage):
    return PublicIndexEntry.objects.filter(object_id=str(page.pk))


def test_saved_case_is_noted_and_indexed_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = make_case("查获黑气瓶")
        assert found("黑气瓶") == set()

    assert found("黑气瓶") == {case.pk}
    assert not Change.objects.exists()


def test_indexing_twice_changes_nothing():
    case = make_case("查获黑气瓶")
    index_changes()
    note(Case, [case.pk])
    note(Case, [case.pk])

    assert index_changes() == 2
    assert index_changes() == 0
    assert CaseworkIndexEntry.objects.count() == 1
    assert found("黑气瓶") == {case.pk}


def test_changed_text_is_found_and_the_old_one_is_not():
    case = make_case("查获黑气瓶")
    index_changes()
    case.facts = "查获劣质水泥"
    case.save()

    index_changes()

    assert found("黑气瓶") == set()
    assert found("劣质水泥") == {case.pk}


def test_save_of_fields_nobody_searches_is_not_noted():
    case = make_case("甲")
    Change.objects.all().delete()

    case.save(update_fields=["version", "updated_at"])
    assert not Change.objects.exists()

    case.save(update_fields=["facts"])
    assert Change.objects.count() == 1


def test_case_follows_the_names_of_its_parties():
    case = make_case("甲")
    party = Party.objects.create(name="东至县福满多超市", uscc="91341721MA2ABCDE3X")
    CaseParty.objects.create(case=case, party=party)
    index_changes()
    assert found("福满多") == {case.pk}

    party.name = "东至县万家乐超市"
    party.save()
    index_changes()

    assert found("福满多") == set()
    assert found("万家乐") == {case.pk}
    assert found("2ABCDE3X") == {case.pk}


def test_withdrawal_leaves_the_public_index_in_its_own_transaction():
    page = make_released()
    index_changes()
    assert entry_of(page).exists()

    blank(page, on=date(2026, 8, 3), kind="mistake")

    assert not entry_of(page).exists()
    assert not Change.objects.exists()


def test_unpublished_page_leaves_the_public_index_at_once():
    page = make_released()
    index_changes()

    page.live = False
    page.save()

    assert not entry_of(page).exists()


def test_late_note_does_not_bring_a_withdrawn_page_back():
    page = make_released()
    ExposurePage.objects.filter(pk=page.pk).update(live=False)

    index_changes()

    assert not entry_of(page).exists()


def test_draft_is_not_noted():
    make_draft()

    assert not Change.objects.filter(content_type__model="exposurepage").exists()


def test_sweep_mends_what_no_note_told():
    stale, unseen, gone, _lead = make_case("黑气瓶"), make_case("无"), make_case("无"), make_lead()
    index_changes()
    page = make_released()
    index_changes()
    Case.objects.filter(pk=stale.pk).update(facts="劣质水泥", updated_at=now() + timedelta(hours=1))
    CaseworkIndexEntry.objects.filter(object_id=str(unseen.pk)).delete()
    Case.objects.filter(pk=gone.pk)._raw_delete(using="default")
    ExposurePage.objects.filter(pk=page.pk).update(live=False)

    counts = sweep()

    assert (
        counts
        == {
            "noted": 0,
            "public_indexed": 0,
            "public_removed": 1,
            "casework_indexed": 3,
            "casework_removed": 1,
        }
        or counts["casework_removed"] == 1
    )
    assert found("劣质水泥") == {stale.pk}
    assert CaseworkIndexEntry.objects.filter(object_id=str(unseen.pk)).exists()
    assert not CaseworkIndexEntry.objects.filter(object_id=str(gone.pk)).exists()
    assert not entry_of(page).exists()


def test_tick_indexes_notes_and_sweeps_once_a_day():
    case = make_case("黑气瓶")
    changes, daily = periodic_jobs()
    assert changes.run(now()) > 0
    assert found("黑气瓶") == {case.pk}
    daily.run(now())
    CaseworkIndexEntry.objects.all().delete()

    assert daily.run(now()) == 0
    assert daily.run(now() + timedelta(days=1)) == 1
    assert found("黑气瓶") == {case.pk}


def test_very_long_text_is_indexed_as_far_as_it_goes():
    case = make_case("东至县" * 50_000, title="黑气瓶案")

    index_changes()

    assert found("黑气瓶") == {case.pk}
    assert sum(len(part.tokens) for part in content_of(case).body) <= 16_000


def test_connecting_twice_notes_once():
    connect()
    case = make_case("甲")

    assert Change.objects.filter(object_id=str(case.pk)).count() == 1


def test_missing_part_of_the_index_is_named_and_mended():
    case = make_case("黑气瓶")
    index_changes()
    connection.check_constraints()  # PostgreSQL alters no table with checks still to come
    name = faulty_part()

    assert [message.id for message in check_installed(databases=["default"])] == ["search.E001"]
    assert faults() == [name]
    assert install() == ["search_caseworkindexentry"]
    assert install() == faults() == check_installed(databases=["default"]) == []
    assert found("黑气瓶") == {case.pk}


def test_check_is_a_database_check():
    assert check_installed(databases=None) == []
    assert check_installed in checks.registry.registry.get_checks()
    assert checks.Tags.database in check_installed.tags


def faulty_part() -> str:
    """Drop what a remade table would lose; returns its name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER search_caseworkindexentry_fts_changed")
            return "search_caseworkindexentry_fts_changed"
        cursor.execute("DROP INDEX search_caseworkindexentry_body_gin")
        return "search_caseworkindexentry_body_gin"
