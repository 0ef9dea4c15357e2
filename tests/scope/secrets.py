"""Files of four kinds, each with words of its own in every text it has.

own: of the station; foreign: of another one; shared: of another one, the case opened to a handler
of the station; restricted: of the station, open to named people only.
"""

from __future__ import annotations

import copy

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageLogEntry

from accounts import clock
from publicity.exposures import checking, files
from publicity.exposures.nominate import nominate
from tests.casework import World
from tests.scope.words import COMMON, REPORTER, WORDS, Secret, overwrite
from tests.workflow.documents.papers import document_in, png
from workflow import api
from workflow.models import (
    AccessGrant,
    Challenge,
    CourtApplication,
    Deadline,
    DeadlinePause,
    Dossier,
    EvidenceFile,
    JournalLine,
)
from workflow.services import access, challenges, dossiers, side
from workflow.services.evidence import add_evidence
from workflow.services.measures import impose_measure


class Corner(World):
    """The same bureau from another desk."""

    mark = ""

    def __init__(self, world: World, **people) -> None:
        self.__dict__.update(copy.copy(world.__dict__))
        self.__dict__.update(people)

    def lead(self, **fields):
        return super().lead(**{"subject_name": f"{self.mark}店", **fields})

    def filing(self):
        return super().filing() | {"title": f"{self.mark}{COMMON}案", "cause": f"{self.mark}案由"}


def build(world: World) -> list[Secret]:
    """All files, through the services; their texts are then overwritten by their words."""
    assert world.police.pk  # made once, for all corners
    third = world.person("third", "handler", world.station, name="周第三")
    partner = world.person("partner", "handler", world.other, name="吴外搭")
    head = world.person("other_head", "unit_head", world.other, name="郑外长")
    there = {
        "station": world.other, "handler": world.stranger, "second": partner, "unit_head": head,
    }  # fmt: skip
    found = [
        *_file("own", Corner(world)),
        *_file("foreign", Corner(world, **there)),
        *_file("shared", Corner(world, **there), small=True),
        *_file("restricted", Corner(world), small=True),
    ]
    by_kind = {secret.kind: secret for secret in found}
    _share_with_heads(by_kind, {"own": world.unit_head, "foreign": head}, world.office)
    case = by_kind["shared", "case"].record
    access.share(case, actor=world.office, kind="assist", reason="协办", user=world.handler)
    found.append(_restrict(world, by_kind, [world.second, third]))
    for secret in found:
        secret.rows += [*_lines(secret.record), *_pauses(secret.rows)]
        overwrite(secret)
    return found


def _share_with_heads(by_kind, heads, office) -> None:
    """Opened to who reads it anyway: there is something to end."""
    for (name, kind), secret in by_kind.items():
        if name in heads and kind in ("lead", "case"):
            access.share(
                secret.record, actor=office, kind="assist", reason="协办", user=heads[name]
            )
            secret.rows += _grants(secret.record)


def _restrict(world, by_kind, people) -> Secret:
    lead, case = by_kind["restricted", "lead"].record, by_kind["restricted", "case"].record
    transfer = side.propose_transfer(
        case, actor=world.second, kind="criminal", authority=world.police, team=people,
        facts="待改写", whole=False, part="待改写",
    )  # fmt: skip
    for record in (lead, case):
        access.assign_handlers(record, actor=world.unit_head, users=people)
        access.restrict(record, actor=world.unit_head, people=[], reason="防止跑风漏气")
    return Secret(("restricted", "transfer"), transfer)


def _file(name: str, corner: Corner, *, small: bool = False) -> list[Secret]:
    corner.mark = f"〖{WORDS[name, 'case']}〗"
    reporter = {"kind": "real_name", "name": REPORTER, "phone": REPORTER, "address": REPORTER}
    if small:
        case = corner.investigating(reporter=reporter)
        lead = case.lead
    else:
        lead = corner.verifying(reporter=reporter)
        api.propose(lead, "lead.extend", actor=corner.handler, data={"reason": "检验未回"})
        case = corner.enforcing()
    party = Secret((name, "party"), case.parties.get().party)
    secrets = [_lead(name, lead), _case(name, case, corner), party]
    if not small:
        secrets += [_exposure(name, case, corner), *_transfers(name, case, corner)]
        secrets += [_measure(name, corner)]
    return secrets


def _lead(name: str, lead) -> Secret:
    rows = [*lead.handlers.all(), *lead.approvals.all(), *_limits(lead), *_grants(lead)]
    handler = lead.handlers.filter(ended_on=None).first().user
    rows += [_evidence(lead, WORDS[name, "lead"]), document_in(lead, handler, WORDS[name, "lead"])]
    return Secret((name, "lead"), lead, rows)


def _case(name: str, case, corner) -> Secret:
    rows = [*case.handlers.all(), *case.approvals.all(), *_grants(case)]
    for party in case.parties.all():
        rows += [party, *party.notices.all(), *party.decisions.all()]
        for decision in party.decisions.all():
            rows += [*decision.penalties.all(), _challenge(decision, corner)]
            rows.append(_court(decision, corner))
    word = WORDS[name, "case"]
    rows += [*_limits(case), _evidence(case, word), document_in(case, corner.handler, word)]
    rows.append(_dossier(case, corner))
    return Secret((name, "case"), case, rows)


def _dossier(case, corner) -> Dossier:
    asked = dossiers.ask_for_dossier(case, actor=corner.handler, retention="永久")
    return dossiers.bind_dossier(asked.pk)


def _exposure(name: str, case, corner) -> Secret:
    for challenge in Challenge.objects.filter(decision__case_party__case=case):
        challenges.settle_challenge(
            challenge, actor=corner.handler, outcome="upheld", outcome_on=clock.today()
        )
    exposure = nominate(case, actor=corner.handler, reason="典型")
    api.perform(exposure, "exposure.draft", actor=corner.editor)
    exposure.refresh_from_db()
    asset = files.add_asset(
        exposure, actor=corner.editor, content=png(), name="现场.png", caption="待改写"
    )
    shown = [f"〖{WORDS[name, kind]}〗" for kind in ("case", "party")]
    secret = Secret((name, "exposure"), exposure, shows=shown)
    page = exposure.page.get_latest_revision_as_object()
    page.title = page.draft_title = secret.word
    page.significance = "<p>举报电话13955599999。</p>"
    page.save_revision(user=corner.editor)
    type(page)._base_manager.filter(pk=page.pk).update(title=secret.word, draft_title=secret.word)
    PageLogEntry.objects.filter(page=page.pk).update(label=secret.word)
    secret.rows += [asset, *checking.check_again(exposure, actor=corner.editor).hits.all()]
    return secret


def _transfers(name: str, case, corner) -> list[Secret]:
    found = []
    for kind in ("criminal", "discipline"):
        transfer = side.propose_transfer(
            case, actor=corner.unit_head, kind=kind, authority=corner.police, facts="待改写",
            team=[corner.unit_head, corner.second], whole=False, part="待改写",
        )  # fmt: skip
        kind = "discipline" if kind == "discipline" else "transfer"
        paper = document_in(transfer, corner.unit_head, WORDS[name, kind])
        asked = api.propose(transfer, "transfer.approve", actor=corner.unit_head)
        found.append(Secret((name, kind), transfer, [*_limits(transfer), paper, asked]))
    return found


def _measure(name: str, corner) -> Secret:
    case = corner.investigating()
    measure = impose_measure(
        case, actor=corner.handler, case_party=case.parties.get(), carried_out_at=clock.now(),
        items=[{"name": "待改写", "quantity": 3, "unit_name": "件"}],
        fields={"kind": "seize", "power": "pql-18", "reason": "待改写", "target": "待改写",
                "place": "待改写", "keeper": "待改写", "witness": "待改写"},
    )  # fmt: skip
    approvals = api.Approval.objects.filter(record_id=measure.pk, transition="measure.ratify")
    rows = [*measure.items.all(), *approvals, *_limits(measure)]
    return Secret((name, "measure"), measure, rows)


def _challenge(decision, corner):
    return challenges.file_challenge(
        decision, actor=corner.handler, kind="reconsideration", filed_on=clock.today(),
        body="市局", file_number="东复〔2022〕1号",
    )  # fmt: skip


def _court(decision, corner) -> CourtApplication:
    return CourtApplication.objects.create(
        decision=decision, number=f"东市监执〔2022〕{decision.pk}号", court="待改写",
        applied_on=clock.today(), fine_fen=1, surcharge_fen=0, recorded_by=corner.handler,
    )  # fmt: skip


def _evidence(record, word: str) -> EvidenceFile:
    upload = SimpleUploadedFile("file.txt", f"〖{word}〗".encode(), content_type="text/plain")
    handler = record.handlers.filter(ended_on=None).first().user
    return add_evidence(
        record, actor=handler, upload=upload, kind="document", title=f"〖{word}〗",
        collected_at=clock.now(),
    )  # fmt: skip


def _lines(record) -> list[JournalLine]:
    of_record = {"record_type": record._meta.label_lower, "record_id": record.pk}
    return list(JournalLine.objects.filter(**of_record).order_by("pk")[:1])


def _pauses(rows) -> list[DeadlinePause]:
    """One limit of the file stands still."""
    limits = [row for row in rows if isinstance(row, Deadline)][:1]
    return [
        DeadlinePause.objects.create(deadline=limit, reason="testing", start_on=clock.today())
        for limit in limits
    ]


def _limits(record) -> list[Deadline]:
    rows = Deadline.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    return list(rows)


def _grants(record) -> list[AccessGrant]:
    return list(record.grants.all())
