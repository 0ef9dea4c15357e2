"""A database of its own for one measurement, migrated, and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]


@contextmanager
def scratch_database() -> Iterator[None]:
    """Set Django up on an empty, migrated database: a SQLite file, or one more database on the
    PostgreSQL server that TIEQUAN_DATABASE_URL names.
    """
    os.environ["TIEQUAN_ENV_FILE"] = os.devnull
    os.environ.setdefault("TIEQUAN_SECRET_KEY", "only-for-measurements-" + "0" * 40)
    os.environ["TIEQUAN_ALLOWED_HOSTS"] = "testserver"
    given = os.environ.get("TIEQUAN_DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="tiequan-benchmark-", dir=_disk()) as folder:
        os.environ["TIEQUAN_VAR"] = folder
        if given.startswith("postgres"):
            with _postgresql(given) as url:
                yield from _migrated(url)
        else:
            yield from _migrated(f"sqlite:///{folder}/benchmark.sqlite3")


def _migrated(url: str) -> Iterator[None]:
    os.environ["TIEQUAN_DATABASE_URL"] = url
    import logging

    import django

    django.setup()
    logging.getLogger().setLevel(logging.ERROR)
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        connections.close_all()


@contextmanager
def _postgresql(url: str) -> Iterator[str]:
    import psycopg
    from psycopg import sql

    name = f"tiequan_benchmark_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _disk() -> Path:
    """A million cases are some gigabytes: under the project's own var, not in memory."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder
