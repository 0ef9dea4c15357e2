"""A file with two parties, from first entry to archive, on the days it would take.

Goods registered, sealed and seized, samples away for testing, a hearing, two decisions, two
payments; every document such a file has, made on its day. Every limit on the way is compared with
dates worked by hand from the statutes on the calendar of 2021 (中秋节 19–21 September with the 18th
and 26th worked, 国庆节 1–7 October with the 9th worked).
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser import casework_stages as stages
from tests.browser import two_parties as acts
from tests.browser.casework_stages import moment
from tests.browser.documents import Clerk
from tests.browser.finished_file import check_documents, check_dossier, check_file
from tests.browser.officer import address
from tests.casework import reload
from workflow.forms.case import REVIEW_POINTS
from workflow.models import Case, Deadline, Measure

POINTS = [code for code, _label in REVIEW_POINTS]


@pytest.fixture
def turn_to(settings):
    """Turn the bureau's calendar to a day of 2021; the hour stays the present one."""
    settings.DEBUG = True

    def turn(month: int, day: int) -> None:
        settings.TIEQUAN_TODAY = date(2021, month, day)

    turn(8, 2)
    return turn


@pytest.fixture
def bureau(turn_to, newsroom, house):
    return stages.Bureau(newsroom, house)


@pytest.fixture
def clerk(bureau):
    return Clerk(bureau.handler)


def limits(case: Case) -> dict[str, str]:
    """Every limit of the file and its lead: code and party or measure to the day to rely on."""
    rows = Deadline.objects.filter(case=case) | Deadline.objects.filter(lead=case.lead)
    kinds = {row.pk: row.kind for row in Measure.objects.filter(case=case)}
    found = {}
    for row in rows.select_related("party__party").order_by("starts_at", "pk"):
        of = kinds[row.record_id] if row.record_type == "workflow.measure" else ""
        of = row.party.party.name if row.party else of
        found[f"{row.code} {of}".strip()] = f"{row.due_on:%m-%d}" if row.due_on else "open"
    return found


def test_two_parties_from_first_entry_to_archive(bureau, clerk, turn_to):
    case = opened(bureau, clerk, turn_to)
    goods = secured(bureau, clerk, turn_to, case)
    examined(bureau, clerk, turn_to, goods)
    case = told(bureau, clerk, turn_to, case)
    case = heard(bureau, clerk, turn_to, case, goods)
    case = decided(bureau, clerk, turn_to, case, goods)
    case = carried_out(bureau, turn_to, case)
    for code in ("F54", "F55", "F56"):
        clerk.makes(case, code)
    check_documents(clerk, case)
    check_file(bureau, case)
    check_dossier(clerk, case)
    bureau.handler.step(case, "case.archive", archive_number="20210001")
    assert reload(case).state == "archived"


def opened(bureau, clerk, turn_to):
    """2 to 5 August: 线索, 立案, the first inspection."""
    lead = stages.register(bureau)
    clerk.types(lead, "F01")
    turn_to(8, 5)
    case = stages.file(bureau, lead)
    # 程序规定 18: 15 working days; 行政处罚法 60: 90 days from the day of 立案.
    assert limits(case) == {"C1": "08-23", "C12": "11-03"}
    shop = case.parties.get()
    clerk.types(case, "F09", party=shop)
    for code in ("F10", "F11"):
        clerk.makes(case, code, party=shop)
    return case


def secured(bureau, clerk, turn_to, case):
    """5 to 9 August: goods registered in advance, seized instead, a store sealed."""
    shop = case.parties.get()
    registered = acts.taken(bureau, shop, "preserve", acts.TOYS, hurried=True)
    clerk.serves(shop, case.made_documents.get(form__code="F19"))
    # 行政处罚法 56, 85: seven working days; the 7th, 8th, 14th and 15th are weekends.
    assert limits(case)["C16 preserve"] == "08-16"
    turn_to(8, 6)
    acts.supplied_by(bureau, case)
    supplier = case.parties.get(order=2)
    clerk.makes(case, "F08")
    goods = acts.taken(bureau, shop, "seize", acts.TOYS)
    clerk.serves(shop, clerk.types(case, "F21", measure=goods))
    # 行政强制法 25: thirty days; the 5th is a Sunday, and the careful date is kept.
    assert limits(case)["C18 seize"] == "09-05"
    acts.lifted(bureau, registered, "converted", "已转为扣押。")
    clerk.serves(shop, clerk.makes(case, "F20", measure=registered))
    clerk.makes(case, "F29", party=shop)
    clerk.makes(case, "F30")
    turn_to(8, 9)
    store = acts.taken(bureau, supplier, "seal", acts.STORE, hurried=True)
    # 行政强制法 25: thirty days from the 9th.
    assert limits(case)["C18 seal"] == "09-08"
    clerk.serves(supplier, clerk.makes(case, "F21", measure=store))
    clerk.makes(case, "F25", measure=store)
    clerk.makes(case, "F17")
    return goods


def examined(bureau, clerk, turn_to, goods):
    """9 to 25 August: told of the days of the test, asked meanwhile, told what came of it."""
    case, shop = goods.case, goods.case_party
    supplier, store = case.parties.get(order=2), case.measures.get(kind="seal")
    told = clerk.types(case, "F31", party=shop)
    clerk.serves(shop, told)
    for code in ("F10", "F13", "F15"):
        paper = clerk.makes(case, code, party=supplier)
        if paper.number:
            clerk.serves(supplier, paper)
    turn_to(8, 12)
    for code in ("F12", "F14"):
        clerk.makes(case, code, party=supplier)
    turn_to(8, 24)
    to_decide = Deadline.objects.get(case=case, code="C12")
    bureau.handler.act(
        goods, "overview", address(goods, "testing"), from_on="2021-08-10", until_on="2021-08-24",
        institution="省产品质量监督检验研究院", document=told.number, also=[to_decide.pk],
    )  # fmt: skip
    # 行政强制法 25: the fifteen days of the test, both ends included, do not count.
    assert limits(case)["C18 seize"] == "09-20"
    # 程序规定 64: nor do they count to the ninety: 3 November and fifteen days.
    assert limits(case)["C12"] == "11-18"
    # Another party's store was not away for testing.
    assert limits(case)["C18 seal"] == "09-08"
    for row in (shop, supplier):
        clerk.serves(row, clerk.makes(case, "F32", party=row))
    turn_to(8, 25)
    acts.lifted(bureau, store, "unrelated", "其他货物与违法行为无关。")
    clerk.serves(supplier, clerk.makes(case, "F23", measure=store))
    clerk.serves(shop, clerk.makes(case, "F33", party=shop))


def told(bureau, clerk, turn_to, case):
    """告知 of both: the shop waives, its supplier asks for a hearing."""
    shop, supplier = case.parties.order_by("order")
    turn_to(8, 30)
    case = acts.investigated(bureau, case)
    clerk.makes(case, "F35")
    # 程序规定 55: ten working days from the 30th; two weekends lie between.
    assert limits(case)["C22"] == "09-13"
    turn_to(9, 3)
    case = stages.review(bureau, case)
    turn_to(9, 6)
    case = acts.notified(bureau, case, {shop: "5000", supplier: "120000"})
    turn_to(9, 7)
    for row in (shop, supplier):
        acts.serve(bureau, case, row, f"notice-{row.notices.get().pk}")
    # 行政处罚法 64, 85: five working days, the 11th and 12th are a weekend.
    assert limits(case)[f"C23 {shop.party}"] == "09-14"
    assert limits(case)[f"C23 {supplier.party}"] == "09-14"
    turn_to(9, 8)
    proof = acts.evidence(bureau, case, "放弃陈述申辩声明", "statement")
    acts.answer(bureau, case, shop, answer="waived", proof=proof)
    clerk.types(case, "F38", party=supplier)
    acts.answer(bureau, case, supplier, answer="hearing", text="认为罚款过重，要求听证。")
    return case


def heard(bureau, clerk, turn_to, case, goods):
    """听证, with the seizure extended meanwhile, and the legal review after it."""
    supplier = case.parties.get(order=2)
    turn_to(9, 9)
    case = acts.hearing_opened(bureau, case)
    clerk.serves(supplier, clerk.makes(case, "F39", party=supplier))
    # 行政处罚法 64, 85: told seven working days before the 24th; the 18th is worked, 19–21 are not.
    assert limits(case)["C24"] == "09-14"
    turn_to(9, 17)
    goods = bureau.signed(
        reload(goods), "measure.extend", days="30", reason="听证尚未举行，案情复杂。"
    )
    paper = clerk.makes(case, "F22", measure=goods)
    clerk.serves(goods.case_party, paper)
    bureau.handler.act(
        goods, "overview", address(goods, "tell_extension"), acted_at=moment(),
        document=paper.number,
    )  # fmt: skip
    # 行政强制法 25: thirty more, counted on from the first thirty and the test.
    assert limits(case)["C18 seize"] == "10-20"
    turn_to(9, 24)
    case = acts.hearing_held(bureau, case)
    for code in ("F40", "F41"):
        clerk.makes(case, code)
    # 程序规定 64: nor do the sixteen days of the hearing, 9 to 24 September, count to the ninety:
    # 18 November and sixteen days is Saturday, 4 December.
    assert limits(case)["C12"] == "12-06"
    # 程序规定 55: ten working days more, of which Sunday the 26th and Saturday the 9th are two.
    assert limits(case)["C22"] == "10-13"
    turn_to(9, 27)
    bureau.jurist.step(
        case, "case.give_opinion", points=POINTS, opinion="agree", text="听证后同意拟处罚意见。"
    )
    return reload(case)


def decided(bureau, clerk, turn_to, case, goods):
    """集体讨论, 决定, 送达; the goods go under the decision."""
    shop, supplier = case.parties.order_by("order")
    turn_to(9, 28)
    case = acts.deliberated(bureau, case, (shop, supplier))
    turn_to(10, 8)
    acts.discussed(bureau, case)
    clerk.makes(case, "F42")
    case = bureau.signed(case, "case.decide")
    # 行政处罚法 61, 85: seven working days, of which Saturday the 9th is one.
    assert limits(case)[f"C25 {shop.party}"] == "10-18"
    turn_to(10, 11)
    for row in (shop, supplier):
        acts.serve(bureau, case, row, f"decision-{row.decisions.get().pk}")
        clerk.makes(case, "F50", party=row)
    # 行政处罚法 67: fifteen days; 行政复议法 9, 行政诉讼法 46: sixty days, six months.
    assert limits(case)[f"C27 {shop.party}"] == "10-26"
    assert limits(case)[f"C29a {shop.party}"] == "12-10"
    assert limits(case)[f"C29b {shop.party}"] == "04-11"
    acts.confiscated(bureau, reload(goods), shop)
    clerk.makes(case, "F52", measure=goods)
    assert reload(goods).state == "ended"
    bureau.handler.step(case, "case.enforce")
    return reload(case)


def carried_out(bureau, turn_to, case):
    """缴款 of both, 结案."""
    shop, supplier = case.parties.order_by("order")
    turn_to(10, 20)
    acts.pay(bureau, case, shop, "5000")
    acts.pay(bureau, case, supplier, "120000")
    goods = shop.decisions.get().penalties.get(kind="goods")
    bureau.handler.act(
        case, "parties", address(case, "record_performed", goods.pk), performed_on="2021-10-20"
    )
    # 程序规定 77: fifteen working days from the day everything is carried out.
    assert limits(case)["C32"] == "11-10"
    of_each = {"C23": "09-14", "C25": "10-18", "C27": "10-26", "C29a": "12-10", "C29b": "04-11"}
    assert limits(case) == {
        "C1": "08-23", "C12": "12-06", "C16 preserve": "08-16", "C18 seize": "10-20",
        "C18 seal": "09-08", "C22": "10-13", "C24": "09-14", "C32": "11-10",
        **{f"{code} {row.party}": day for code, day in of_each.items() for row in (shop, supplier)},
    }  # fmt: skip
    turn_to(10, 25)
    case = bureau.signed(case, "case.close", ground="performed", reason="两名当事人罚款均已缴清。")
    turn_to(10, 27)
    return case
