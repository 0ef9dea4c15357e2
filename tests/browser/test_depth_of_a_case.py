"""A file with two parties, from first entry to archive, on the days it would take.

Seized goods, samples away for testing, a hearing, two decisions, two payments. Every limit on the
way is compared with dates worked by hand from the statutes on the calendar of 2021 (中秋节 19–21
September with the 18th and 26th worked, 国庆节 1–7 October with the 9th worked).
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser import casework_stages as stages
from tests.browser.casework_stages import FACTS, LAW, moment
from tests.browser.officer import address
from tests.casework import reload
from workflow.forms.case import REVIEW_POINTS
from workflow.models import Case, Deadline, Measure
from workflow.powers import powers_for

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


def limits(case: Case) -> dict[str, str]:
    """Every limit of the file and its lead: code and party to the day to rely on."""
    rows = Deadline.objects.filter(case=case) | Deadline.objects.filter(lead=case.lead)
    found = {}
    for row in rows.select_related("party__party").order_by("starts_at", "pk"):
        name = f"{row.code} {row.party.party.name}" if row.party else row.code
        found[name] = f"{row.due_on:%m-%d}" if row.due_on else "open"
    return found


def test_two_parties_from_first_entry_to_archive(bureau, turn_to):
    case, measure = opened(bureau, turn_to)
    shop, supplier = case.parties.order_by("order")
    case = told(bureau, turn_to, case, shop, supplier)
    case = heard(bureau, turn_to, case, measure)
    case = decided(bureau, turn_to, case, measure)
    case = carried_out(bureau, turn_to, case)
    bureau.handler.step(case, "case.archive", archive_number="20210001")
    assert reload(case).state == "archived"


def opened(bureau, turn_to):
    """August: 立案, two parties, goods seized and tested."""
    lead = stages.register(bureau)
    turn_to(8, 5)
    case = stages.file(bureau, lead)
    # 程序规定 18: 15 working days; 行政处罚法 60: 90 days from the day of 立案.
    assert limits(case) == {"C1": "08-23", "C12": "11-03"}

    turn_to(8, 6)
    supplied_by(bureau, case)
    measure = seized(bureau, case, case.parties.get(order=1))
    # 行政强制法 25: thirty days; the 5th is a Sunday, and the careful date is kept.
    assert limits(case)["C18"] == "09-05"
    turn_to(8, 24)
    bureau.handler.act(
        measure, "overview", address(measure, "testing"), from_on="2021-08-10",
        until_on="2021-08-24", institution="省产品质量监督检验研究院",
        document="东市监检告〔2021〕1号",
    )  # fmt: skip
    # 行政强制法 25: the fifteen days of the test, both ends included, do not count.
    assert limits(case)["C18"] == "09-20"
    return case, measure


def told(bureau, turn_to, case, shop, supplier):
    """告知 of both: the shop waives, its supplier asks for a hearing."""
    turn_to(8, 30)
    case = investigated(bureau, case)
    turn_to(9, 3)
    case = stages.review(bureau, case)
    turn_to(9, 6)
    case = notified(bureau, case, {shop: "5000", supplier: "120000"})
    turn_to(9, 7)
    for row in (shop, supplier):
        serve(bureau, case, row, f"notice-{row.notices.get().pk}")
    # 行政处罚法 64, 85: five working days, the 11th and 12th are a weekend.
    assert limits(case)[f"C23 {shop.party}"] == "09-14"
    assert limits(case)[f"C23 {supplier.party}"] == "09-14"
    turn_to(9, 8)
    proof = evidence(bureau, case, "放弃陈述申辩声明", "statement")
    answer(bureau, case, shop, answer="waived", proof=proof)
    answer(bureau, case, supplier, answer="hearing", text="认为罚款过重，要求听证。")
    return case


def heard(bureau, turn_to, case, measure):
    """听证, with the seizure extended meanwhile, and the legal review after it."""
    turn_to(9, 9)
    case = hearing_opened(bureau, case)
    # 行政处罚法 64, 85: told seven working days before the 24th; the 18th is worked, 19–21 are not.
    assert limits(case)["C24"] == "09-14"
    turn_to(9, 17)
    measure = bureau.signed(
        reload(measure), "measure.extend", days="30", reason="听证尚未举行，案情复杂。"
    )
    bureau.handler.act(
        measure, "overview", address(measure, "tell_extension"), acted_at=moment(),
        document="东市监强延〔2021〕1号",
    )  # fmt: skip
    # 行政强制法 25: thirty more, counted on from the first thirty and the test.
    assert limits(case)["C18"] == "10-20"
    turn_to(9, 24)
    case = hearing_held(bureau, case)
    turn_to(9, 27)
    bureau.jurist.step(
        case, "case.give_opinion", points=POINTS, opinion="agree", text="听证后同意拟处罚意见。"
    )
    return reload(case)


def decided(bureau, turn_to, case, measure):
    """集体讨论, 决定, 送达; the goods go under the decision."""
    shop, supplier = case.parties.order_by("order")
    turn_to(9, 28)
    case = deliberated(bureau, case, (shop, supplier))
    turn_to(10, 8)
    discussed(bureau, case)
    case = bureau.signed(case, "case.decide")
    # 行政处罚法 61, 85: seven working days, of which Saturday the 9th is one.
    assert limits(case)[f"C25 {shop.party}"] == "10-18"
    turn_to(10, 11)
    for row in (shop, supplier):
        serve(bureau, case, row, f"decision-{row.decisions.get().pk}")
    # 行政处罚法 67: fifteen days; 行政复议法 9, 行政诉讼法 46: sixty days, six months.
    assert limits(case)[f"C27 {shop.party}"] == "10-26"
    assert limits(case)[f"C29a {shop.party}"] == "12-10"
    assert limits(case)[f"C29b {shop.party}"] == "04-11"
    confiscated(bureau, reload(measure), shop)
    assert reload(measure).state == "ended"
    bureau.handler.step(case, "case.enforce")
    return reload(case)


def carried_out(bureau, turn_to, case):
    """缴款 of both, 结案."""
    shop, supplier = case.parties.order_by("order")
    turn_to(10, 20)
    pay(bureau, case, shop, "5000")
    pay(bureau, case, supplier, "120000")
    goods = shop.decisions.get().penalties.get(kind="goods")
    bureau.handler.act(
        case, "parties", address(case, "record_performed", goods.pk), performed_on="2021-10-20"
    )
    # 程序规定 77: fifteen working days from the day everything is carried out.
    assert limits(case)["C32"] == "11-10"
    turn_to(10, 25)
    case = bureau.signed(case, "case.close", ground="performed", reason="两名当事人罚款均已缴清。")
    turn_to(10, 27)
    return case


def supplied_by(bureau, case):
    """The enterprise that supplied the shop becomes the second party."""
    bureau.handler.act(
        case, "parties", address(case, "add_party"), kind="enterprise",
        name="池州市彩虹玩具有限公司", uscc="91341700MA2TQ12A4E",
        address="池州市贵池区齐山大道18号", violation="供货无厂名厂址玩具。",
    )  # fmt: skip


def seized(bureau, case, row):
    """扣押 of the goods, signed by two, carried out with its list on the spot."""
    power = next(p for p in powers_for(case, date(2021, 8, 6)) if "seize" in p.kinds)
    page = bureau.handler.act(
        case, "measures", address(case, "impose_measure"), case_party=row.pk, kind="seize",
        power=power.code, reason="有证据证明不符合保障人身安全的要求。", when="before",
        **{
            "item-0-name": "塑料玩具枪", "item-0-specification": "无标识", "item-0-quantity": "30",
            "item-0-unit_name": "件", "item-0-value_fen": "900",
        },
    )  # fmt: skip
    measure = Measure.objects.get(case=case)
    assert page.url.endswith(address(measure))
    for signer in (bureau.unit_head, bureau.leader):
        signer.sign(measure)
    measure = reload(measure)
    bureau.handler.step(
        measure, "measure.carry_out", place="县局物证室", keeper="吴承办", witness="店主"
    )
    return reload(measure)


def confiscated(bureau, measure, row):
    """没收: all of it leaves under the decision, and nothing is held any more."""
    item = measure.items.get()
    bureau.handler.act(
        measure, "overview", address(measure, "move_item", item.pk, "confiscated"),
        decision=row.decisions.get().pk, receiver="县局罚没仓库", acted_at=moment(),
        second_officer=bureau.world.second.pk,
    )  # fmt: skip


def investigated(bureau, case):
    """调查取证 to 提交审核, with one record of the inspection."""
    handler = bureau.handler
    evidence(bureau, case, "现场笔录", "inspection")
    handler.act(case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW)
    handler.step(case, "case.conclude", report="事实清楚，证据充分。", proposal="分别罚款。")
    handler.step(case, "case.submit_review")
    return reload(case)


def evidence(bureau, case, title, kind):
    """Upload a file; returns its number."""
    bureau.handler.act(
        case, "documents", address(case, "add_evidence"), title=title, kind=kind,
        upload=(f"{title}.txt", f"{title}全文。".encode()), acted_at=moment(),
    )  # fmt: skip
    return case.evidence.get(title=title).pk


def notified(bureau, case, fines):
    """告知 of every party, signed once; the shop loses its goods too."""
    goods = {next(iter(fines)): {"penalty-1-kind": "goods", "penalty-1-goods": "塑料玩具枪30件"}}
    for row, yuan in fines.items():
        bureau.handler.act(
            case, "parties", address(case, "draft_notice", row.pk), reasons=f"违反{LAW}。",
            basis="《中华人民共和国产品质量法》第五十四条", hearing_right=int(yuan) >= 100_000,
            **{"penalty-0-kind": "fine", "penalty-0-amount_fen": yuan, **goods.get(row, {})},
        )  # fmt: skip
    return bureau.signed(case, "case.notify")


def serve(bureau, case, row, paper):
    bureau.handler.act(
        case, "parties", address(case, "record_service", row.pk), paper=paper, method="direct",
        acted_at=moment(), receiver="负责人", publication_told=True,
    )  # fmt: skip


def answer(bureau, case, row, **fields):
    path = address(case, "record_answer", row.notices.get().pk)
    bureau.handler.act(case, "parties", path, acted_at=moment(), **fields)


def hearing_opened(bureau, case):
    bureau.reviewer.step(
        case, "case.schedule_hearing", chair=bureau.world.reviewer.pk, notified_at=moment(),
        scheduled_at="2021-09-24T09:00", place="县局二楼会议室",
    )  # fmt: skip
    return reload(case)


def hearing_held(bureau, case):
    bureau.reviewer.step(
        case, "case.close_hearing", held_at=moment(), record="双方陈述、质证、辩论。",
        report="建议维持拟处罚意见。",
    )  # fmt: skip
    return reload(case)


def deliberated(bureau, case, rows):
    for row in rows:
        path = address(case, "draft_decision", row.pk)
        bureau.handler.act(
            case, "parties", path, kind="penalty", breached="《产品质量法》第二十七条"
        )
    bureau.handler.step(case, "case.deliberate")
    return reload(case)


def discussed(bureau, case):
    """集体讨论: after a hearing the leaders decide together."""
    world = bureau.world
    bureau.jurist.act(
        case, "documents", address(case, "record_discussion"), acted_at=moment(),
        chair=world.head.pk, participants=[world.head.pk, world.leader.pk, world.jurist.pk],
        minutes="与会人员一致认为事实清楚、程序合法。", conclusion="同意拟处罚意见。",
    )  # fmt: skip


def pay(bureau, case, row, yuan):
    penalty = row.decisions.get().penalties.get(kind="fine")
    bureau.handler.act(
        case, "parties", address(case, "record_payment", penalty.pk), amount=yuan,
        paid_on=moment()[:10], voucher=f"皖财罚{penalty.pk:04d}",
    )  # fmt: skip
