"""Fines under the food law from 300,000 yuan are the city's (食品安全法实施条例 art. 81)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import clock
from tests.casework import reload
from tests.workflow.guards.asking import codes
from tests.workflow.guards.test_decision_and_closure import discussed, fined
from workflow import api
from workflow.models import Article, ArticleCitation, Penalty, Threshold, ViolationType

LARGE = 30_000_000


def article(law: str, number: str) -> Article:
    return Article.objects.in_force(clock.today()).filter(
        version__law__short_name=law, number=number
    )[0]


def fine(case) -> Penalty:
    return Penalty.objects.get(decision__case_party__case=case)


def large(world, fine_fen=LARGE):
    case = fined(world, fine_fen)
    discussed(world, case)
    return case


def cite(case, row: Article, role: str, *, by_penalty=True) -> None:
    penalty = fine(case)
    owner = {"penalty": penalty} if by_penalty else {"decision": penalty.decision}
    ArticleCitation.objects.create(article=row, role=role, **owner)


@pytest.mark.parametrize(("fine_fen", "expected"), [(LARGE - 1, []), (LARGE, ["city_level"])])
def test_the_law_that_is_cited_makes_it_a_food_fine(world, fine_fen, expected):
    case = large(world, fine_fen)
    assert "city_level" not in codes(case, "case.decide", world.handler)

    cite(case, article("食品安全法", "第一百二十四条"), "penalty")

    assert [c for c in codes(case, "case.decide", world.handler) if c == "city_level"] == expected


@pytest.mark.parametrize("kind", ["imitation_food_drink", "false_health_advertising"])
def test_so_it_does_whatever_the_violation_is_called(world, kind):
    case = large(world)
    case.violation_type = ViolationType.objects.create(code=kind, name=kind)
    case.save(update_fields=["violation_type"])
    assert "city_level" not in codes(case, "case.decide", world.handler)

    cite(case, article("食品安全法", "第三十四条"), "breached", by_penalty=False)

    assert "city_level" in codes(case, "case.decide", world.handler)


def test_a_fine_that_rests_on_another_law_is_ours(world):
    case = large(world)
    cite(case, article("食品安全法", "第三十四条"), "breached", by_penalty=False)
    assert "city_level" in codes(case, "case.decide", world.handler)

    cite(case, article("产品质量法", "第五十四条"), "penalty")

    assert "city_level" not in codes(case, "case.decide", world.handler)


def test_which_laws_these_are_is_data(world):
    case = large(world)
    cite(case, article("产品质量法", "第五十四条"), "penalty")
    assert "city_level" not in codes(case, "case.decide", world.handler)

    Threshold.objects.filter(code="city_food_fine").update(laws="食品安全法、产品质量法")

    assert "city_level" in codes(case, "case.decide", world.handler)


def test_the_refusal_leads_to_the_transfer_upward(client, world):
    case = large(world)
    cite(case, article("食品安全法", "第一百二十四条"), "penalty")
    client.force_login(world.handler)

    found = api.refusals(api.attempt_of(reload(case), "case.decide", world.handler))
    [refusal] = [refusal for refusal in found if refusal.code == "city_level"]

    address = reverse("workflow_case:propose_transfer", args=[case.pk])
    assert refusal.link == f"{address}?kind=jurisdiction"
    page = client.get(refusal.link)
    assert page.context["form"].initial["kind"] == "jurisdiction"
    assert client.get(f"{address}?kind=x").context["form"].initial["kind"] == ""
