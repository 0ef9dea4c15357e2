"""The demo's exposures: nominated, written, checked by two, approved and released in their time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from html import escape
from typing import Any

from accounts import clock
from accounts.models import User
from publicity.exposures.checking import keep, latest_run
from publicity.exposures.content import draft_of
from publicity.exposures.models import Exposure
from publicity.exposures.nominate import nominate
from publicity.pages.models import HomePage
from publicity.pages.tree import set_categories
from workflow.api import Case, Category, perform, propose, sign
from workflow.demo.cases import CaseStory
from workflow.demo.schedule import Schedule

CAMPAIGN_TEXT = (
    "<p>聚焦民生领域群众反映强烈的突出问题，重点查办十类违法行为，"
    "查处一起、公开一起，让违法者付出代价。</p>"
)
#: How far each state of the data goes.
STEPS = ("nominate", "draft", "check", "approve", "release")
REACHED = {"drafting": 2, "checking": 3, "approved": 4, "released": 5, "withdrawn": 5}
#: 公示期限 of a demo case.
PUBLIC_FOR = timedelta(days=365)
RICH = ("facts", "handling", "significance", "comment", "how_to_spot")


class ExposureStory:
    """One entry of the data, as acts on the schedule."""

    def __init__(self, row: dict[str, Any], story: CaseStory, people: dict[str, User]) -> None:
        self.row, self.story, self.people = row, story, people
        self.who = {part: people[name] for part, name in row["people"].items()}

    @property
    def exposure(self) -> Exposure:
        return Exposure.objects.filter(case=self.story.case).latest("pk")

    def schedule(self, plan: Schedule) -> None:
        """After the case's own acts of the same day; a forced withdrawal needs no act here."""
        thread = self.story.lead_story.key
        for step in STEPS[: REACHED[self.row["state"]]]:
            plan.add(f"{thread}:exposure", self.row["days_ago"][step], partial(self.do, step))

    def do(self, step: str) -> None:
        """One step, by the people the data names."""
        {
            "nominate": self.nominate,
            "draft": self.draft,
            "check": self.check,
            "approve": self.approve,
            "release": self.release,
        }[step]()

    def nominate(self) -> None:
        reason = f"具有警示教育意义：{self.row['summary']}"
        nominate(self.story.case, actor=self.story.handler, reason=reason)

    def draft(self) -> None:
        perform(self.exposure, "exposure.draft", actor=self.who["drafter"])
        page, row = draft_of(self.exposure), self.row
        if page is None:
            raise LookupError("The intake made no draft.")
        page.title, page.party_display = row["title"], row["party_display"]
        page.violation = self.story.row["cause"]
        page.comment_office = row["comment_office"]
        page.source = "东至县市场监督管理局"
        page.index_no = f"DZSJ{clock.today():%Y%m}-{self.exposure.pk:05d}"
        for name in RICH:
            setattr(page, name, f"<p>{escape(row[name])}</p>" if row[name] else "")
        page.laws = [
            ("law", {"law": law["law"], "article": law["articles"]}) for law in row["laws"]
        ]
        page.save_revision(user=self.who["drafter"], clean=False, changed=True)

    def check(self) -> None:
        """Submitted, every warning answered, read by a second person and for secrets."""
        exposure, drafter = self.exposure, self.who["drafter"]
        perform(exposure, "exposure.submit_check", actor=drafter)
        if self.row["state"] == "checking":
            return
        run = latest_run(exposure)
        for hit in run.hits.filter(decision="") if run else ():
            keep(hit, actor=self.who["checker"], reason="经核对，不属于个人信息，可以公开。")
        perform(exposure, "exposure.confirm", actor=self.who["checker"])
        perform(exposure, "exposure.review_secrecy", actor=self.who["secrecy"])

    def approve(self) -> None:
        approval = propose(self.exposure, "exposure.approve", actor=self.who["drafter"])
        sign(approval, actor=self.who["approver"], opinion="同意曝光")

    def release(self) -> None:
        data = {"expires_on": clock.today() + PUBLIC_FOR}
        perform(self.exposure, "exposure.release", actor=self.who["drafter"], data=data)


def schedule_exposures(
    rows: list[dict[str, Any]], stories: list[CaseStory], people: dict[str, User], plan: Schedule
) -> None:
    """Put every exposure of the data on the plan."""
    by_key = {story.key: story for story in stories}
    for row in rows:
        ExposureStory(row, by_key[row["case"]], people).schedule(plan)


def announce_categories() -> None:
    """The public site knows the year's categories, also those without a case yet."""
    found = Category.objects.select_related("campaign").order_by("campaign__year", "number")
    years: dict[int, list[tuple[str, str]]] = {}
    for category in found:
        years.setdefault(category.campaign.year, []).append((category.code, category.short_name))
    for year, pairs in years.items():
        set_categories(year, pairs)
    announce_campaign()


def announce_campaign() -> None:
    """The home page tells of the campaign that runs."""
    home = HomePage.objects.get()
    newest = Category.objects.select_related("campaign").latest("campaign__year")
    home.campaign_title = newest.campaign.name
    home.campaign_text = CAMPAIGN_TEXT
    home.save()


def released_of(cases: list[Case]) -> int:
    return Exposure.objects.filter(case__in=cases, state="released").count()
