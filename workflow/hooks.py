"""Every hook a plugin may implement: what is not specified here is not part of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pluggy

from workflow.plugin import (
    PROJECT,
    Act,
    Channel,
    Effect,
    Guard,
    Job,
    LedgerColumn,
    Panel,
    State,
    Transition,
)

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

hookspec = pluggy.HookspecMarker(PROJECT)


def at_start(spec: Any) -> Any:
    """Mark a hook that is read when a process starts; a plugin that fails there stops the start."""
    spec.at_start = True
    return hookspec(spec)


class Hooks:
    """Every hook there is. The core asks one plugin at a time, in the order of the settings."""

    @at_start
    def acts(self) -> Iterable[Act]:
        """Permissions this plugin adds, with the roles that hold them."""

    @at_start
    def machines(self) -> Mapping[str, str]:
        """Machines of this plugin's own: name to model label (``"exposures.Exposure"``)."""

    @at_start
    def states(self) -> Iterable[State]:
        """States this plugin adds to a machine of the core."""

    @at_start
    def transitions(self) -> Iterable[Transition]:
        """Transitions this plugin adds to any machine."""

    @at_start
    def guards(self) -> Mapping[str, Sequence[Guard]]:
        """Guards by transition name; one that raises refuses and is named."""

    @at_start
    def effects(self) -> Mapping[str, Sequence[Effect]]:
        """Effects by transition name, in the same transaction; one that raises undoes the act."""

    @at_start
    def announcements(self) -> Mapping[str, Sequence[Any]]:
        """Celery tasks by transition name, called with ``line_id`` after commit, at least once."""

    @at_start
    def lead_channels(self) -> Iterable[Channel]:
        """Channels leads may come in by."""

    @at_start
    def clocks(self) -> Iterable[Mapping[str, Any]]:
        """Clock rules, in the shape of the core's own (``workflow.clocks.rules``)."""

    @at_start
    def document_templates(self) -> Iterable[Mapping[str, Any]]:
        """Document forms of this plugin: code, name, about (lead, case, party, transfer, measure),
        template (path of a docx); and, where they matter, series or number_of, fields, transitions,
        makes, per, law. Its code becomes ``label.code``; loaded after ``migrate``."""

    @hookspec
    def case_panels(self, case: Any, user: Any) -> Iterable[Panel]:
        """Panels on the page of a case ``user`` may see."""

    @hookspec
    def actions(self, case: Any, user: Any) -> Iterable[Mapping[str, Any]]:
        """Links beside the steps: label, url, icon."""

    @hookspec
    def ledger_columns(self) -> Iterable[LedgerColumn]:
        """Columns added to the case list and its export."""

    @hookspec
    def reports(self) -> Iterable[Mapping[str, Any]]:
        """Reports: code, label, url name."""

    @hookspec
    def review_criteria(self) -> Iterable[Mapping[str, Any]]:
        """Criteria for file reviews: code, label, weight, check."""

    @hookspec
    def dashboard_panels(self, user: Any) -> Iterable[Panel]:
        """Panels on the desk of ``user``."""

    @hookspec
    def menu_items(self) -> Iterable[Mapping[str, Any]]:
        """Staff menu items: label, url_name, icon, act, order."""

    @at_start
    def urls(self) -> Iterable[URLPattern | URLResolver]:
        """Staff addresses, mounted below ``/admin/plugins/<label>/``."""

    @hookspec
    def periodic_jobs(self) -> Iterable[Job]:
        """Jobs for ``tick``."""
