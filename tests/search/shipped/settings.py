"""A project with nothing but modelsearch's test app and our search."""

from __future__ import annotations

import os

from tiequan.env import database_from_url

SECRET_KEY = "only-for-the-shipped-suite"
DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "search",
    "modelsearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
_URL = os.environ.get("TIEQUAN_DATABASE_URL", "")
if _URL.startswith("postgres"):
    VENDOR = "postgresql"
    INSTALLED_APPS.append("django.contrib.postgres")
    DATABASES = {"default": {**database_from_url(_URL), "TEST": {"NAME": f"shipped_{os.getpid()}"}}}
else:
    VENDOR = "sqlite"
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
BACKEND = f"search.backends.{VENDOR}"
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": BACKEND,
        "INDEX": "casework",
        "APPS": ["searchtests"],
        "AUTOCOMPLETE": "fields",
        "STRICT": True,
        "AUTO_UPDATE": False,
    },
}
