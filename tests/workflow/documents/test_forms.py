"""The shipped forms: built from their descriptions, every field known, all of them fillable."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.management import call_command

from accounts import clock
from tests.casework import World, reload
from tests.workflow.documents.papers import said
from tests.workflow.measures import in_force
from tests.workflow.test_simple_procedure import punish
from workflow.checklists import TRANSFER_MATERIALS
from workflow.documents import catalogue
from workflow.documents.builder import SourceError, build
from workflow.documents.builder.shipping import built, outdated
from workflow.documents.context import context_of, known
from workflow.documents.render import field_names, render, render_draft
from workflow.models import Discussion, Hearing, Lead, Reporter
from workflow.numbering import DEFAULT_PATTERNS
from workflow.selectors.drafts import PERFORMANCE, REMEDIES
from workflow.services import side

CODES = [form.code for form in catalogue.forms()]
WHEN = {"date": "2022-03-01", "moment": "2022-03-01T09:05", "yes_no": True}
REPORTER = {"kind": "real_name", "name": "闻举报", "phone": "13855550000", "id_number": "340000X",
            "address": "举报人的住处", "note": "举报人的话"}  # fmt: skip


FILING = {"核查情况": "现场检查发现三无玩具 30 件。", "承办人意见": "建议立案。"}


class Desk:
    """One record for every kind of subject, made through the services."""

    def __init__(self, world: World) -> None:
        self.world = world
        case = world.enforcing()
        hearing = Hearing.objects.create(
            case=case, round=1, chair=world.jurist, notified_at=clock.now(), place="会议室",
            scheduled_at=clock.now(), held_at=clock.now(), record="双方发言。", report="建议维持。",
        )  # fmt: skip
        hearing.requested_by.set(case.parties.all())
        talk = Discussion.objects.create(
            case=case, round=1, held_at=clock.now(), chair=world.head, minutes="逐一发言。",
            conclusion="同意处罚。",
        )  # fmt: skip
        talk.participants.set([world.head, world.leader])
        Reporter.objects.create(lead=case.lead, **REPORTER)
        self.case = case
        self.lead = case.lead
        self.party = case.parties.get()
        self.measure = in_force(world)
        self.transfer = side.propose_transfer(
            case, actor=world.handler, kind="criminal", authority=world.police, whole=False,
            part="销售假药部分", facts="涉嫌销售假药。", crime_articles="第一百四十一条",
            team=[world.handler, world.second],
        )  # fmt: skip
        other = world.answer(world.noticed())
        world.draft_decision(other, kind="no_penalty")
        self.spared = other.parties.get()
        self.fined_on_the_spot = punish(world).parties.get()

    def subject(self, form):
        if form.when == "decision.kind=no_penalty":
            return self.spared
        if form.code == "F44":
            return self.fined_on_the_spot
        return reload(getattr(self, form.about))


def written(form):
    return {field.name: WHEN.get(field.kind, f"所填{field.name}") for field in form.fields}


def filled(desk, form):
    subject = desk.subject(form)
    number = "" if not (form.series or form.number_of) else "东市监文〔2022〕7号"
    return context_of(form.code, subject, written=written(form), number=number, on=clock.today())


@pytest.fixture
def desk(world):
    return Desk(world)


def test_every_form_of_the_ministry_is_there():
    assert [form.number for form in catalogue.forms()] == list(range(1, 57))
    assert [code for code in CODES if not catalogue.shipped(code).is_file()] == []


def test_forms_are_what_their_descriptions_give():
    assert outdated() == []
    assert built() == built()
    call_command("build_forms", check=True)


@pytest.mark.parametrize("form", catalogue.forms(), ids=CODES)
def test_form_asks_for_nothing_unknown(form):
    offered = {*known(form.about), *(f"填写.{field.name}" for field in form.fields)}
    groups = {name.rpartition(".")[0] for name in offered}
    asked = field_names(catalogue.shipped(form.code))

    assert [name for name in asked if name not in offered | groups] == []
    assert [f.name for f in form.fields if f"填写.{f.name}" not in asked] == []


@pytest.mark.slow
def test_every_form_fills_from_a_file(desk):
    for form in catalogue.forms():
        made = render(catalogue.shipped(form.code), filled(desk, form))
        text = "\n".join(said(made))

        assert not re.search(r"\{\{|\}\}|\{%|None|&(amp|lt);|〔\s", text), form.code


@pytest.mark.slow
def test_what_need_not_be_typed_may_be_left_out(desk):
    lacking = {}
    for form in catalogue.forms():
        typed = {f.name: WHEN.get(f.kind, "所填") for f in form.fields if f.required}
        context = context_of(form.code, desk.subject(form), written=typed, number="7号",
                             on=clock.today())  # fmt: skip
        if missing := render_draft(catalogue.shipped(form.code), context)[1]:
            lacking[form.code] = missing

    # Nobody asked for an approval in this file: what it would be about is to be typed.
    assert lacking == {"F08": ["审批.事项"]}


def test_a_filed_lead_is_told_in_words(world):
    """What was proposed is kept as the form sent it, every datum a list."""
    lead = world.investigating().lead
    made = render(
        catalogue.shipped("F07"), context_of("F07", lead, written=FILING, on=clock.today())
    )

    text = "\n".join(said(made))

    assert "小星星玩具店销售三无玩具案\n" in text
    assert "销售无厂名厂址的产品\n" in text
    assert not re.search(r"\['|'\]", text)


def test_a_declined_lead_says_why(world):
    data = {"ground": "minor", "reason": "轻微并及时改正，没有造成危害后果。"}
    lead = world.signed(world.verifying(), "lead.decline", data)

    said_of = context_of("F07", lead)["审批"]

    assert said_of["不予立案"] is True
    assert said_of["不予立案理由"] == str(dict(Lead.DeclineGround.choices)["minor"])
    assert said_of["理由"] == data["reason"]


def test_materials_of_a_transfer_go_by_their_names(world):
    transfer = side.propose_transfer(
        world.investigating(), actor=world.handler, kind="criminal", authority=world.police,
        facts="涉嫌犯罪。", team=[world.handler, world.second],
    )  # fmt: skip
    transfer.materials = ["transfer_letter", "report"]

    listed = context_of("F05", transfer)["移送"]["材料"]

    assert [row["名称"] for row in listed] == [
        str(dict(TRANSFER_MATERIALS)[code]) for code in transfer.materials
    ]


def test_no_two_classes_of_numbers_look_alike():
    shipped = {kind: said["pattern"] for kind, said in catalogue.series().items()}
    patterns = {kind: pattern for kind, (_name, pattern) in DEFAULT_PATTERNS.items()} | shipped

    assert len(set(patterns.values())) == len(patterns)


@pytest.mark.slow
def test_no_context_knows_who_reported(desk):
    told = {form.code: str(filled(desk, form)) for form in catalogue.forms()}
    leaks = [code for code, text in told.items() for word in list(REPORTER.values())[1:]
             if word in text]  # fmt: skip

    assert leaks == []
    assert desk.lead.content in told["F01"]


@pytest.mark.slow
def test_notice_tells_the_rights_and_the_decision_its_elements(desk):
    notice = catalogue.form("F37")
    decision = catalogue.form("F45")
    told = "".join(said(render(catalogue.shipped("F37"), filled(desk, notice))))
    decided = "".join(said(render(catalogue.shipped("F45"), filled(desk, decision))))

    assert "五个工作日内，未行使陈述、申辩权的，视为放弃" in told
    assert "要求举行听证的" not in told
    elements = (
        "违法事实和证据", "罚款5,000.00元（大写：人民币伍仟元整）", "十五日内", "百分之三",
        "六十日内申请行政复议", "六个月内", "县市场监督管理局（印章）",
    )  # fmt: skip
    for words in elements:
        assert words in decided


@pytest.mark.slow
def test_a_decision_says_the_remedies_once(desk):
    """As the draft says them in full, or as the statute does where the draft does not."""
    context = filled(desk, catalogue.form("F45"))
    context["决定书"] |= {"救济": REMEDIES, "履行": PERFORMANCE}

    decided = "".join(said(render(catalogue.shipped("F45"), context)))

    for words in ("六十日", "六个月", "十五日"):
        assert decided.count(words) == 1
    assert "加处罚款的数额不超出罚款的数额" in decided


@pytest.mark.slow
def test_what_was_typed_stays_text(desk):
    form = catalogue.form("F14")
    typed = "问：<b>&“{{ 机关.名称 }}”？\n答：{% if x %}是。"
    context = context_of("F14", desk.party, written={**written(form), "询问内容": typed})

    text = said(render(catalogue.shipped("F14"), {**context, "文书": {"文号": "", "日期": ""}}))

    assert "问：<b>&“{{ 机关.名称 }}”？" in text
    assert "答：{% if x %}是。" in text
    assert "询问时间：2022年3月1日9时05分至2022年3月1日9时05分　　第所填次数次" in text


@pytest.mark.slow
def test_context_of_a_decision_asks_little(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        context_of("F45", reload(desk.party))


@pytest.mark.parametrize(
    "line", ["| a |", "[10 x]", "!wide", "[10 10]\n| a |", "[10]\n| a"], ids=str
)
def test_description_that_says_nothing_is_refused(line):
    with pytest.raises(SourceError):
        build(line, name="F99.txt")


def test_form_has_no_date_of_its_making():
    with zipfile.ZipFile(io.BytesIO(build("# 题", name="x"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2021, 7, 15, 0, 0, 0)}
