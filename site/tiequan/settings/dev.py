"""A single machine without services; DEBUG is off until `.env` or the environment turns it on."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from tiequan.settings.base import *

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "TIEQUAN_SECRET_KEY is not set. `make run` writes a .env file with one; "
        "elsewhere set the variable to a long random string."
    )

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

MIDDLEWARE = [*MIDDLEWARE, "tiequan.middleware.OwnNotFoundPage"]
