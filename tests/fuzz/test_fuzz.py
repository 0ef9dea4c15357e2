"""Every form against what no honest browser sends: no breakdown, no change, said at its field."""

from __future__ import annotations

import re

import pytest

from accounts import clock
from tests.casework import START
from tests.fuzz.judge import Judge
from tests.fuzz.reach import Reach, wanted
from tests.fuzz.scene import large, small

#: By the beginning of their names: forms for which no file of the scene stands open.
OUT_OF_REACH = {
    "accounts_": {
        "accounts_authorities:edit",
    },
    "workflow_lead:": {
        "workflow_lead:known", "workflow_lead:end_share", "workflow_lead:step lead.accept",
        "workflow_lead:step lead.unmerge", "workflow_lead:step lead.reopen",
        "workflow_lead:approval", "workflow_lead:end_pause", "workflow_lead:make_document F56",
        "workflow_lead:upload", "workflow_lead:upload_part none",
        "workflow_lead:evidence_custody",
    },
    "workflow_case:step": {
        "workflow_case:step case.close_hearing", "workflow_case:step case.resume",
        "workflow_case:step case.decide_on_the_spot",
        "workflow_case:step case.register_on_the_spot", "workflow_case:step case.close_simple",
        "workflow_case:step case.convert",
    },
    "workflow_case:(?!step)": {
        "workflow_case:end_share", "workflow_case:approval", "workflow_case:end_pause",
        "workflow_case:make_document F01", "workflow_case:document",
        "workflow_case:issue_document", "workflow_case:void_document",
        "workflow_case:discard_document", "workflow_case:sign_document",
        "workflow_case:make_document_again", "workflow_case:upload",
        "workflow_case:upload_part none", "workflow_case:record_answer",
        "workflow_case:record_payment", "workflow_case:record_performed",
        "workflow_case:file_challenge", "workflow_case:next_level",
        "workflow_case:amend_challenge", "workflow_case:settle_challenge",
        "workflow_case:take_effect", "workflow_case:record_refund", "workflow_case:remind",
        "workflow_case:apply_to_court", "workflow_case:court_outcome",
        "workflow_case:record_surcharge",
    },
    "workflow_transfer:": {
        "workflow_transfer:step transfer.deliver", "workflow_transfer:step transfer.reconsider",
        "workflow_transfer:step transfer.ask_supervision", "workflow_transfer:approval",
        "workflow_transfer:end_pause", "workflow_transfer:make_document F01",
        "workflow_transfer:make_document walk.lead",
    },
}  # fmt: skip
#: Here more files are needed: of every state.
LARGE = {"workflow_case:step", "workflow_transfer:"}
#: Fuzzed with every `make test`; the others with `.ci/run`.
QUICK = ("accounts_postings:end", "workflow_lead:edit", "workflow_case:edit")


@pytest.fixture
def judge(request, db, caplog):
    caplog.set_level("CRITICAL", logger="django.request")
    with clock.at(START):
        (large if request.param in LARGE else small)()
        yield Judge(Reach())


def found_of(judge, pattern):
    """Each form of such a name with a page that shows it, None where nobody gets to see it."""
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

    assert sorted(set(judge.complaints)) == []
    assert judge.reach.broken == []
    assert sorted(n for n, one in found.items() if one is None) == sorted(OUT_OF_REACH[part])
