"""Everything a plugin from outside adds works through the real engine, pages and commands."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from lab_test.models import Sample

from accounts.acts import acts
from tests.casework import reload
from workflow import api
from workflow.models import Deadline, JournalLine, KnownState


def page(case, name="inspect", *args):
    return reverse(f"workflow_case:{name}", args=[case.pk, *args])


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_state_and_transition_are_the_machine_s(world, case, send):
    line = send(case)

    case = reload(case)
    assert (case.state, case.get_state_display(), str(case.stage)) == (
        "at_lab", "送检中", "investigation",
    )  # fmt: skip
    assert (line.verb, line.source, line.target) == ("case.send_to_lab", "investigating", "at_lab")
    assert line.data == {"lab": "省质检院"}


def test_the_way_back_is_walked(world, at_lab):
    api.perform(at_lab, "case.return_from_lab", actor=world.handler)

    assert reload(at_lab).state == "investigating"
    assert Sample.objects.get().returned_at is not None


def test_act_is_held_by_its_roles_alone(world, case, send):
    assert "send_to_lab" in acts()
    step = {s.transition.name: s for s in api.steps_for(case, world.handler)}["case.send_to_lab"]
    assert step.is_open

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(case, "case.send_to_lab", actor=world.unit_head, data={"lab": "x"})

    assert [r.code for r in refused.value.refusals] == ["no_permission"]


def test_own_guard_is_asked(world):
    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            world.investigating(), "case.send_to_lab", actor=world.handler, data={"lab": "x"}
        )

    assert [r.code for r in refused.value.refusals] == ["nothing_to_test"]


def test_guard_on_a_transition_of_the_core_says_law_and_where_to_mend_it(world, at_lab):
    api.perform(at_lab, "case.return_from_lab", actor=world.handler)
    data = {"report": "事实清楚", "proposal": "罚款"}

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(at_lab, "case.conclude", actor=world.handler, data=data)

    found = {r.code: r for r in refused.value.refusals}["result_missing"]
    sample = Sample.objects.get()
    assert (found.law, found.link) == (
        "产品质量法第十五条", reverse("plugins:lab_test:sample", args=[sample.pk]),
    )  # fmt: skip


def test_effect_on_a_transition_of_the_core_runs_with_it(world, at_lab):
    from workflow.services import case_file

    api.perform(at_lab, "case.return_from_lab", actor=world.handler)
    Sample.objects.update(result="不合格")
    fields = {"facts": "经查，样品不合格。", "legal_basis": "产品质量法"}
    case_file.edit_case(reload(at_lab), actor=world.handler, fields=fields)
    data = {"report": "事实清楚", "proposal": "罚款"}
    api.perform(at_lab, "case.conclude", actor=world.handler, data=data)

    assert Sample.objects.get().in_report


def test_announcement_goes_out_on_commit(world, case, send, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(case)
        assert Sample.objects.get().told_at is None

    assert Sample.objects.get().told_at is not None


def test_clock_runs_from_one_act_to_the_other(world, at_lab):
    deadline = Deadline.objects.get(code="LAB1")
    assert (deadline.case, deadline.state, str(deadline.due_on)) == (
        at_lab, "running", "2022-03-15",
    )  # fmt: skip

    api.perform(at_lab, "case.return_from_lab", actor=world.handler)

    assert Deadline.objects.get(code="LAB1").state == "met"


def test_leads_come_in_by_its_channel(world):
    lead = world.lead(channel="lab_report")

    assert lead.get_channel_display() == "检验机构通报"
    lead.full_clean(exclude=["state"])


def test_case_page_shows_panel_state_step_and_link(world, at_lab, handler_client):
    shown = text(handler_client.get(page(at_lab)))

    assert "送检样品" in shown
    assert "省质检院" in shown
    assert "送检中" in shown
    assert page(at_lab, "step", "case.return_from_lab") in shown


def test_step_is_done_through_the_page(world, case, handler_client):
    address = page(case, "step", "case.send_to_lab")
    assert 'name="lab"' in text(handler_client.get(address))

    seen = reload(case).version
    answer = handler_client.post(address, {"lab": "市质检所", "seen": seen, "version": seen})

    assert answer.status_code == 302, answer.content.decode()
    assert (reload(case).state, Sample.objects.get().lab) == ("at_lab", "市质检所")


def test_list_has_its_column_and_its_state_as_filter(world, at_lab, handler_client):
    shown = text(handler_client.get(reverse("workflow_case:index"), {"state": "at_lab"}))

    assert "送检数" in shown
    assert at_lab.number in shown


def test_menu_has_its_item_for_those_who_hold_the_act(world, handler_client, client):
    shown = text(handler_client.get(reverse("wagtailadmin_home")))
    assert reverse("plugins:lab_test:samples") in shown

    client.force_login(world.reviewer)
    assert reverse("plugins:lab_test:samples") not in text(client.get(reverse("wagtailadmin_home")))


def test_addresses_are_mounted_and_scoped(world, at_lab, handler_client, client):
    address = reverse("plugins:lab_test:sample", args=[Sample.objects.get().pk])
    assert address.startswith("/admin/plugins/lab_test/")
    assert "省质检院" in text(handler_client.get(address))

    client.logout()
    assert client.get(address).status_code == 302
    client.force_login(world.stranger)
    assert client.get(address).status_code == 404


def test_periodic_job_is_done_at_the_tick(world, at_lab):
    out = StringIO()

    call_command("tick", stdout=out)

    assert "lab_test.chase" in out.getvalue()


def test_states_are_remembered_with_their_plugin(db):
    assert KnownState.objects.get(machine="case", code="at_lab").plugin == "lab_test"


def test_the_journal_proves_itself_over_the_plugin_s_lines(world, at_lab):
    out = StringIO()

    call_command("verify_journal", stdout=out)

    assert JournalLine.objects.filter(verb="case.send_to_lab").count() == 1


def test_it_stands_in_the_generated_docs(db):
    from workflow.documentation.life_cycles import life_cycle_page

    assert "| 送检 `case.send_to_lab` (lab_test) |" in life_cycle_page()
