"""The one reader of the environment: variables first, then `.env` at the project's root."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def read_env_file(path: Path) -> dict[str, str]:
    """Return the `NAME=value` lines of a file; comments and empty lines are skipped.

    A missing file is an empty one. A line without `=` raises ImproperlyConfigured.
    """
    if not path.is_file():
        return {}
    values: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, separator, value = text.partition("=")
        if not separator:
            raise ImproperlyConfigured(f"{path.name}, line {number}: expected NAME=value.")
        values[name.strip()] = value.strip().strip("\"'")
    return values


class Environment:
    """The settings an installation may set, with the default of each named where it is read."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @classmethod
    def load(cls) -> Environment:
        """Return the process's environment over the file's values: the process wins.

        The file is `.env` at the root, or the one TIEQUAN_ENV_FILE names.
        """
        path = Path(os.environ.get("TIEQUAN_ENV_FILE") or ROOT / ".env")
        return cls({**read_env_file(path), **os.environ})

    def text(self, name: str, default: str = "") -> str:
        """Return the value without surrounding space, or the default when unset or empty."""
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes/no value; anything but 1/true/yes/on/0/false/no/off is refused."""
        if name not in self._values:
            return default
        value = self._values[name].strip().lower()
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise ImproperlyConfigured(f"{name} is {value!r}: say true or false.")

    def names(self, name: str, default: str = "") -> list[str]:
        """Return a comma-separated list without empty entries."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def choice(self, name: str, *, options: tuple[str, ...], default: str) -> str:
        """Return one of the options, or refuse with a sentence that names them."""
        value = self.text(name, default)
        if value not in options:
            raise ImproperlyConfigured(f"{name} is {value!r}: say one of {', '.join(options)}.")
        return value

    def number(self, name: str, default: int) -> int:
        """Return a whole number above zero, or refuse anything else."""
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) == 0:
            raise ImproperlyConfigured(f"{name} is {value!r}: say a whole number above zero.")
        return int(value)

    def path(self, name: str, default: Path) -> Path:
        """Return an absolute path; a relative one counts from the project's root."""
        return (ROOT / self.text(name, str(default))).resolve()


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's database entry for `sqlite:///path` or `postgres://user:pw@host:port/name`.

    SQLite writes take the lock at the start of the transaction and wait 20 s for it, so that two
    writers queue instead of failing half-way. Any other scheme raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        "TIEQUAN_DATABASE_URL must start with sqlite:/// or postgres://user:password@host/name."
    )


def _sqlite(path: str) -> dict[str, Any]:
    # sqlite:///var/x.sqlite3 is relative to the root, sqlite:////var/x.sqlite3 is absolute.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ROOT / unquote(path.removeprefix("/"))),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
