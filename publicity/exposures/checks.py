"""System checks: the staff site does not start without the airlock's middleware."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

MIDDLEWARE = "publicity.exposures.middleware.AirlockMiddleware"


@checks.register(checks.Tags.security)
def check_middleware(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Error while the ways around the exposures are open."""
    if MIDDLEWARE in settings.MIDDLEWARE:
        return []
    return [
        checks.Error(
            f"{MIDDLEWARE} is missing from MIDDLEWARE.",
            hint="Without it Wagtail's own views could publish, move or delete pages of cases.",
            id="exposures.E001",
        )
    ]
