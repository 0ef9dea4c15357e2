"""Goods of demo cases: taken, kept, tested, given back, confiscated or destroyed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import clock
from accounts.models import User
from workflow.demo.case_acts import CaseActs
from workflow.demo.leads import AGREED
from workflow.demo.schedule import Schedule
from workflow.engine.approvals import propose, sign
from workflow.engine.perform import perform
from workflow.models import Approval, EvidenceFile, ItemMove, Measure, MeasureItem
from workflow.services import disposals, goods
from workflow.services import measures as services
from workflow.services.evidence import add_evidence

PLACED = ("place", "keeper", "witness")


class MeasureStory:
    """One entry of the data, as acts of the case's two handlers."""

    def __init__(self, row: dict[str, Any], story: CaseActs) -> None:
        self.row, self.story = row, story
        self.pk = 0

    def schedule(self, plan: Schedule) -> None:
        """After the case's own acts of the same day."""
        thread = f"{self.story.key}:measure:{self.row['days_ago']}"
        plan.add(thread, self.row["days_ago"], self.impose)
        for step in self.row["steps"]:
            plan.add(thread, step["days_ago"], partial(getattr(self, step["act"]), step))

    @property
    def measure(self) -> Measure:
        return Measure.objects.get(pk=self.pk)

    @property
    def actor(self) -> User:
        return self.story.handler

    def impose(self) -> None:
        """Made on the spot, or proposed; its approval waits."""
        row = self.row
        items = [
            {"name": name, "specification": more, "quantity": Decimal(quantity), "unit_name": unit,
             "value_fen": value}
            for name, more, quantity, unit, value in row["items"]
        ]  # fmt: skip
        names = ("kind", "power", "reason", "target", *(PLACED if row["on_spot"] else ()))
        made = services.impose_measure(
            self.story.case, actor=self.actor, items=items,
            case_party=self.story.parties[row.get("party", 0)].case_party,
            fields={name: row[name] for name in names},
            carried_out_at=clock.now() if row["on_spot"] else None,
        )  # fmt: skip
        self.pk = made.pk

    def sign(self, _step: dict[str, Any]) -> None:
        waiting = Approval.objects.get(
            record_type="workflow.measure", record_id=self.pk, outcome=""
        )
        self._signed(waiting)

    def carry_out(self, _step: dict[str, Any]) -> None:
        data = {name: self.row[name] for name in PLACED}
        perform(self.measure, "measure.carry_out", actor=self.actor, data=data)

    def extend(self, step: dict[str, Any]) -> None:
        data = {"days": step["days"], "reason": step["reason"]}
        self._signed(propose(self.measure, "measure.extend", actor=self.actor, data=data))

    def lift(self, step: dict[str, Any]) -> None:
        data = {name: step[name] for name in ("ground", "reason", "receiver")}
        self._signed(propose(self.measure, "measure.lift", actor=self.actor, data=data))

    def told(self, step: dict[str, Any]) -> None:
        services.tell_extension(
            self.measure, actor=self.actor, told_at=clock.now(), document=step["document"]
        )

    def testing(self, step: dict[str, Any]) -> None:
        today = clock.today()
        services.record_testing(
            self.measure, actor=self.actor, institution=step["institution"],
            document=step["document"],
            from_on=today + timedelta(days=step["days_ago"] - step["from_days_ago"]),
            until_on=today + timedelta(days=step["days_ago"] - step["until_days_ago"]),
        )  # fmt: skip

    def custody(self, step: dict[str, Any]) -> None:
        goods.hand_over_goods(
            self.measure, actor=self.actor, to_keeper=step["to_keeper"], place=step["place"],
            at=clock.now(), note=step["note"],
        )  # fmt: skip

    def permit(self, step: dict[str, Any]) -> None:
        data = {name: step[name] for name in ("kind", "basis", "reason")}
        data[f"item_{self._item(step).pk}"] = step["quantity"]
        self._signed(propose(self.measure, "measure.permit", actor=self.actor, data=data))

    def dispose(self, step: dict[str, Any]) -> None:
        fields = {name: step[name] for name in ("document", "witness", "reason")}
        disposals.dispose_of(
            self._item(step), actor=self.actor, second_officer=self.story.handlers[1],
            kind=step["kind"], quantity=Decimal(step["quantity"]), disposed_at=clock.now(),
            fields=fields | {"proof": self._photo(step["photo"])},
        )  # fmt: skip

    def _item(self, step: dict[str, Any]) -> MeasureItem:
        return list(self.measure.items.order_by("order"))[step["item"]]

    def move(self, step: dict[str, Any]) -> None:
        item = self._item(step)
        given = ("document", "receiver", "witness", "reason")
        fields: dict[str, Any] = {name: step[name] for name in given if name in step}
        if step.get("decision"):
            fields["decision"] = self.story.parties[self.row.get("party", 0)].decision
        if "photo" in step:
            fields["proof"] = self._photo(step["photo"])
        if step["kind"] in ItemMove.SIGNED:
            fields["permit"] = item.permits.get(kind=step["kind"])
        goods.move_item(
            item, actor=self.actor, second_officer=self.story.handlers[1], kind=step["kind"],
            quantity=Decimal(step["quantity"]), moved_at=clock.now(), fields=fields,
        )  # fmt: skip

    def _photo(self, title: str) -> EvidenceFile:
        body = BytesIO()
        Image.new("RGB", (320, 240), "#8a8f94").save(body, "JPEG")
        upload = SimpleUploadedFile(f"{title}.jpg", body.getvalue(), content_type="image/jpeg")
        return add_evidence(
            self.story.case, actor=self.actor, upload=upload, kind="audiovisual", title=title,
            collected_at=clock.now(),
        )  # fmt: skip

    def _signed(self, approval: Approval) -> None:
        for signer in (self.story.lead_story.unit_head, self.story.people["fenguan"]):
            approval = sign(approval, actor=signer, opinion=AGREED)
