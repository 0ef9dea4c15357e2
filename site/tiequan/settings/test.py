"""The suite: a database file of its own, no services unless the environment names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

# Nothing of a developer's .env and nothing of the demo's files reaches the suite.
os.environ["TIEQUAN_ENV_FILE"] = os.devnull
os.environ.setdefault("TIEQUAN_SECRET_KEY", "only-for-the-test-suite-" + "0" * 40)
_files = tempfile.TemporaryDirectory(prefix="tiequan-test-")
os.environ["TIEQUAN_VAR"] = _files.name

from tiequan.settings.base import *  # noqa: E402 -- the environment above decides what it reads

DEBUG = False
TESTING = True  # the one switch under which append-only tables can be emptied
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


def _schema_key() -> str:
    """Return a digest of every migration and of the lock: another schema, another database."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for top in ("site", "workflow", "publicity", "search", "tests"):
        for path in sorted((ROOT / top).glob("**/migrations/*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    digest.update(" ".join(INSTALLED_APPS).encode())
    return digest.hexdigest()[:10]


def _test_database() -> str:
    """Return the database's name: a file on SQLite, because threads must share it."""
    key = _schema_key()
    if not str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
        return f"test_{DATABASES['default']['NAME']}_{key}"
    path = Path(os.environ.get("TIEQUAN_TEST_DB") or ROOT / "var" / "test.sqlite3").resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path.with_stem(f"{path.stem}-{key}"))


_database: dict[str, Any] = DATABASES["default"]
_database["TEST"] = {"NAME": _test_database()}
if _database["ENGINE"].endswith("sqlite3"):
    # A test database may be lost in a crash; it is made again.
    _options: dict[str, Any] = _database["OPTIONS"]
    _options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

# Workers side by side share one Redis: emptying a cache empties a whole numbered database.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if TIEQUAN_REDIS_URL and _worker:
    CACHES["default"]["LOCATION"] = f"{TIEQUAN_REDIS_URL.rpartition('/')[0]}/{int(_worker[2:]) + 1}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
TIEQUAN_DOSSIER_THREADS = False
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["root"]["level"] = "WARNING"
