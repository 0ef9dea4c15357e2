"""Every form against what no honest browser sends: no breakdown, no change, said at its field."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import User
from tests.casework import START
from tests.fuzz.judge import Judge
from tests.fuzz.reach import Reach, wanted
from tests.fuzz.scene import large, small
from tests.scope.addresses import addresses

#: By the beginning of their names: what takes POST and is no form of a page. Scripts send the
#: uploads and ask for the known (``test_scripts``); the law stops no limit of a transfer; a measure
#: is approved on the page of its approval.
OUT_OF_REACH = {
    "accounts_": set(),
    "workflow_lead:": {
        "workflow_lead:known", "workflow_lead:upload", "workflow_lead:upload_part none",
    },
    "workflow_case:step": set(),
    "workflow_case:(?!step)": {"workflow_case:upload", "workflow_case:upload_part none"},
    "workflow_transfer:": {"workflow_transfer:end_pause"},
    "workflow_measure:": {
        "workflow_measure:step measure.approve", "workflow_measure:step measure.ratify",
    },
    "plugins:": set(),
    "(?!accounts_|workflow_(lead|case|transfer|measure):|plugins:)": {
        "healthz", "public_case_feed", "public_robots", "public_sitemap", "search:public",
    },
}  # fmt: skip
#: Fuzzed with every `make test`; the others with `.ci/run`.
QUICK = ("accounts_postings:end", "workflow_lead:edit", "workflow_case:edit")
#: Here two files are enough; the others need some of every state.
SMALL = {"accounts_", "filters", *QUICK}


@pytest.fixture
def judge(request, db, caplog):
    caplog.set_level("CRITICAL", logger="django.request")
    with clock.at(START):
        (small if request.param in SMALL else large)()
        yield Judge(Reach())


def found_of(judge, pattern):
    """Each form of such a name with a page that shows it, None where nobody gets to see it."""
    judge.reach.survey(pattern)
    forms = [form for form in wanted() if re.match(pattern, form.name)]
    return {form.name: judge.choose(judge.reach.candidates(form)) for form in forms}


@pytest.mark.parametrize(("judge", "name"), [(name, name) for name in QUICK], indirect=["judge"])
def test_a_form_refuses_what_cannot_be_at_its_fields_and_keeps_what_was_typed(judge, name):
    found = found_of(judge, name)[name]

    judge.together(found)

    assert judge.complaints == []
    assert judge.sent > 2


@pytest.mark.slow
@pytest.mark.parametrize(("judge", "name"), [(name, name) for name in QUICK], indirect=["judge"])
def test_a_form_stands_one_strange_value_among_fair_ones(judge, name):
    found = found_of(judge, name)[name]

    judge.one_by_one(found)

    assert judge.complaints == []
    assert judge.sent > 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("judge", "part"), [(part, part) for part in OUT_OF_REACH], indirect=["judge"]
)
def test_every_form_refuses_what_cannot_be_and_none_is_left_out_unsaid(judge, part):
    found = found_of(judge, part)

    for one in filter(None, found.values()):
        judge.together(one)
        judge.rows(one)

    assert sorted(set(judge.complaints)) == []
    assert judge.reach.broken == []
    assert sorted(n for n, one in found.items() if one is None) == sorted(OUT_OF_REACH[part])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("judge", "name"), [("filters", name) for name in (None, "handler", "office", "system_admin")],
    indirect=["judge"],
)  # fmt: skip
def test_every_filter_of_a_list_stands_what_the_list_does_not_offer(judge, name):
    person = User.objects.filter(username=name).first()
    lists = [a for a in addresses() if a.is_ours and not a.arguments]
    found = [one for a in lists for one in judge.reach.open(person, reverse(a.name))]
    filters = {one.form.action: one for one in found if one.form.method == "get"}

    for one in filters.values():
        one.form.controls.pop("id", None)  # rows are picked for an act, not to filter by
        judge.together(one)
        judge.one_by_one(one)

    assert sorted(set(judge.complaints)) == []
    assert judge.reach.broken == []
    assert judge.sent > 4
