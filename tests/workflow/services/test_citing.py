"""Papers cite the law of the right day, and fines lie where their article lets them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.casework import reload
from workflow import api
from workflow.engine.refusals import TransitionRefused
from workflow.models import (
    Article,
    ArticleCitation,
    Decision,
    FineRange,
    Law,
    LawVersion,
    Penalty,
)
from workflow.selectors.drafts import past_amounts, penalties_of
from workflow.services import case_file
from workflow.services.laws import save_law_part


def article(law: str, number: str, on: date, paragraph: str = "") -> Article:
    rows = Article.objects.in_force(on).filter(version__law__short_name=law)
    return rows.get(number=number, paragraph=paragraph)


def notice(world, case, *, penalty=None, citations=(), basis="产品质量法"):
    return case_file.draft_notice(
        case.parties.get(), actor=world.handler, facts="事实", reasons="理由", basis=basis,
        hearing_right=False, citations=citations,
        penalties=[{"kind": "fine", "amount_fen": 500_000, **(penalty or {})}],
    )  # fmt: skip


def refused(act) -> list[str]:
    with pytest.raises(TransitionRefused) as caught:
        act()
    return [refusal.code for refusal in caught.value.refusals]


def test_a_repealed_version_is_refused_and_the_right_one_offered(world):
    case = world.reviewed()
    old = article("行政处罚法", "第二十四条", date(2021, 7, 14))

    with pytest.raises(TransitionRefused) as caught:
        notice(world, case, citations=[(old, "procedure")])

    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field) == ("not_in_force", "breached")
    assert "2021年修订" in refusal.message
    right = article("行政处罚法", "第二十九条", date(2022, 3, 1))
    drafted = notice(world, case, citations=[(right, "procedure")])
    assert [c.article for c in drafted.citations.all()] == [right]


def test_the_law_of_the_day_of_the_violation_may_be_cited(world):
    case = world.reviewed()
    old = article("行政处罚法", "第二十四条", date(2021, 7, 14))
    assert refused(lambda: notice(world, case, citations=[(old, "breached")])) == ["not_in_force"]

    case.violated_on = date(2021, 7, 1)
    case.save(update_fields=["violated_on"])

    assert notice(world, reload(case), citations=[(old, "breached")]).citations.count() == 1
    assert refused(lambda: notice(world, case, citations=[(old, "procedure")])) == ["not_in_force"]


def test_an_empty_basis_becomes_the_sentence_of_what_is_cited(world):
    case = world.reviewed()
    day = date(2022, 3, 1)
    broken = article("产品质量法", "第三十六条", day)
    basis = article("产品质量法", "第五十四条", day)

    assert refused(lambda: notice(world, case, basis="")) == ["basis_missing"]
    drafted = notice(
        world, case, basis="", citations=[(broken, "breached")], penalty={"article": basis}
    )

    assert drafted.basis == (
        "违反了《产品质量法》第三十六条的规定，依据《产品质量法》第五十四条的规定给予处罚。"
    )
    assert [c.article for c in drafted.penalties.get().citations.all()] == [basis]


def test_a_law_that_changed_since_the_draft_stops_the_notification(world):
    case = world.reviewed()
    cited = article("产品质量法", "第三十六条", date(2022, 3, 1))
    notice(world, case, citations=[(cited, "breached")])
    law = Law.objects.get(short_name="产品质量法")
    version = LawVersion(law=law, label="新版", effective_from=date(2022, 3, 1))

    save_law_part(version, by=world.jurist, changed=["label"])

    assert refused(lambda: world.signed(case, "case.notify")) == ["not_in_force"]


def test_issued_papers_keep_their_citation_and_its_article_its_wording(world):
    case = world.reviewed()
    cited = article("产品质量法", "第三十六条", date(2022, 3, 1))
    drafted = notice(world, case, citations=[(cited, "breached")])
    world.signed(case, "case.notify")
    law = Law.objects.get(short_name="产品质量法")
    save_law_part(
        LawVersion(law=law, label="新版", effective_from=date(2022, 3, 1)),
        by=world.jurist, changed=["label"],
    )  # fmt: skip

    cited.text = "原文"
    save_law_part(cited, by=world.jurist, changed=["text"])
    cited.text = "改写"
    with pytest.raises(ValidationError):
        save_law_part(cited, by=world.jurist, changed=["text"])

    assert [c.article.version.label for c in drafted.citations.all()] == ["2018年修正"]


@pytest.mark.parametrize(
    ("penalty", "codes"),
    [
        ({"amount_fen": 1_000_000}, []),
        ({"amount_fen": 3_000_000}, []),
        ({"amount_fen": 3_000_001}, ["above_range"]),
        ({"amount_fen": 999_999}, ["below_range"]),
        ({"amount_fen": 999_999, "tier": "reduced"}, ["below_range"]),
        ({"amount_fen": 999_999, "tier": "reduced", "reason": "主动消除危害后果"}, []),
        ({"amount_fen": 1_000_000, "tier": "reduced", "reason": "初次"}, ["not_reduced"]),
    ],
)
def test_a_fine_lies_within_its_range_or_below_it_with_a_reason(world, penalty, codes):
    case = world.reviewed()
    case.goods_value_fen = 1_000_000
    case.save(update_fields=["goods_value_fen"])
    basis = article("产品质量法", "第四十九条", date(2022, 3, 1))
    FineRange.objects.create(
        article=basis, base="goods", min_times=Decimal(1), max_times=Decimal(3)
    )

    def act():
        notice(world, case, penalty={"article": basis, **penalty})

    if codes:
        assert refused(act) == codes
    else:
        act()


def test_a_range_that_counts_from_an_unknown_amount_asks_for_it(world):
    case = world.reviewed()
    basis = article("产品质量法", "第四十九条", date(2022, 3, 1))
    FineRange.objects.create(article=basis, base="goods", max_times=Decimal(3))

    assert refused(lambda: notice(world, case, penalty={"article": basis})) == ["base_missing"]


def test_who_proposes_is_told_when_citations_change_under_an_approval(world):
    case = world.reviewed()
    day = date(2022, 3, 1)
    notice(world, case, citations=[(article("产品质量法", "第三十六条", day), "breached")])
    approval = api.propose(case, "case.notify", actor=world.handler)

    notice(world, case, citations=[(article("产品质量法", "第三十九条", day), "breached")])

    approval.refresh_from_db()
    assert approval.outcome == "voided"


def test_redrafting_leaves_no_citation_behind(world):
    case = world.reviewed()
    cited = article("产品质量法", "第三十六条", date(2022, 3, 1))
    for _again in range(2):
        notice(world, case, citations=[(cited, "breached")], penalty={"article": cited})

    assert ArticleCitation.objects.count() == 2


def impose(world, case, basis, amounts, tier="") -> None:
    """Issued decisions of an earlier file with these fines on an article."""
    row = case.parties.get()
    for number, fen in enumerate(amounts, start=row.decisions.count() + 1):
        decision = Decision.objects.create(
            case_party=row, round=number, kind="penalty", status="issued", number=f"旧{number}",
            decided_at=case.filed_at, facts="", basis="", remedies="", authority="",
            party_identity="", drafted_by=world.handler,
        )  # fmt: skip
        penalty = Penalty.objects.create(decision=decision, kind="fine", amount_fen=fen, tier=tier)
        ArticleCitation.objects.create(penalty=penalty, article=basis, role="penalty")


@pytest.mark.parametrize(
    ("past", "restricted", "penalty", "codes"),
    [
        (4, False, {"amount_fen": 900_000}, []),
        (5, False, {"amount_fen": 900_000}, ["unlike_before"]),
        (5, False, {"amount_fen": 500_000}, []),
        (5, False, {"amount_fen": 900_000, "reason": "屡教不改"}, []),
        (5, False, {"amount_fen": 900_000, "tier": "severe"}, []),
        (5, True, {"amount_fen": 900_000}, []),
    ],
)
def test_an_amount_unlike_those_before_asks_for_a_reason(world, past, restricted, penalty, codes):
    basis = article("产品质量法", "第五十四条", date(2022, 3, 1))
    earlier = world.investigating(subject_name="先前店")
    impose(world, earlier, basis, [500_000] * past)
    if restricted:
        type(earlier).objects.filter(pk=earlier.pk).update(restricted=True)
    case = world.reviewed()

    def act():
        notice(world, case, penalty={"article": basis, **penalty})

    if codes:
        assert refused(act) == codes
    else:
        act()
    drafted = list(case.parties.get().notices.values_list("pk"))
    penalties = [] if codes else penalties_of(case.parties.get().notices.get())
    hinted = past_amounts(case, penalties)
    assert len(hinted) == (1 if past == 5 and not restricted and not codes else 0)
    assert bool(drafted) is not bool(codes)


def test_the_hint_tells_tiers_apart_where_each_has_enough(world):
    basis = article("产品质量法", "第五十四条", date(2022, 3, 1))
    earlier = world.investigating(subject_name="先前店")
    impose(world, earlier, basis, [100_000] * 5, "lenient")
    impose(world, earlier, basis, [900_000] * 4, "severe")
    case = world.reviewed()
    notice(world, case, penalty={"article": basis, "amount_fen": 100_000, "tier": "lenient"})
    penalties = penalties_of(case.parties.get().notices.get())
    assert [name for name, _spread in past_amounts(case, penalties)] == [f"{basis}（从轻）"]

    impose(world, earlier, basis, [900_000], "severe")

    hinted = [name for name, _spread in past_amounts(case, penalties)]
    assert hinted == [f"{basis}（从轻）", f"{basis}（从重）"]
