"""Exposures walked to any state, on top of the bureau of ``tests.casework``."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from accounts import clock
from accounts.models import User
from publicity.exposures import checking
from publicity.exposures.models import Exposure
from publicity.exposures.nominate import nominate
from publicity.pages.models import ExposurePage
from tests.casework import World, reload
from tests.remembered import remembering
from workflow import api
from workflow.services import case_file


@remembering
class Newsroom(World):
    """Two editors and a secrecy reviewer besides the people of a case."""

    @cached_property
    def editor2(self) -> User:
        return self.person("editor2", "editor", self.bureau, name="卫复核")

    def serve(self, case) -> None:
        """The decision reaches the party."""
        row = case.parties.get()
        case_file.record_service(
            row, actor=self.handler, method="direct", served_at=clock.now(), receiver="店主",
            decision=row.decisions.latest("round"),
        )  # fmt: skip

    def nominated(self, case=None, **fields) -> Exposure:
        case = case or self.enforcing()
        fields = {"actor": self.handler, "reason": "群众关注度高，有警示意义。", **fields}
        return nominate(case, **fields)

    def drafting(self, **fields) -> Exposure:
        exposure = self.nominated(**fields)
        return self.do(exposure, "exposure.draft")

    def checking(self, **fields) -> Exposure:
        exposure = self.drafting(**fields)
        checking.mask_all(exposure, actor=self.editor)
        return self.do(exposure, "exposure.submit_check")

    def settled(self, exposure: Exposure) -> Exposure:
        """Every open hit kept with a reason."""
        for hit in exposure.runs.first().hits.filter(decision="").exclude(severity="block"):
            checking.keep(hit, actor=self.editor2, reason="已核实，属于可以公开的内容。")
        return reload(exposure)

    def walk(self, exposure: Exposure) -> Exposure:
        """From a draft to the public."""
        checking.mask_all(exposure, actor=self.editor)
        exposure = self.settled(self.do(exposure, "exposure.submit_check"))
        exposure = self.do(exposure, "exposure.confirm", by=self.editor2)
        exposure = self.do(exposure, "exposure.review_secrecy", by=self.checker)
        signers = (self.leader,)
        exposure = self.signed(exposure, "exposure.approve", actor=self.editor, signers=signers)
        return self.do(exposure, "exposure.release")

    def confirmed(self, **fields) -> Exposure:
        exposure = self.settled(self.checking(**fields))
        exposure = self.do(exposure, "exposure.confirm", by=self.editor2)
        return self.do(exposure, "exposure.review_secrecy", by=self.checker)

    def approved(self, **fields) -> Exposure:
        exposure = self.confirmed(**fields)
        return self.signed(exposure, "exposure.approve", actor=self.editor, signers=(self.leader,))

    def released(self, **fields) -> Exposure:
        return self.do(self.approved(**fields), "exposure.release")

    def do(self, exposure: Exposure, name: str, data=None, *, by: User | None = None) -> Exposure:
        api.perform(exposure, name, actor=by or self.editor, data=data)
        return reload(exposure)

    def write(self, exposure: Exposure, *, by: User | None = None, **texts) -> ExposurePage:
        """A new version of the draft, as the page editor saves it."""
        page = exposure.page.get_latest_revision_as_object()
        for name, text in texts.items():
            setattr(page, name, text)
        page.save_revision(user=by or self.editor)
        return page


def codes(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def tomorrow():
    return clock.now() + timedelta(days=1)
