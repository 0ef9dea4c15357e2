"""A decision of the ordinary procedure cites an article, unless the bureau ended that rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import clock
from tests.casework import reload
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import ArticleCitation, Threshold
from workflow.services.settings import save_setting


@pytest.fixture
def uncited(world):
    case = world.deliberating()
    assert codes(case, "case.decide", world.handler) == []
    ArticleCitation.objects.filter(decision__case_party__case=case).delete()
    return case


def test_a_decision_without_an_article_is_refused_where_it_is_mended(client, world, uncited):
    attempt = api.attempt_of(reload(uncited), "case.decide", world.handler)
    (refusal,) = api.refusals(attempt)

    row = uncited.parties.get()
    assert refusal.code == "no_citation"
    assert refusal.link == reverse("workflow_case:draft_decision", args=[uncited.pk, row.pk])
    client.force_login(world.handler)
    assert client.get(refusal.link).status_code == 200
    world.draft_decision(uncited)
    assert codes(uncited, "case.decide", world.handler) == []


@pytest.mark.parametrize(("days", "expected"), [(-1, []), (0, ["no_citation"])])
def test_the_bureau_ends_the_rule_by_its_day(world, uncited, days, expected):
    rule = Threshold.objects.get(code="cite_articles")
    rule.effective_until = clock.today() + timedelta(days=days)
    save_setting(rule, by=world.system_admin, changed=["effective_until"])

    assert codes(uncited, "case.decide", world.handler) == expected


@pytest.mark.parametrize(("least", "expected"), [(500_000, ["no_citation"]), (500_001, [])])
def test_the_rule_begins_at_its_amount(world, uncited, least, expected):
    Threshold.objects.filter(code="cite_articles").update(amount_fen=least)

    assert codes(uncited, "case.decide", world.handler) == expected


def test_the_page_of_thresholds_takes_a_last_day_of_the_rule(client, world):
    rule = Threshold.objects.get(code="cite_articles")
    client.force_login(world.system_admin)
    address = reverse("workflow_thresholds:edit", args=[rule.pk])

    done = client.post(
        address,
        {
            "code": rule.code, "name": rule.name, "amount_fen": "0", "source": rule.source,
            "effective_from": rule.effective_from, "effective_until": "2030-12-31",
        },
    )  # fmt: skip

    rule.refresh_from_db()
    assert (done.status_code, str(rule.effective_until), rule.amount_fen) == (302, "2030-12-31", 0)
