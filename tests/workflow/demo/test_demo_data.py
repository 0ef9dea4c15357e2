"""The demo's content: invented, well formed, complete."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from accounts.roles import ROLES
from tests.workflow.demo.content import (
    CAMPAIGNS,
    CASES,
    DEMO,
    DEPTH,
    EXPOSURES,
    LEADS,
    PARTIES,
    REPORTERS,
    SPOT_PARTIES,
    SUBJECTS,
    TEXT_TOKEN,
    TYPES,
    USERS,
    Entry,
    length,
    natural_persons,
    strings,
)
from workflow.channels import CORE_CHANNELS
from workflow.forms.case import SuspendForm, TerminateForm
from workflow.models import (
    Case,
    Challenge,
    EvidenceFile,
    Lead,
    Party,
    PartyAnswer,
    Penalty,
    Reporter,
    Review,
    Service,
    Transfer,
)
from workflow.states import CaseState, LeadState

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
#: Assigned to no county, so that no code and no identity number is anybody's.
NOBODYS_REGION = "341799"
PHONE = re.compile(r"1990566\d{4}")
PERSONAL = re.compile(r"\d{15,18}[\dXx]?|1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
CASE_STATES = set(CaseState.values)
KNOWN_BRANDS = (
    "茅台", "五粮液", "六个核桃", "娃哈哈", "农夫山泉", "王老吉", "加多宝", "伊利", "蒙牛",
    "可口可乐", "淘宝", "拼多多", "京东", "抖音", "快手", "美团", "链家", "贝壳", "恒大", "碧桂园",
    "万科", "同仁堂", "史丹利", "金正大", "海螺", "远东电缆", "古井贡", "口子窖", "迎驾", "洽洽",
)  # fmt: skip


def test_unified_codes_verify_and_belong_to_nobody() -> None:
    parties = [*PARTIES, *SUBJECTS, *SPOT_PARTIES]
    codes = [party["uscc"] for party in parties if party["uscc"]]
    for code in codes:
        total = sum(ALPHABET.index(sign) * pow(3, i, 31) for i, sign in enumerate(code[:17]))
        assert code[17] == ALPHABET[(31 - total % 31) % 31]
        assert code[2:8] == NOBODYS_REGION
        assert code[:2] in {"91", "92"}


def test_every_party_that_is_registered_has_a_code_and_no_person_has_one() -> None:
    for party in PARTIES:
        assert bool(party["uscc"]) == (party["kind"] != Party.Kind.PERSON), party["name"]


def test_identity_numbers_verify_and_belong_to_nobody() -> None:
    numbers = [party["id_number"] for party in PARTIES if party["id_number"]]
    assert numbers
    for number in numbers:
        total = sum(int(a) * b for a, b in zip(number[:17], ID_WEIGHTS, strict=True))
        assert number[17] == "10X98765432"[total % 11]
        assert number[:6] == NOBODYS_REGION
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def test_phones_come_from_one_invented_block() -> None:
    phones = [holder["phone"] for holder in [*SUBJECTS, *REPORTERS, *USERS] if holder["phone"]]
    assert all(PHONE.fullmatch(phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_no_known_brand_is_named() -> None:
    texts = "".join(strings([LEADS, CASES, EXPOSURES, DEPTH]))
    assert [brand for brand in KNOWN_BRANDS if brand in texts] == []


def test_a_name_is_used_for_one_thing_only() -> None:
    """The same business may appear again only where a lead is merged into another's."""
    businesses: dict[str, set[str]] = {}
    for party in [*PARTIES, *SUBJECTS]:
        businesses.setdefault(party["name"], set()).add(party["legal_rep"])
    assert {name: reps for name, reps in businesses.items() if len(reps) > 1} == {}
    bosses = Counter(rep for reps in businesses.values() for rep in reps if rep)
    people = bosses + Counter(r["name"] for r in REPORTERS if r["name"])
    people += Counter(user["name"] for user in USERS)
    assert {name: times for name, times in people.items() if times > 1} == {}


@pytest.mark.parametrize("entries", [LEADS, CASES, EXPOSURES], ids=["leads", "cases", "exposures"])
def test_keys_are_unique_and_titles_tell_entries_apart(entries: list[Entry]) -> None:
    assert len({entry["key"] for entry in entries}) == len(entries)
    assert len({entry["title"] for entry in entries}) == len(entries)


def test_dates_are_relative_to_the_day_of_loading() -> None:
    texts = list(strings([LEADS, CASES, EXPOSURES, USERS, DEPTH]))
    versions = {law["version"] for case in CASES for law in case["laws"]}
    assert [text for text in texts if re.search(r"20\d\d年", text) and text not in versions] == []
    rest = [TEXT_TOKEN.sub("", text) for text in texts]
    assert [text for text in rest if "{" in text or "}" in text] == []


def test_every_lead_state_channel_category_and_ground_occurs() -> None:
    assert {lead["state"] for lead in LEADS} == set(LeadState.values)
    assert {lead["channel"] for lead in LEADS} == {channel.code for channel in CORE_CHANNELS}
    assert {lead["category"] for lead in LEADS} == set(range(1, 11))
    grounds = {lead["decline"]["ground"] for lead in LEADS if lead["decline"]}
    assert grounds == set(Lead.DeclineGround.values)
    assert {reporter["kind"] for reporter in REPORTERS} == set(Reporter.Kind.values)
    assert sum(lead["restricted"] for lead in LEADS) == 2
    assert 58 <= len(LEADS) <= 70


def test_leads_are_told_in_full() -> None:
    for lead in LEADS:
        assert 100 <= length(lead["content"]) <= 300, lead["key"]
        assert 1 <= lead["received_days_ago"] <= 300
        outcome = {"declined": "decline", "referred": "referral", "merged": "merged_into"}
        for state, field in outcome.items():
            assert bool(lead[field]) == (lead["state"] == state), lead["key"]
        if lead["restricted"]:
            assert lead["named_people"]
        assert not any(r["name"] and r["name"] in lead["content"] for r in REPORTERS)


def test_merged_leads_join_leads_that_exist() -> None:
    leads = {lead["key"]: lead for lead in LEADS}
    for lead in LEADS:
        if lead["merged_into"]:
            target = leads[lead["merged_into"]["lead"]]
            assert target["state"] in {LeadState.VERIFYING, LeadState.FILED}
            assert target["subject"]["name"] == lead["subject"]["name"]


def test_every_case_state_category_and_outcome_occurs() -> None:
    assert {case["state"] for case in CASES} == CASE_STATES
    assert {case["category"] for case in CASES} == set(range(1, 11))
    assert sum(len(case["parties"]) > 1 for case in CASES) >= 3
    assert sum(case["restricted"] for case in CASES) == 1
    assert sum(bool(case["reopened"]) for case in CASES) == 1
    challenges = {case["challenge"]["outcome"] for case in CASES if case["challenge"]}
    assert challenges == {Challenge.Outcome.PENDING, Challenge.Outcome.REVOKED}
    transfers = [transfer for case in CASES for transfer in case["transfers"]]
    assert {t["state"] for t in transfers} >= {"proposed", "receipted", "accepted", "refused"}
    assert {t["scope"] for t in transfers} == {"whole", "part"}
    assert 1 <= sum(bool(case["overdue"]) for case in CASES) <= 4


def test_codes_are_those_of_the_models() -> None:
    for case in CASES:
        assert {e["kind"] for e in case["evidence"]} <= set(EvidenceFile.Kind.values)
        assert {r["kind"] for r in case["reviews"]} <= set(Review.Kind.values)
        assert {r["outcome"] for r in case["reviews"]} <= {None, *Review.Opinion.values}
        assert {t["kind"] for t in case["transfers"]} <= set(Transfer.Kind.values)
        if case["closure"]:
            assert case["closure"]["ground"] in Case.ClosureGround.values
        if case["suspension"]:
            assert case["suspension"]["reason_code"] in dict(SuspendForm.GROUNDS)
        if case["termination"]:
            assert case["termination"]["reason_code"] in dict(TerminateForm.GROUNDS)
    for party in PARTIES:
        assert {s["method"] for s in party["services"]} <= set(Service.Method.values)
        if party["notice"]:
            kind = party["notice"]["answer"]["kind"]
            assert kind in {"none", "lapsed", *PartyAnswer.Kind.values}
        for part in (party["proposed"], party["decision"]):
            kinds = {penalty["kind"] for penalty in part["penalties"]} if part else set()
            assert kinds <= set(Penalty.Kind.values)
        if party["proposed"]:
            assert party["proposed"]["tier"] in Penalty.Tier.values


def test_cases_are_told_in_full() -> None:
    for case in CASES:
        assert 150 <= length(case["facts"]) <= 400, case["key"]
        assert case["title"].startswith(case["parties"][0]["name"])
        assert case["title"].endswith("案")
        assert len(case["evidence"]) >= 2
        assert {law["purpose"] for law in case["laws"]} >= {"breach", "penalty"}
        assert len(set(case["handlers"])) == 2


def test_case_and_lead_are_about_the_same_subject() -> None:
    leads = {lead["key"]: lead for lead in LEADS}
    assert len({case["lead"] for case in CASES}) == len(CASES)
    for case in CASES:
        lead, party = leads[case["lead"]], case["parties"][0]
        assert (lead["state"], lead["unit"], lead["category"], lead["restricted"]) == (
            "filed", case["unit"], case["category"], case["restricted"],
        )  # fmt: skip
        assert (lead["subject"]["name"], lead["subject"]["uscc"]) == (party["name"], party["uscc"])


def test_the_depth_is_about_cases_and_people_of_the_demo() -> None:
    cases = {case["key"]: case for case in CASES}
    leads = {lead["key"] for lead in LEADS}
    people = {user["username"] for user in USERS}
    rows = [row for name, entries in DEPTH.items() if name != "on_the_spot" for row in entries]
    assert {row["case"] for row in rows if "case" in row} <= set(cases)
    assert {row["lead"] for row in rows if "lead" in row} <= leads
    assert {row["by"] for row in rows if "by" in row} <= people
    for measure in DEPTH["measures"]:
        case = cases[measure["case"]]
        days = [measure["days_ago"], *(step["days_ago"] for step in measure["steps"])]
        assert case["filed_days_ago"] > measure["days_ago"]
        assert all(0 <= day <= measure["days_ago"] for day in days)
    taken = {party["name"] for party in [*PARTIES, *SUBJECTS]}
    assert [party["name"] for party in SPOT_PARTIES if party["name"] in taken] == []


def test_one_user_per_role_and_two_handlers_in_two_stations() -> None:
    posted = [(p["role"], p["unit"], user["username"]) for user in USERS for p in user["postings"]]
    assert {role for role, _unit, _user in posted} == set(ROLES)
    handlers = Counter(unit for role, unit, _user in posted if role == "handler")
    assert len(handlers) >= 3
    assert min(handlers.values()) >= 2
    assert len({user["username"] for user in USERS}) == len(USERS)
    for user in USERS:
        roles = {posting["role"] for posting in user["postings"]}
        assert bool(user["qualification_no"]) == bool(roles & {"handler", "unit_head"})
        assert user["has_legal_qualification"] == ("legal_reviewer" in roles)
        assert sum(ROLES[role].administrative for role in roles) <= 1
        assert "\n" not in user["about"]


def test_handlers_work_in_the_unit_that_handles() -> None:
    units = {u["username"]: {p["unit"] for p in u["postings"]} for u in USERS}
    for entry in [*LEADS, *CASES]:
        for handler in entry["handlers"]:
            assert entry["unit"] in units[handler], entry["key"]
        for named in entry["named_people"]:
            assert named in units


def test_exposures_are_of_real_length_and_cover_the_ten_categories() -> None:
    categories = {case["key"]: case["category"] for case in CASES}
    states = Counter(exposure["state"] for exposure in EXPOSURES)
    assert states == {"released": 12, "drafting": 1, "checking": 1, "approved": 1, "withdrawn": 1}
    released = [e for e in EXPOSURES if e["state"] == "released"]
    assert {categories[exposure["case"]] for exposure in released} == set(range(1, 11))
    parts = ("facts", "handling", "significance", "comment", "how_to_spot")
    for exposure in EXPOSURES:
        assert 250 <= sum(length(exposure[part]) for part in parts) <= 500, exposure["key"]
        assert exposure["title"].startswith("东至县市场监督管理局查处")
        assert exposure["title"].endswith("案")
        assert exposure["people"]["drafter"] != exposure["people"]["checker"]


def test_exposures_name_no_natural_person() -> None:
    names = natural_persons()
    for exposure in EXPOSURES:
        public = {k: v for k, v in exposure.items() if k != "people"}
        texts = "".join(strings(public))
        assert [name for name in names if name in texts] == []
        assert PERSONAL.search(texts) is None, exposure["key"]


def test_the_campaigns_name_units_of_the_plan_and_known_violation_types() -> None:
    known = {row["code"]: row["name"] for row in TYPES}
    assert len(known) == len(TYPES)
    assert [campaign["year"] for campaign in CAMPAIGNS] == [2021, 2022]
    assert [len(campaign["categories"]) for campaign in CAMPAIGNS] == [10, 8]
    for campaign in CAMPAIGNS:
        codes = [category["code"] for category in campaign["categories"]]
        assert len(set(codes)) == len(codes)
        for number, category in enumerate(campaign["categories"], 1):
            assert category["number"] == number
            assert known[category["violation_type"]["code"]] == category["violation_type"]["name"]
            assert category["lead_unit"] not in category["responsible_units"]
            assert category["usual_laws"]
            assert len(category["name"]) <= 100
            assert len(category["short_name"]) <= 30


def test_the_demo_folder_holds_what_it_says() -> None:
    files = {path.name for path in DEMO.glob("*.json")}
    assert files >= {"users.json", "leads.json", "cases.json", "exposures.json", "depth.json"}
