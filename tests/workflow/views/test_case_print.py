"""The whole case on paper."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from workflow.models import Deadline
from workflow.services.access import restrict
from workflow.services.remarks import add_remark


def print_of(client, user, case):
    client.force_login(user)
    return client.get(reverse("workflow_case:print", args=[case.pk]))


def test_everything_of_the_case_is_on_it(client, world):
    case = world.closed()
    add_remark(case, actor=world.handler, text="样品存物证室")

    shown = print_of(client, world.handler, case).content.decode()

    party = case.parties.get()
    decision, notice = party.decisions.get(), party.notices.get()
    for word in (
        case.number, case.title, party.party.name, "吴承办", "钱协办", notice.number,
        decision.number, "现场笔录", "放弃陈述申辩声明", "样品存物证室", "店主",
    ):  # fmt: skip
        assert word in shown
    for deadline in Deadline.objects.filter(case=case).select_related("rule"):
        assert deadline.rule.name in shown


def test_nothing_can_be_done_on_paper(client, world):
    shown = print_of(client, world.handler, world.investigating()).content.decode()

    body = shown[shown.index("cw-print") :]
    assert "<form" not in body
    assert "evidence/add/" not in body
    assert "/step/" not in body


def test_stranger_prints_nothing(client, world):
    assert print_of(client, world.stranger, world.investigating()).status_code == 404


def test_look_at_a_restricted_case_is_kept(client, world):
    case = world.investigating()
    restrict(case, actor=world.unit_head, people=[world.handler], reason="重大案件")

    print_of(client, world.handler, case)

    assert case.journal_lines.filter(verb="access.viewed", actor=world.handler).count() == 1


def test_three_of_everything_ask_no_more_than_one(client, world):
    case = world.enforcing()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert print_of(client, world.handler, case).status_code == 200
        return len(queries)

    asked()
    one = asked()
    for n in range(2):
        world.evidence(case, f"照片{n}")
        add_remark(case, actor=world.handler, text=f"第{n}条")

    assert asked() <= one
