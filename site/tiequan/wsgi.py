"""WSGI entry point: `gunicorn --pythonpath site tiequan.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.production")

application = get_wsgi_application()

from workflow.checks import require_sound_database  # noqa: E402 -- needs the apps

require_sound_database()
