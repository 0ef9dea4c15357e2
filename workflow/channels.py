"""Ways leads come in (线索来源, plan 三(一)); plugins add more by ``lead_channels``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.plugin import Channel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CORE_CHANNELS = (
    Channel(code="platform_12315", label=_("12315 platform"), order=10),
    Channel(code="online_monitoring", label=_("Online trade monitoring"), order=20),
    Channel(code="daily_supervision", label=_("Daily supervision"), order=30),
    Channel(code="sampling", label=_("Product sampling"), order=40),
    Channel(code="flying_inspection", label=_("Unannounced inspection"), order=50),
    Channel(code="public_opinion", label=_("Public opinion"), order=60),
    Channel(code="association", label=_("Associations and enterprises"), order=70),
    Channel(code="other_department", label=_("Other departments"), order=80),
    Channel(code="assigned_from_above", label=_("Assigned from above"), order=90),
    Channel(code="self_found", label=_("Found by ourselves"), order=100),
)
_added: dict[str, Channel] = {}


def add_channels(channels: Iterable[Channel]) -> None:
    for channel in channels:
        _added[channel.code] = channel


def forget_added_channels() -> None:
    _added.clear()


def channel_choices() -> list[tuple[str, StrOrPromise]]:
    """All channels, the core's and the plugins', in their order."""
    ordered = sorted((*CORE_CHANNELS, *_added.values()), key=lambda c: (c.order, c.code))
    return [(channel.code, channel.label) for channel in ordered]
