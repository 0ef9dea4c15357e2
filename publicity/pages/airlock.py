"""What a check constraint cannot say: a page that needs a release needs it for good.

Without this, a plain update of two columns would make a draft public. SQLite drops a table's
triggers whenever a migration remakes it, so they are installed after every ``migrate``.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

TABLES = frozenset({"basepage_basepage", "pages_exposurepage"})
TRIGGERS = frozenset({"airlock_needs_release", "airlock_exposure_page"})

_SQLITE = (
    "DROP TRIGGER IF EXISTS airlock_needs_release",
    "CREATE TRIGGER airlock_needs_release BEFORE UPDATE OF needs_release ON basepage_basepage"
    " WHEN OLD.needs_release AND NOT NEW.needs_release"
    " BEGIN SELECT RAISE(ABORT, 'a page that needs a release needs it for good'); END",
    "DROP TRIGGER IF EXISTS airlock_exposure_page",
    "CREATE TRIGGER airlock_exposure_page BEFORE INSERT ON pages_exposurepage WHEN NOT"
    " (SELECT needs_release FROM basepage_basepage WHERE id = NEW.basepage_ptr_id)"
    " BEGIN SELECT RAISE(ABORT, 'a page of a case needs a release'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION airlock_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'a page that needs a release needs it for good'"
    " USING ERRCODE = 'check_violation'; END $$",
    "CREATE OR REPLACE FUNCTION airlock_ask() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NOT (SELECT needs_release FROM basepage_basepage WHERE id = NEW.basepage_ptr_id) THEN"
    " RAISE EXCEPTION 'a page of a case needs a release'"
    " USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "DROP TRIGGER IF EXISTS airlock_needs_release ON basepage_basepage",
    "CREATE TRIGGER airlock_needs_release BEFORE UPDATE OF needs_release ON basepage_basepage"
    " FOR EACH ROW WHEN (OLD.needs_release AND NOT NEW.needs_release)"
    " EXECUTE FUNCTION airlock_refuse()",
    "DROP TRIGGER IF EXISTS airlock_exposure_page ON pages_exposurepage",
    "CREATE TRIGGER airlock_exposure_page BEFORE INSERT ON pages_exposurepage FOR EACH ROW"
    " EXECUTE FUNCTION airlock_ask()",
)
_STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def install(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Put the triggers in place; safe to repeat. False while the tables are not there yet."""
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= TABLES:
        return False
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement)
    return True


_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}


def require_airlock(using: str = DEFAULT_DB_ALIAS) -> None:
    """Refuse to serve while a plain update could publish a case; ``ImproperlyConfigured``."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        missing = TRIGGERS - {name for (name,) in cursor.fetchall()}
    if missing:
        raise ImproperlyConfigured(
            f"The airlock of public pages is open: {', '.join(sorted(missing))} missing or off. "
            "Run manage.py migrate; if it comes back, ask who changed the database."
        )


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Receiver of ``post_migrate``."""
    install(using)
