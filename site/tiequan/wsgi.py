"""WSGI entry point: `gunicorn --pythonpath site tiequan.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.production")

application = get_wsgi_application()

from tiequan.soundness import require_soundness  # noqa: E402 -- needs the apps

require_soundness()
