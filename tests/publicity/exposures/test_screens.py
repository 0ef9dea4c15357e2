"""The staff pages of exposures: who sees what, the next step, refusals with what was typed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publicity.exposures.models import Exposure
from publicity.exposures.states import ExposureState as S


def page(name: str, *args) -> str:
    return reverse(f"plugins:exposures:{name}", args=args)


def test_editor_walks_an_exposure_through_the_pages(news, client):
    exposure = news.nominated()
    client.force_login(news.editor)

    before = client.get(page("inspect", exposure.pk))
    step = page("step", exposure.pk, "exposure.draft")
    asked = client.get(step)
    done = client.post(step, {"seen": exposure.version}, follow=True)

    assert before.status_code == asked.status_code == 200
    assert step in before.content.decode()
    assert done.redirect_chain[-1][0] == page("inspect", exposure.pk)
    assert Exposure.objects.get(pk=exposure.pk).state == S.DRAFTING


def test_original_is_for_those_who_write_or_check(news, client):
    exposure = news.drafting()
    client.force_login(news.editor)
    to_editor = client.get(page("inspect", exposure.pk)).content.decode()
    client.force_login(news.leader)
    to_leader = client.get(page("inspect", exposure.pk)).content.decode()

    assert "tx-pair" in to_editor
    assert "tx-pair" not in to_leader


@pytest.mark.parametrize("name", ["inspect", "check"])
def test_exposure_out_of_scope_does_not_exist(news, client, name):
    exposure = news.nominated()
    client.force_login(news.stranger)
    foreign = (
        client.get(page(name, exposure.pk))
        if name == "inspect"
        else client.post(page(name, exposure.pk))
    )
    listed = client.get(page("index")).content.decode()

    assert foreign.status_code == 404
    assert exposure.title not in listed


def test_stale_page_is_refused_and_keeps_what_was_typed(news, client):
    exposure = news.checking()
    client.force_login(news.editor)

    response = client.post(
        page("step", exposure.pk, "exposure.return"), {"seen": 0, "reason": "补充典型意义。"}
    )

    assert response.status_code == 422
    assert "补充典型意义。" in response.content.decode()


def test_text_typed_for_a_step_that_is_closed_by_now_can_be_copied(news, client):
    exposure = news.checking()
    client.force_login(news.editor)
    data = {"reason": "补充典型意义，写了很久。"}

    response = client.post(page("step", exposure.pk, "exposure.revoke_approval"), data)

    assert response.status_code == 422
    assert "写了很久。</textarea>" in response.content.decode()


def test_leader_signs_on_the_approval_page(news, client):
    exposure = news.confirmed()
    client.force_login(news.editor)
    client.post(page("step", exposure.pk, "exposure.approve"), {"seen": exposure.version})
    approval = client.get(page("step", exposure.pk, "exposure.approve")).url
    own = client.post(approval, {"answer": "sign"})
    client.force_login(news.leader)
    shown = client.get(approval).content.decode()
    client.post(approval, {"answer": "sign", "opinion": "同意发布"})

    assert own.status_code == 422
    assert exposure.page.party_display in shown
    assert Exposure.objects.get(pk=exposure.pk).state == S.APPROVED


def test_handler_nominates_on_the_page_of_the_case(news, client):
    case = news.enforcing()
    client.force_login(news.handler)

    asked = client.get(page("nominate", case.pk))
    empty = client.post(page("nominate", case.pk), {"kind": "typical", "reason": ""})
    client.post(page("nominate", case.pk), {"kind": "typical", "reason": "警示意义强。"})

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert Exposure.objects.get().case == case


@pytest.mark.parametrize("wrong", ["reason", "police_agreement"])
def test_nomination_with_an_unreadable_character_is_refused_beside_its_field(news, client, wrong):
    case = news.enforcing()
    client.force_login(news.handler)
    good = {"kind": "typical", "reason": "警示意义强。", "police_agreement": "东公函〔2022〕3号"}

    refused = client.post(page("nominate", case.pk), {**good, wrong: f"{good[wrong]}\x07"})
    kept = Exposure.objects.count()
    done = client.post(page("nominate", case.pk), good)

    assert (refused.status_code, kept) == (422, 0)
    assert list(refused.context["form"].errors) == [wrong]
    assert all(text in refused.content.decode() for text in good.values())
    assert (done.status_code, Exposure.objects.count()) == (302, 1)


def test_case_out_of_sight_cannot_be_nominated(news, client):
    case = news.enforcing()
    client.force_login(news.editor)

    assert client.get(page("nominate", case.pk)).status_code == 404


def test_list_costs_the_same_for_one_and_for_three(news, client):
    client.force_login(news.editor)
    news.nominated()
    client.get(page("index"))
    with CaptureQueriesContext(connection) as for_one:
        client.get(page("index"))
    news.nominated()
    news.nominated()
    with CaptureQueriesContext(connection) as for_three:
        response = client.get(page("index"))

    assert response.content.decode().count("tx-state--nominated") == 3
    assert len(for_three) == len(for_one)
