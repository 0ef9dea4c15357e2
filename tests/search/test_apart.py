"""Public copies and casework never share a table, whichever way something is indexed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from modelsearch import index
from modelsearch.backends import get_search_backend
from wagtail.images import get_image_model

from publicity.pages.models import ExposurePage
from search.indexes import HOLDINGS, named
from search.indexing import index_changes, sweep
from search.models import CaseworkIndexEntry, Change, PublicIndexEntry
from tests.publicity.pages.factories import make_draft, make_released
from tests.search.records import make_case, make_lead
from workflow.models import Case, Lead

pytestmark = pytest.mark.django_db

CASEWORK = "内部线索铁塔山"
DRAFT = "草稿琉璃瓦"
PUBLIC = "公开青石桥"


def kinds(entries) -> set[str]:
    return set(entries.objects.values_list("content_type__model", flat=True))


def rows_with(text: str) -> dict[str, int]:
    """Count the rows of every table of an index, virtual ones too, that hold a text's tokens."""
    pair = text[-2:]
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "indexentry" not in table:
                continue
            columns = [
                c.name for c in connection.introspection.get_table_description(cursor, table)
            ]
            for column in {"title", "body", "autocomplete"} & set(columns):
                cursor.execute(
                    f"SELECT COUNT(*) FROM {table} WHERE CAST({column} AS text) LIKE %s",
                    [f"%{pair}%"],
                )
                if found := cursor.fetchone()[0]:
                    counts[table] = max(found, counts.get(table, 0))
    return counts


def save():
    index_changes()


def rebuild():
    call_command("update_index", stdout=StringIO())


def modelsearch_functions():
    for model in (Case, Lead, ExposurePage):
        for row in model.objects.all():
            index.insert_or_update_object(row)
            for backend in (get_search_backend("default"), get_search_backend("casework")):
                backend.add(row)
                backend.add_bulk(model, [row])


@pytest.mark.parametrize("way", [save, rebuild, sweep, modelsearch_functions])
def test_each_text_lands_in_its_own_table(way):
    make_case(f"事实{CASEWORK}")
    make_lead(f"内容{CASEWORK}")
    make_released(facts=f"<p>{PUBLIC}</p>")
    make_draft(facts=f"<p>{DRAFT}</p>")
    if way is not save:
        Change.objects.all().delete()

    way()

    index_changes()
    assert kinds(CaseworkIndexEntry) == {"case", "lead"}
    assert "exposurepage" in kinds(PublicIndexEntry)
    assert not {"case", "lead"} & kinds(PublicIndexEntry)
    assert {table.removesuffix("_fts") for table in rows_with(CASEWORK)} == {
        "search_caseworkindexentry"
    }
    assert {table.removesuffix("_fts") for table in rows_with(PUBLIC)} == {
        "search_publicindexentry"
    }
    assert rows_with(DRAFT) == {}
    assert not apps.get_model("wagtailsearch", "IndexEntry").objects.exists()


def test_deleted_records_leave_their_table():
    case, page = make_case("甲"), make_released()
    index_changes()

    case.delete()
    page.delete()

    assert not CaseworkIndexEntry.objects.exists()
    assert "exposurepage" not in kinds(PublicIndexEntry)


def test_reset_of_one_index_leaves_the_other():
    make_case("甲")
    make_released()
    index_changes()

    get_search_backend("default").reset_indexes()

    assert not PublicIndexEntry.objects.exists()
    assert CaseworkIndexEntry.objects.count() == 1


@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_model_of_the_other_index_is_refused(method):
    with pytest.raises(ImproperlyConfigured, match="casework"):
        getattr(get_search_backend("default"), method)("甲", Case.objects.all())
    with pytest.raises(ImproperlyConfigured, match="default"):
        getattr(get_search_backend("casework"), method)("甲", ExposurePage.objects.all())


def test_model_of_no_index_is_searched_in_the_database():
    images = get_image_model()

    assert list(get_search_backend("default").autocomplete("甲", images)) == []
    assert list(get_search_backend("default").search("甲", images)) == []


def test_editor_looks_up_drafts_without_an_index():
    draft = make_draft(title="龙泉镇草稿案")
    index_changes()

    found = get_search_backend("default").autocomplete("龙泉镇", ExposurePage.objects.all())

    assert [page.pk for page in found] == [draft.pk]
    assert not PublicIndexEntry.objects.filter(object_id=str(draft.pk)).exists()


def test_every_indexed_model_of_ours_is_in_exactly_one_index():
    ours = [m for m in index.get_indexed_models() if m._meta.app_label in {"workflow", "pages"}]

    assert {m: sum(h.holds(m) for h in HOLDINGS) for m in ours} == dict.fromkeys(ours, 1)


def test_backend_without_an_index_is_refused():
    with pytest.raises(ImproperlyConfigured, match="INDEX"):
        named("")
