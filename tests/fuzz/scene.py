"""Files in every state there is a form for, and the people who may open those forms."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from accounts import clock
from accounts.models import User
from publicity.exposures import checking, files
from tests.casework import later, reload
from tests.publicity.exposures.world import Newsroom
from tests.workflow import measures
from tests.workflow.documents.papers import document_in, docx, png
from tests.workflow.test_simple_procedure import DECISION
from workflow import api
from workflow.checklists import TRANSFER_MATERIALS
from workflow.models import Deadline, DocumentForm, WorkDay, WorkYear
from workflow.services import access, challenges, execution, limits, side, templates
from workflow.services.evidence import add_evidence
from workflow.services.merging import merge_parties

#: In the order in which they are asked for a form.
PEOPLE = (
    "handler", "second", "unit_head", "leader", "head", "reviewer", "jurist", "office", "editor",
    "editor2", "checker", "system_admin", "security_admin", "auditor",
)  # fmt: skip


def people() -> list[User]:
    """Everybody, those first who have most of the forms."""
    order = [name.replace("tem_admin", "admin").replace("urity_admin", "admin") for name in PEOPLE]
    found = User.objects.exclude(username="stranger").order_by("pk")
    return sorted(found, key=lambda u: order.index(u.username) if u.username in order else 99)


def small() -> Newsroom:
    """One lead under verification and one case under investigation."""
    world = Newsroom()
    for name in PEOPLE:
        getattr(world, name)
    world.verifying()
    case = world.investigating()
    world.evidence(case)
    world.police  # noqa: B018 -- a place to refer to
    return world


def large() -> Newsroom:
    """Files in every state, with whatever can hang on them."""
    world = small()
    _leads(world)
    _cases(world)
    _transfers(world)
    _measures(world)
    _exposures(world)
    _parties(world)
    _settings(world)
    _waiting(world)
    return world


def _leads(world) -> None:
    world.lead()
    reporter = {"kind": "real_name", "name": "匿名玖", "phone": "19905660001", "address": "东至"}
    lead = world.verifying(reporter=reporter)
    document_in(lead, world.handler, "线索")
    access.share(lead, actor=world.office, kind="assist", reason="协办", user=world.stranger)
    world.signed(world.verifying(), "lead.decline", {"ground": "minor", "reason": "查无实据。"})
    target = world.verifying()
    twin = world.lead()
    api.perform(twin, "lead.merge", actor=world.unit_head,
                data={"merged_into": target.number, "reason": "同一事项"})  # fmt: skip


def _cases(world) -> None:
    case = world.investigating()
    document_in(case, world.handler, "案件")
    access.share(case, actor=world.office, kind="assist", reason="协办", user=world.stranger)
    for state in ("concluded", "reviewing", "reviewed", "deliberating", "archived", "closed"):
        getattr(world, state)()
    world.noticed(hearing_right=True, fine_fen=5_000_000)
    world.decided()
    world.enforcing()
    _side_paths(world)
    _at_court(world)
    restricted = world.investigating()
    access.restrict(restricted, actor=world.unit_head, people=[], reason="防止跑风漏气")


def _at_court(world) -> None:
    """A party who never paid; the court has not answered yet."""
    decision = world.enforcing().parties.get().decisions.get()
    with later(days=180):
        execution.remind(decision, actor=world.handler, served_at=clock.now(), receiver="店主")
    with later(days=195):
        execution.apply_to_court(
            decision, actor=world.handler, court="县人民法院", applied_on=clock.today()
        )


def _side_paths(world) -> None:
    """A hearing, a suspension, and the simple procedure from its lead to its end."""
    told = world.noticed(hearing_right=True, fine_fen=100_000_000)
    told = world.answer(told, "hearing", text="要求听证")
    hearing = {
        "chair": world.jurist, "notified_at": clock.now(), "place": "县局会议室",
        "scheduled_at": clock.now() + timedelta(days=9),
    }  # fmt: skip
    api.perform(told, "case.schedule_hearing", actor=world.jurist, data=hearing)
    ground = {"ground": "other_case", "reason": "等待刑事案件"}
    world.signed(world.investigating(), "case.suspend", ground)
    filing = world.filing()
    filing = {name: filing[name] for name in ("title", "cause", "party_kind")}
    for steps in ((), ("case.decide_on_the_spot",), ("case.decide_on_the_spot", _REGISTER)):
        lead = world.verifying()
        api.perform(lead, "lead.file_simple", actor=world.handler, data=filing)
        for step in steps:
            actor, data = (world.unit_head, {}) if step == _REGISTER else (world.handler, DECISION)
            api.perform(lead.cases.get(), step, actor=actor, data=data)


_REGISTER = "case.register_on_the_spot"


def _transfers(world) -> None:
    filed = ("transfer.approve", "transfer.hand_over", "transfer.receipt", "transfer.accept")
    refused = (*filed[:3], "transfer.refuse")
    for steps in (*(filed[:depth] for depth in range(len(filed) + 1)), refused):
        case = world.investigating()
        transfer = side.propose_transfer(
            case, actor=world.handler, kind="criminal", authority=world.police, facts="涉罪",
            team=[world.handler, world.second], whole=False, part="假酒部分",
        )  # fmt: skip
        for step in steps:
            _take(world, transfer, step)


def _take(world, transfer, step) -> None:
    if step == "transfer.approve":
        world.signed(reload(transfer), step, signers=[world.head])
        return
    data = {
        "transfer.hand_over": {"materials": [code for code, _label in TRANSFER_MATERIALS]},
        "transfer.receipt": {"receipt_number": "东公经〔2022〕1号"},
        "transfer.accept": {"outcome_number": "立字1号"},
        "transfer.refuse": {"outcome_number": "不立字1号", "reason": "数额不足"},
    }[step]
    api.perform(reload(transfer), step, actor=world.handler, data=data)


def _measures(world) -> None:
    measures.sign(world, measures.propose(world))
    measures.propose(world, on_spot=True)
    measure = measures.in_force(world)
    measures.picture(world, measure.case)
    _pause(world, Deadline.objects.get(code="C18", record_id=measure.pk))
    measures.propose(world)


def _exposures(world) -> None:
    world.nominated()
    world.confirmed()
    world.approved()
    world.released()
    api.propose(world.confirmed(), "exposure.approve", actor=world.editor)
    exposure = world.drafting()
    files.add_asset(exposure, actor=world.editor, content=png(), name="现场.png", caption="现场")
    world.write(exposure, significance="<p>举报电话13955599999。</p>")
    checking.check_again(reload(exposure), actor=world.editor)
    world.checking()


def _waiting(world) -> None:
    """The newest lead, case and transfer wait for a signature while a limit stands still."""
    lead = world.verifying()
    thing = SimpleUploadedFile("样品.png", png())
    add_evidence(
        lead, actor=world.handler, upload=thing, kind="object", title="封存的样品",
        collected_at=clock.now(), collectors=["吴承办", "钱协办"],
    )  # fmt: skip
    _pause(world, lead.deadlines.get(code="C1"))
    api.propose(reload(lead), "lead.file", actor=world.handler, data=world.filing())
    decision = world.enforcing().parties.get().decisions.get()
    challenges.file_challenge(
        decision, actor=world.handler, kind="lawsuit", body="法院", filed_on=clock.today()
    )
    case = world.investigating()
    _pause(world, case.deadlines.get(code="C12"))
    api.propose(reload(case), "case.extend", actor=world.handler, data={"reason": "检验未回"})
    transfer = side.propose_transfer(
        case, actor=world.handler, kind="criminal", authority=world.police, facts="涉罪",
        team=[world.handler, world.second], whole=False, part="假酒部分",
    )  # fmt: skip
    api.propose(transfer, "transfer.approve", actor=world.handler)


def _parties(world) -> None:
    """One entered twice, and one whose two entries were merged."""
    parties = [world.investigating().parties.get().party for _number in range(3)]
    merge_parties(*parties[:2], actor=world.leader, reason="同一店")


def _settings(world) -> None:
    """A template not in use yet, and days that move limits that are open."""
    form = DocumentForm.objects.get(code="F01")
    paper = SimpleUploadedFile("文书.docx", docx("{{ 线索.线索编号 }}"))
    templates.add_template(form, actor=world.office, upload=paper)
    WorkDay.objects.create(day=clock.today(), is_working=True)
    WorkDay.objects.create(day=clock.today() + timedelta(days=2), is_working=False)
    WorkYear.objects.create(year=2099, source="示例通知")


def _pause(world, limit) -> None:
    limits.pause_limit(
        limit, actor=world.handler, reason="testing", start_on=clock.today(), document="委托书1号"
    )


def hanging_on(record: models.Model) -> dict[type[models.Model], list[models.Model]]:
    """Every row that belongs to the record, by model, however far down."""
    found: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    ahead = [record, *_by_name(record)]
    while ahead:
        row = ahead.pop(0)
        if row in found[type(row)] or len(found[type(row)]) > 3:
            continue
        found[type(row)].append(row)
        ahead += _below(row)
    return found


def _below(row: models.Model) -> list[models.Model]:
    rows: list[models.Model] = []
    for relation in row._meta.related_objects:
        if relation.related_model._meta.app_label in ("workflow", "exposures"):
            of_row = {relation.field.name: row}
            rows += relation.related_model._base_manager.filter(**of_row).order_by("pk")[:4]
    return rows + [getattr(row, f.name) for f in row._meta.fields if _leads_to_party(f, row)]


def _leads_to_party(column, row) -> bool:
    return column.is_relation and column.name == "party" and getattr(row, "party_id", None)


def _by_name(record: models.Model) -> list[models.Model]:
    """Rows that say whose they are by the name of the model."""
    rows: list[models.Model] = []
    for model in apps.get_models():
        names = {column.name for column in model._meta.fields}
        if {"record_type", "record_id"} <= names:
            about = {"record_type": record._meta.label_lower, "record_id": record.pk}
            rows += model._base_manager.filter(**about).order_by("pk")[:4]
    return rows
