"""The tests below ``enabled`` run in a process of their own, with the outside plugins enabled."""

from __future__ import annotations

from django.conf import settings

from tests.workflow.conftest import at_start, world

__all__ = ["at_start", "world"]

collect_ignore = [] if "lab_test" in settings.TIEQUAN_PLUGINS else ["enabled"]
collect_ignore += ["lab_test", "lab_broken"]
