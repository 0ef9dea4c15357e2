"""The rule table: loaded again and again, never over what the bureau wrote."""

from __future__ import annotations

import pytest

from workflow.clocks import rules, store
from workflow.clocks.rule import ClockError
from workflow.models import ClockRule, WorkDay, WorkYear

pytestmark = pytest.mark.django_db

EXTRA = {
    "code": "X1",
    "name": "插件时限",
    "unit": "working_day",
    "amount": 5,
    "starts_on": ["case.open"],
    "keyed_by": "case",
    "versions": [{"effective_from": "2020-01-01"}],
}


def test_every_shipped_version_is_in_the_table_and_loading_again_changes_nothing():
    wanted = {(rule.code, rule.effective_from) for rule in rules.shipped_rules()}
    held = set(ClockRule.objects.filter(provider="core").values_list("code", "effective_from"))
    assert held == wanted

    before = list(ClockRule.objects.order_by("pk").values())
    assert store.load_rules()[:2] == (0, 0)
    assert list(ClockRule.objects.order_by("pk").values()) == before


def test_row_the_bureau_edited_is_kept():
    rule = ClockRule.objects.get(code="C36")
    rule.amount = 5
    rule.save()

    assert store.load_rules().kept == 1
    assert ClockRule.objects.get(code="C36").amount == 5


def test_row_shipped_with_another_text_is_brought_up_to_date():
    rule = ClockRule.objects.get(code="C36")
    rule.amount, wanted = 5, rule.amount
    rule.shipped = store._digest(store._of_row(rule))
    rule.save()

    assert store.load_rules().updated == 1
    assert ClockRule.objects.get(code="C36").amount == wanted


def test_plugins_rules_come_and_go_with_the_plugin():
    store.load_rules({"demo": [EXTRA]})
    assert store.ask("X1", rules._day("2021-08-02")).due.isoformat() == "2021-08-09"

    store.load_rules()
    with pytest.raises(ClockError):
        store.ask("X1", rules._day("2021-08-02"))

    store.load_rules({"demo": [EXTRA]})
    assert ClockRule.objects.get(code="X1").active


def test_plugin_cannot_replace_a_rule_of_the_core():
    stolen = {**EXTRA, "code": "C12", "versions": [{"effective_from": "2021-07-15"}]}

    store.load_rules({"demo": [stolen]})

    assert ClockRule.objects.get(code="C12", effective_from="2021-07-15").amount == 90


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "fortnight"},
        {"versions": [{}]},
        {"starts_when": "moon_is_full"},
        {"colour": "red"},
        {"keyed_by": "moon"},
    ],
)
def test_badly_written_rule_is_refused_whole(wrong):
    with pytest.raises(ClockError, match=r"X1|moon"):
        store.load_rules({"demo": [EXTRA | wrong]})

    assert not ClockRule.objects.filter(code="X1").exists()


def test_rules_in_memory_follow_an_edit(django_assert_num_queries):
    store.rulebook()
    with django_assert_num_queries(1):
        store.rulebook()
    rule = ClockRule.objects.get(code="C37", effective_from="2019-05-15")
    rule.amount = 19
    rule.save(update_fields=["amount"])

    assert store.rulebook().row("C37", rule.effective_from).amount == 19


def test_bureaus_own_version_of_a_rule_counts_from_its_day():
    rule = ClockRule.objects.get(code="C36")
    rule.pk, rule.amount, rule.shipped = None, 5, ""
    rule.effective_from = rules._day("2022-01-01")
    rule._state.adding = True
    rule.save()
    store.load_rules()

    assert store.ask("C36", rules._day("2021-12-31")).rule.amount == 7
    assert store.ask("C36", rules._day("2022-01-01")).rule.amount == 5


def test_work_calendar_of_the_table():
    WorkDay.objects.create(day="2027-01-01", is_working=False, name="元旦")
    WorkYear.objects.create(year=2027, source="国办发明电")

    answer = store.ask("C5", rules._day("2026-12-30"))

    assert answer.due.isoformat() == "2027-01-11"
    assert [warning.code for warning in answer.warnings] == ["unverified"]
