"""The pages of cases, leads and transfers: what they show, to whom, with how many queries."""

from __future__ import annotations

from copy import copy

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from workflow import api
from workflow.engine.locking import lock
from workflow.models import CaseParty, Notice, Party, Penalty
from workflow.selectors.timeline import is_correctable
from workflow.services import case_file

#: Reads of casework on one tab of a full case.
BUDGET = 30
CASE_TABS = (
    "overview", "parties", "documents", "deadlines", "transfers", "publicity", "timeline",
)  # fmt: skip
LEAD_TABS = ("overview", "documents", "deadlines", "transfers", "timeline")


def page(client, user, record, tab="overview", **query):
    client.force_login(user)
    machine = record.machine
    url = reverse(f"workflow_{machine}:inspect", args=[record.pk])
    return client.get(url, {"tab": tab, **query})


def text(response):
    return response.content.decode()


def test_a_line_says_which_party_and_how_much(client, world):
    case = world.enforcing()
    row = case.parties.get()
    fine = row.decisions.get().penalties.get(kind="fine")
    case_file.record_payment(
        fine, actor=world.handler, amount_fen=123_450, paid_on=clock.today()
    )  # fmt: skip

    html = text(page(client, world.handler, case, "timeline"))

    assert f"部分缴款</strong> {row.party.name}、1,234.50" in html.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_only_what_somebody_did_has_a_date_to_correct(world):
    case = world.investigating()
    by_people = case.journal_lines.filter(record_type="workflow.case").latest("seq")
    by_itself = copy(by_people)
    by_itself.actor_id = None

    assert is_correctable(case, by_people)
    assert not is_correctable(case, by_itself)


@pytest.mark.parametrize("tab", CASE_TABS)
@pytest.mark.parametrize("state", ["investigating", "reviewed", "noticed", "enforcing", "archived"])
def test_case_page_shows_every_tab_in_every_state(client, world, state, tab):
    case = getattr(world, state)()

    response = page(client, world.handler, case, tab)

    assert response.status_code == 200
    assert case.number in text(response)
    assert str(case.get_state_display()) in text(response)


@pytest.mark.parametrize("tab", LEAD_TABS)
def test_lead_page_shows_every_tab(client, world, tab):
    lead = world.verifying(
        reporter={"kind": "real_name", "name": "举报人甲", "phone": "13800000000"}
    )

    response = page(client, world.handler, lead, tab)

    assert response.status_code == 200
    assert "举报人甲" not in text(response)
    assert "13800000000" not in text(response)


def test_case_page_names_whose_turn_it_is(client, world):
    case = world.reviewing()
    opinion = '出具审核意见 <span class="cw-meta">案件审核员、法制审核员</span>'

    assert opinion in text(page(client, world.handler, case))
    assert opinion not in text(page(client, world.reviewer, case))


def test_record_of_another_unit_does_not_exist(client, world):
    case = world.investigating()

    assert page(client, world.stranger, case).status_code == 404
    assert page(client, world.stranger, case.lead).status_code == 404


def test_blocked_step_says_every_reason_with_article_and_place(client, world):
    case = world.investigating()

    shown = text(page(client, world.handler, case))

    assert reverse("workflow_case:edit", args=[case.pk]) in shown
    assert reverse("workflow_case:inspect", args=[case.pk]) + "?tab=documents" in shown


def test_open_step_is_a_link_to_its_form(client, world):
    case = world.concluded()

    shown = text(page(client, world.handler, case))

    assert reverse("workflow_case:step", args=[case.pk, "case.submit_review"]) in shown


def test_opening_a_restricted_record_is_kept_once_a_day(client, world):
    lead = world.lead(restricted=True)

    page(client, world.handler, lead)
    page(client, world.handler, lead)

    verbs = list(lead.journal_lines.values_list("verb", flat=True))
    assert verbs.count("access.viewed") == 1


def test_who_looked_is_for_those_who_may_ask(client, world):
    lead = world.lead(restricted=True, by=world.unit_head)
    api.share(lead, actor=world.unit_head, kind="named", reason="协办", user=world.handler)
    page(client, world.handler, lead)

    asked = page(client, world.unit_head, lead, "access")
    refused = page(client, world.handler, lead, "access")

    assert world.handler.name in text(asked)
    assert "tab=access" not in text(refused)


def test_line_of_the_timeline_can_be_quoted(client, world):
    case = world.concluded()
    line = case.journal_lines.filter(record_type="workflow.case").latest("seq")

    response = page(client, world.handler, case, "timeline", line=str(line.seq))

    assert f'id="line-{line.seq}"' in text(response)
    assert "cw-line--quoted" in text(response)


@pytest.mark.parametrize(
    "line", ["x", "12-", "-", "999999", "transfer-1-1", "99999999999999999999"]
)
def test_line_that_is_not_there_is_no_error(client, world, line):
    case = world.investigating()

    response = page(client, world.handler, case, "timeline", line=line)

    assert response.status_code == 200
    assert "cw-line--quoted" not in text(response)


def test_timeline_tells_people_from_the_system(client, world):
    case = world.investigating()

    people = page(client, world.handler, case, "timeline", who="people")
    system = page(client, world.handler, case, "timeline", who="system")

    assert world.handler.name in text(people)
    assert "cw-lines" not in text(system)


@pytest.mark.parametrize("tab", CASE_TABS)
def test_case_page_asks_the_same_however_much_is_in_it(client, world, tab):
    case = world.enforcing()
    page(client, world.handler, case, tab)
    counts = []
    for more in range(2):
        for number in range(3 * more):
            fill(world, case, number)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": tab})
        counts.append(len(own_reads(asked)))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("state", ["investigating", "noticed", "enforcing"])
def test_case_page_keeps_its_budget_of_queries_on_every_tab(client, world, state):
    """Thirty reads of casework, whatever the tab: a panel that asks more waits for its own tab."""
    case = getattr(world, state)()
    for number in range(2):
        fill(world, case, number)
    for number in range(38):
        world.evidence(case, f"现场照片{number}")
    with transaction.atomic():
        locked = lock(case)
        for number in range(200):
            api.record_act(locked, "case.edited", actor=world.handler, reason=f"补充{number}")
    page(client, world.handler, case)

    asked = {}
    for tab in CASE_TABS:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": tab})
        asked[tab] = len(own_reads(seen))

    assert {tab: count for tab, count in asked.items() if count > BUDGET} == {}


@pytest.mark.parametrize("tab", [tab for tab in CASE_TABS if tab != "publicity"])
def test_panel_of_another_tab_asks_nothing(client, world, tab):
    case = world.enforcing()
    page(client, world.editor, case, tab)

    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": tab})

    assert [q for q in seen if 'FROM "exposures_' in q["sql"]] == []


def own_reads(asked):
    """What casework itself reads: without session, rights and menu of the admin, and plugins."""
    casework = ("workflow_", "accounts_unit", "accounts_user")
    return [q for q in asked if any(f'FROM "{table}' in q["sql"] for table in casework)]


def fill(world, case, number):
    """One more party with papers, and one more file."""
    name = f"企业{number}"
    party = Party.objects.create(kind="enterprise", name=name, normalized_name=name)
    row = CaseParty.objects.create(case=case, party=party, order=10 + number)
    notice = Notice.objects.create(
        case_party=row,
        round=1,
        facts="事实",
        reasons="理由",
        basis="依据",
        drafted_by=world.handler,
    )
    Penalty.objects.create(notice=notice, kind="fine", amount_fen=100)
    world.evidence(case, f"照片{number}")
