"""The pages of measures: imposing, listing, moving goods, custody; what they cost to draw."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import reload
from tests.workflow.measures import (
    FIELDS,
    TOYS,
    give_back,
    in_force,
    permit,
    picture,
    propose,
    sign,
)
from tests.workflow.services.test_measures import enforced
from workflow.models import CustodyStep, ItemMove, Measure


def typed_now() -> str:
    return timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")


def rows(*items) -> dict[str, object]:
    """The list as the browser sends it, with two empty lines behind."""
    data: dict[str, object] = {"item-TOTAL_FORMS": len(items) + 2, "item-INITIAL_FORMS": 0}
    for number, item in enumerate(items):
        data |= {f"item-{number}-{name}": value for name, value in item.items()}
    return data


ITEM = {"name": "玩具枪", "quantity": "30", "unit_name": "件", "value_fen": "900"}


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def officer(client, world):
    client.force_login(world.handler)
    return client


def impose(client, case, *items, **more):
    url = reverse("workflow_case:impose_measure", args=[case.pk])
    data = FIELDS | {"case_party": case.parties.get().pk, "when": "before"} | rows(*items) | more
    return client.post(url, data)


def test_a_measure_made_on_the_spot_waits_for_its_approval(officer, case):
    response = impose(officer, case, ITEM, when="on_spot", acted_at=typed_now())

    measure = Measure.objects.get()
    assert response.url == reverse("workflow_measure:inspect", args=[measure.pk])
    assert measure.state == "provisional"
    item = measure.items.get()
    assert (item.name, item.quantity, item.value_fen, item.held) == ("玩具枪", 30, 90_000, 30)


@pytest.mark.parametrize("name", ["name", "quantity", "unit_name"])
def test_a_line_of_the_list_is_whole(officer, case, name):
    response = impose(officer, case, ITEM | {name: ""})

    assert response.status_code == 422
    assert name in response.context["rows"].forms[0].errors
    assert not Measure.objects.exists()


def test_an_article_gives_power_to_its_kinds_only(officer, case):
    response = impose(officer, case, ITEM, kind="preserve")

    assert list(response.context["form"].errors) == ["power"]


def test_the_list_is_written_before_it_is_carried_out(officer, world, case):
    measure = sign(world, propose(world, case, items=()))
    step = reverse("workflow_measure:step", args=[measure.pk, "measure.carry_out"])
    data = {name: FIELDS[name] for name in ("place", "keeper", "witness")}
    data["seen"] = measure.version
    items = reverse("workflow_measure:items", args=[measure.pk])
    refused = officer.post(step, data)
    assert [(r.code, r.link) for r in refused.context["refusals"]] == [("no_items", items)]

    officer.post(items, rows(ITEM))

    data["seen"] = reload(measure).version
    assert officer.post(step, data).status_code == 302
    assert reload(measure).state == "in_force"


def test_a_part_goes_back(officer, world, case):
    item = in_force(world, case).items.get()
    allowed = permit(world, item)
    url = reverse("workflow_measure:move_item", args=[item.measure_id, item.pk, "released"])
    form = officer.get(url).context["form"]
    assert form.initial["permit"] == allowed.pk
    assert (form.initial["quantity"], list(form.fields["second_officer"].queryset)) == (
        "30", [world.second],
    )  # fmt: skip

    data = {
        "quantity": "10", "acted_at": typed_now(), "second_officer": world.second.pk,
        "document": "解除决定书1号", "receiver": "店主", "permit": allowed.pk,
    }  # fmt: skip
    unsigned = officer.post(url, data | {"permit": ""})
    assert [r.code for r in unsigned.context["refusals"]] == ["no_permit"]
    assert officer.post(url, data | {"quantity": "31"}).status_code == 422
    assert officer.post(url, data).status_code == 302
    assert (reload(item).held, ItemMove.objects.get().receiver) == (20, "店主")


@pytest.mark.parametrize("kind", ItemMove.Kind.values)
def test_each_way_out_has_a_form_of_its_own(officer, world, case, kind):
    item = in_force(world, case).items.get()

    page = officer.get(reverse("workflow_measure:move_item", args=[item.measure_id, item.pk, kind]))

    assert page.status_code == 200
    fields = page.context["form"].fields
    assert ("decision" in fields) == (kind in ("confiscated", "destroyed"))
    assert ("permit" in fields) == (kind in ItemMove.SIGNED)


def ways(officer, measure) -> list[list[str]]:
    page = officer.get(reverse("workflow_measure:inspect", args=[measure.pk]))
    return [[kind for kind, _label in found] for _item, found in page.context["rows"]]


def test_only_what_was_signed_is_offered(officer, world, case):
    measure = in_force(world, case, items=[TOYS, TOYS | {"name": "纸箱"}])
    _guns, boxes = measure.items.all()
    assert ways(officer, measure) == [["transferred"], ["transferred"]]

    permit(world, boxes, "handled_early", 2)
    assert ways(officer, measure) == [["transferred"], ["transferred", "handled_early"]]

    give_back(world, boxes, 2, kind="handled_early", document="1号", reason="易腐")
    assert ways(officer, measure) == [["transferred"], ["transferred"]]


def test_confiscated_goods_are_followed_to_their_end(officer, world, case):
    item = in_force(world, case).items.get()
    enforced(world, case)
    decision = case.parties.get().decisions.get()
    decision.penalties.create(kind="goods", goods="塑料玩具枪 30 件")
    give_back(world, item, 30, kind="confiscated", decision=decision)
    overview = reverse("workflow_measure:inspect", args=[item.measure_id])
    url = reverse("workflow_measure:dispose_item", args=[item.measure_id, item.pk])
    assert url in officer.get(overview).content.decode()

    form = officer.get(url).context["form"]
    data = {
        "kind": "destroyed", "quantity": "30", "acted_at": typed_now(), "witness": "公证处王某",
        "second_officer": world.second.pk, "document": "东市监销〔2022〕1号",
    }  # fmt: skip
    unseen = officer.post(url, data)
    done = officer.post(url, data | {"proof": picture(world, case).pk})

    assert (form.initial["quantity"], unseen.status_code, done.status_code) == ("30", 422, 302)
    shown = officer.get(overview).content.decode()
    assert (url in shown, "公证处王某" in shown) == (False, True)


def test_there_is_no_other_way_out(officer, world, case):
    item = in_force(world, case).items.get()

    page = officer.get(reverse("workflow_measure:move_item", args=[item.measure_id, item.pk, "x"]))

    assert page.status_code == 404


def test_custody_extension_and_testing_have_their_pages(officer, world, case):
    measure = in_force(world, case)
    testing = reverse("workflow_measure:testing", args=[measure.pk])
    days = {"from_on": "2022-03-02", "until_on": "2022-03-05"}
    assert officer.post(testing, days | {"institution": "质检院"}).status_code == 422
    assert officer.post(
        testing, days | {"institution": "质检院", "document": "期间告知书1号"}
    ).status_code == 302  # fmt: skip
    custody = reverse("workflow_measure:hand_over", args=[measure.pk])
    data = {"acted_at": typed_now(), "to_keeper": "罚没仓库", "place": "尧渡镇"}
    assert officer.post(custody, data).status_code == 302

    measure = world.signed(reload(measure), "measure.extend", {"days": 30, "reason": "待鉴定"})
    told = reverse("workflow_measure:tell_extension", args=[measure.pk])
    page = reverse("workflow_measure:inspect", args=[measure.pk])
    assert told in officer.get(page).content.decode()
    officer.post(told, {"acted_at": typed_now(), "document": "延长决定书1号"})
    assert told not in officer.get(page).content.decode()


def test_a_thing_in_evidence_is_handed_over(officer, world, case):
    file = picture(world, case)
    url = reverse("workflow_case:evidence_custody", args=[case.pk, file.pk])
    data = {
        "acted_at": typed_now(), "from_keeper": "吴承办", "to_keeper": "证据室", "place": "二楼",
    }  # fmt: skip

    assert officer.post(url, data).status_code == 422  # a record of inspection is no thing
    assert not CustodyStep.objects.exists()


def test_the_case_and_its_party_show_the_measures(officer, world, case):
    measure = in_force(world, case)

    for tab in ("measures", "parties"):
        page = officer.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": tab})
        assert measure.number in page.content.decode()


@pytest.mark.parametrize("who", ["stranger", "auditor"])
def test_a_measure_out_of_scope_does_not_exist(client, world, case, who):
    measure = in_force(world, case)
    client.force_login(getattr(world, who))

    assert client.get(reverse("workflow_measure:inspect", args=[measure.pk])).status_code in (
        302, 404,
    )  # fmt: skip
    client.force_login(world.reviewer)
    assert client.get(reverse("workflow_measure:inspect", args=[measure.pk])).status_code == 200


def test_the_pages_cost_the_same_with_one_item_and_with_three(officer, world, case):
    def count(url) -> int:
        officer.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(url).status_code == 200
        return len(seen)

    one = in_force(world, case)
    give_back(world, one.items.get(), 1)
    tab = reverse("workflow_case:inspect", args=[case.pk]) + "?tab=measures"
    costs = [count(reverse("workflow_measure:inspect", args=[one.pk])), count(tab)]

    more = [TOYS, TOYS | {"name": "纸箱"}, TOYS | {"name": "标签"}]
    three = in_force(world, case, items=more)
    for item in three.items.all():
        give_back(world, item, 1)
    in_force(world, case)

    assert [count(reverse("workflow_measure:inspect", args=[three.pk])), count(tab)] == costs
