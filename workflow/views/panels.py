"""Blocks that plugins put on the page of a case; one that fails is named and breaks nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise

from workflow.engine.registry import ask

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Block:
    """A rendered panel, or the plugin that could not render it."""

    title: str | Promise
    html: str
    plugin: str
    tab: str
    order: int

    @property
    def failed(self) -> bool:
        return not self.html


def panels_for(case: Any, request: HttpRequest, *, tab: str) -> list[Block]:
    """The panels of one tab in their order; what failed stands on the first tab."""
    blocks = []
    for plugin, panels, error in ask("case_panels", case=case, user=request.user):
        if error is not None and tab == "overview":
            blocks.append(Block("", "", plugin, tab, 999))
        blocks += [_block(plugin, p, case, request) for p in panels if _on(p, tab)]
    return sorted(blocks, key=lambda block: (block.order, block.plugin))


def actions_for(case: Any, user: Any) -> list[dict[str, Any]]:
    """Links of plugins beside the steps; ``failed`` names a plugin whose own could not be had."""
    found: list[dict[str, Any]] = []
    for plugin, actions, error in ask("actions", case=case, user=user):
        if error is not None:
            found.append({"failed": plugin})
        found += [_action(plugin, action) for action in actions]
    return [action for action in found if action.get("url") or action.get("failed")]


def _action(plugin: str, action: Any) -> dict[str, Any]:
    try:
        return {**action, "label": str(action["label"])}
    except Exception:
        logger.exception("An action of plugin %s cannot be shown", plugin)
        return {"failed": plugin}


def _on(panel: Any, tab: str) -> bool:
    return getattr(panel, "tab", "overview") == tab


def _block(plugin: str, panel: Any, case: Any, request: HttpRequest) -> Block:
    try:
        context = {"case": case, **panel.read()}
        html = render_to_string(panel.template, context, request=request)
        return Block(panel.title, html, plugin, panel.tab, panel.order)
    except Exception:
        logger.exception("A panel of plugin %s failed", plugin)
        return Block("", "", plugin, getattr(panel, "tab", ""), 999)
