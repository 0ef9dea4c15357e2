"""What the one door says of a case, before anybody edits it."""

from __future__ import annotations

from accounts import clock
from publicity.exposures.intake import originals
from tests.casework import reload
from workflow.models import (
    Campaign,
    CaseParty,
    Category,
    Decision,
    Party,
    Penalty,
    ViolationType,
)  # fmt: skip


def test_amounts_read_alike_and_the_category_has_its_short_name(news):
    case = news.enforcing()
    category = Category.objects.create(
        campaign=Campaign.objects.create(
            code="t", name="铁拳", year=2022, starts_on="2022-01-01", ends_on="2022-12-31"
        ),
        number=1, code="gas", name="制售翻新“黑气瓶”", short_name="翻新“黑气瓶”",
        violation_type=ViolationType.objects.create(code="gas-x", name="气瓶"),
        lead_unit=news.station,
    )  # fmt: skip
    type(case).objects.filter(pk=case.pk).update(category=category)
    decision = case.parties.get().decisions.get()
    Penalty.objects.filter(decision=decision).delete()
    Penalty.objects.create(decision=decision, kind="fine", amount_fen=10_000_000)
    Penalty.objects.create(decision=decision, kind="gains", amount_fen=123_450)

    written = originals(reload(case))

    assert written["penalty_text"] == (
        "罚款 10\N{NO-BREAK SPACE}万元，没收违法所得 1,234.50\N{NO-BREAK SPACE}元。"
    )  # fmt: skip
    assert written["category_name"] == category.short_name


def test_each_of_two_parties_has_its_penalty(news):
    case = news.enforcing()
    first = case.parties.get()
    other = Party.objects.create(kind="person", name="汪大勇")
    row = CaseParty.objects.create(case=case, party=other, order=2)
    decision = Decision.objects.create(
        case_party=row, round=1, status=Decision.Status.ISSUED, number="东市监罚〔2022〕99号",
        drafted_by=news.handler, drafted_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    for party_decision, fen in ((first.decisions.get(), 500_000), (decision, 200_000)):
        Penalty.objects.filter(decision=party_decision).delete()
        Penalty.objects.create(decision=party_decision, kind="fine", amount_fen=fen)

    written = originals(reload(case))

    text = written["penalty_text"].replace("\N{NO-BREAK SPACE}", " ")
    assert text == f"{first.party.name}：罚款 5,000 元；汪大勇：罚款 2,000 元。"


def test_an_article_that_is_cited_by_both_names_of_its_law_is_listed_once(news):
    case = news.enforcing()
    basis = "依据《中华人民共和国消费者权益保护法》第五十六条、《产品质量法》第四十九条"
    type(case).objects.filter(pk=case.pk).update(legal_basis="《消费者权益保护法》第五十六条")
    Decision.objects.filter(case_party__case=case).update(basis=basis)

    laws = [item["value"] for item in originals(reload(case))["laws"]]

    assert laws == [
        {"law": "中华人民共和国消费者权益保护法", "article": "第五十六条"},
        {"law": "产品质量法", "article": "第四十九条"},
    ]
