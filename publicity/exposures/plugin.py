"""What exposures hook into casework."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from publicity.exposures import files, jobs
from publicity.exposures.acts import ACTS
from publicity.exposures.life_cycle import EXPOSURE
from publicity.exposures.overturned import on_reopen
from workflow.plugin import Act, Job, Panel, Transition, hookimpl


@hookimpl
def acts() -> tuple[Act, ...]:
    return ACTS


@hookimpl
def machines() -> dict[str, str]:
    return {"exposure": "exposures.Exposure"}


@hookimpl
def transitions() -> tuple[Transition, ...]:
    return EXPOSURE


@hookimpl
def effects() -> dict[str, tuple[Any, ...]]:
    return {"case.reopen": (on_reopen,)}


@hookimpl
def case_panels(case: Any, user: Any) -> list[Panel]:
    from publicity.exposures.panels import publicity_panel

    return [publicity_panel(case, user)]


@hookimpl
def dashboard_panels(user: Any) -> list[Panel]:
    from publicity.exposures.panels import desk_panels

    return desk_panels(user)


@hookimpl
def menu_items() -> list[dict[str, Any]]:
    return [
        {
            "label": _("Exposures"),
            "url_name": "plugins:exposures:index",
            "icon": "view",
            "act": "view_exposure",
            "order": 150,
        }
    ]


@hookimpl
def urls() -> list[Any]:
    from publicity.exposures.urls import urlpatterns

    return list(urlpatterns)


@hookimpl
def periodic_jobs() -> list[Job]:
    return [
        Job(name="release", run=jobs.release_due),
        Job(name="expire", run=jobs.expire),
        Job(name="public_files", run=files.sweep),
    ]
