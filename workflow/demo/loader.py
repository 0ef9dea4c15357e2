"""Load the demonstration into a database without real records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from accounts import clock
from accounts.models import User
from accounts.organisation import load_organisation
from workflow.clocks.remind import lapse_rights
from workflow.demo.cases import CaseStory
from workflow.demo.depth import Depth
from workflow.demo.leads import LeadStory
from workflow.demo.people import load_people
from workflow.demo.schedule import Schedule
from workflow.demo.texts import read
from workflow.models import Case, Document, DocumentForm, Lead, RequiredDocument
from workflow.services.campaigns import load_campaign
from workflow.services.document_making import make_pending
from workflow.services.settings import save_setting

CAMPAIGNS = Path(__file__).parents[1] / "data" / "campaigns"
Progress = Callable[[int, int], None]
#: Puts more acts on the plan: those of the layers above, which know what the core does not.
Also = Callable[[list[CaseStory], dict[str, User], Schedule], None]


@dataclass(slots=True)
class Demo:
    """What was loaded: people by user name, cases by their key in the data."""

    people: dict[str, User]
    cases: dict[str, Case]


def has_records() -> bool:
    """Whether the database holds leads or cases, so that a demo would mix with them."""
    return Lead.objects.exists() or Case.objects.exists()


def write_documents() -> None:
    """What the last act owes is written now, while the file stands as the act left it.

    In one transaction no task runs in between; later the file would be another.
    """
    for document in Document.objects.filter(status=Document.Status.PENDING).order_by("pk"):
        make_pending(document)


def want_report(*, by: User) -> None:
    """From now on no case goes to its review without the report of its investigation."""
    report = DocumentForm.objects.get(code="F35")
    row = RequiredDocument(
        transition="case.submit_review", form=report, mode=RequiredDocument.Mode.REQUIRED_BEFORE
    )
    save_setting(row, by=by, changed=["transition", "form", "mode"])


def load(progress: Progress = lambda done, total: None, also: Also | None = None) -> Demo:
    """People, campaign, leads and cases, each act at its day before now, through the engine."""
    today = clock.today()
    load_organisation()
    load_campaign(CAMPAIGNS / "2021.json")
    people = load_people(read("users", today=today))
    known: dict[str, Lead] = {}
    plan = Schedule(start=clock.now() - timedelta(minutes=5))
    leads = {row["key"]: LeadStory(row, people, known) for row in read("leads", today=today)}
    for lead in leads.values():
        lead.schedule(plan)
    stories = [CaseStory(row, leads[row["lead"]], people) for row in read("cases", today=today)]
    for story in stories:
        story.schedule(plan)
    by_key = {story.key: story for story in stories}
    Depth(by_key, leads, people).schedule(read("depth", today=today), plan)
    if also is not None:
        also(stories, people, plan)
    plan.run(progress, after=write_documents)
    want_report(by=people["xitong"])
    lapse_rights(clock.now())
    return Demo(people, {story.key: story.case for story in stories})
