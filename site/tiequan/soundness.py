"""What every process that serves or works asks of the database before it does anything."""

from __future__ import annotations

from publicity.pages.airlock import require_airlock
from workflow.checks import require_sound_database


def require_soundness() -> None:
    """Raises ``ImproperlyConfigured`` while anything that guards the tables is missing."""
    require_sound_database()
    require_airlock()
