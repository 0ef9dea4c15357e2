"""ASGI entry point, for servers that speak it."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.production")

application = get_asgi_application()

from tiequan.soundness import require_soundness  # noqa: E402 -- needs the apps

require_soundness()
