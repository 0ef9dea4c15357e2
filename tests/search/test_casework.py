"""Staff search within what the caller may see, and nothing of the rest."""

from __future__ import annotations

import pytest
from django.db.models import Exists, OuterRef, Q
from modelsearch.backends import get_search_backend
from wagtail.admin.views.generic import IndexView

from search.casework import search_queryset
from search.indexing import index_changes
from tests.accounts.people import make_unit
from tests.search.records import make_case, make_lead
from workflow.models import Case, Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_units():
    ours, theirs = make_unit("ours", parent=None), make_unit("theirs", parent=None)
    cases = [
        make_case("查获黑气瓶", unit=ours),
        make_case("查获黑气瓶十只", unit=ours, restricted=True),
        make_case("查获黑气瓶", unit=theirs),
    ]
    index_changes()
    return ours, theirs, cases


def test_search_stays_within_the_given_queryset(two_units):
    ours, _theirs, (mine, _restricted, _foreign) = two_units
    scoped = Case.objects.filter(unit_id__in=[ours.pk], restricted=False)

    found = search_queryset(scoped, "黑气瓶")
    results = get_search_backend("casework").search("黑气瓶", scoped)

    assert list(found) == list(results) == [mine]
    assert found.count() == results.count() == results[:1001].count() == 1


@pytest.mark.parametrize("typed", ["黑气瓶", "-水泥", "黑", "-水泥 黑气瓶"])
def test_no_query_reaches_outside_the_scope(two_units, typed):
    _ours, _theirs, (_mine, _restricted, foreign) = two_units
    scoped = Case.objects.exclude(pk=foreign.pk)

    found = search_queryset(scoped, typed)

    assert foreign.pk not in set(found.values_list("pk", flat=True))
    assert found.count() == 2


def test_scope_may_be_any_queryset(two_units):
    ours, _theirs, (mine, _restricted, _foreign) = two_units
    lead_of = Lead.objects.filter(pk=OuterRef("lead"))
    scoped = Case.objects.filter(Q(unit=ours) | Exists(lead_of), ~Q(restricted=True))

    assert list(search_queryset(scoped.select_related("unit"), "黑气瓶")) == [mine]


def test_result_is_a_queryset_to_go_on_with(two_units):
    _ours, theirs, (_mine, _restricted, foreign) = two_units

    found = search_queryset(Case.objects.all(), "黑气瓶").filter(unit=theirs)

    assert list(found.values_list("pk", flat=True)) == [foreign.pk]


def test_order_is_the_lists_own_and_never_a_score(two_units):
    _ours, _theirs, (first, second, third) = two_units

    by_number = get_search_backend("casework").search("黑气瓶", Case.objects.order_by("number"))
    by_default = get_search_backend("casework").search("黑气瓶", Case.objects.all())

    assert list(by_number) == [first, second, third]
    assert list(by_default) == [third, second, first]


def test_blank_query_changes_nothing_and_a_query_of_marks_finds_nothing(two_units):
    assert search_queryset(Case.objects.all(), "  ").count() == 3
    assert search_queryset(Case.objects.all(), "？？").count() == 0


def test_last_word_may_still_be_typed():
    case = make_case("型号ABCDEF")
    index_changes()

    assert list(search_queryset(Case.objects.all(), "abc")) == [case]


def test_leads_and_cases_do_not_mix():
    case, lead = make_case("黑气瓶"), make_lead("黑气瓶")
    index_changes()

    assert list(search_queryset(Case.objects.all(), "黑气瓶")) == [case]
    assert list(search_queryset(Lead.objects.all(), "黑气瓶")) == [lead]


@pytest.mark.parametrize("ordering", ["", "number"])
def test_list_of_the_admin_searches_its_scope(rf, two_units, ordering):
    ours, _theirs, (mine, _restricted, _foreign) = two_units

    class CaseList(IndexView):
        model = Case
        is_searchable = True
        search_backend_name = "casework"
        index_url_name = None
        default_ordering = "-updated_at"

        def get_base_queryset(self):
            return Case.objects.filter(unit=ours, restricted=False)

    view = CaseList()
    view.setup(rf.get("/", {"q": "黑气瓶", "ordering": ordering}))

    results = view.search_queryset(view.get_base_queryset())

    assert list(results) == [mine]
    assert results.count() == 1


def test_search_asks_the_database_once(two_units, django_assert_num_queries):
    list(search_queryset(Case.objects.all(), "甲"))  # content types are looked up once

    with django_assert_num_queries(1):
        list(search_queryset(Case.objects.all(), "黑气瓶"))
    with django_assert_num_queries(1):
        search_queryset(Case.objects.all(), "黑气瓶 -水泥").count()
