"""The triggers that keep the keys of lists, in each database's own words.

On PostgreSQL the record's row is locked before a key is made from it, so that neither a change of
the record nor another grant that is not yet committed is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

KEYS = "workflow_listkey"
MARK = "_list_key"
MACHINES = {"case": "workflow_case", "lead": "workflow_lead"}
HANDLERS, GRANTS = "workflow_handler", "workflow_accessgrant"
SOURCES = {HANDLERS: "handled", GRANTS: "granted"}
TABLES = (*MACHINES.values(), *SOURCES)

_COLUMNS = (
    "kind, machine, source_id, record_id, user_id, to_unit_id, from_on, until_on, by_grant,"
    " unit_id, updated_at"
)
_UNIT = "CASE WHEN {0}.restricted THEN NULL ELSE {0}.unit_id END"


@dataclass(frozen=True)
class Trigger:
    """One trigger: ``body`` is what the database tells of it, ``create`` what makes it."""

    table: str
    name: str
    body: str
    create: tuple[str, ...]


def triggers(vendor: str) -> list[Trigger]:
    """Every trigger there must be."""
    return list(_sqlite() if vendor == "sqlite" else _postgresql())


def fill() -> list[str]:
    """The statements that make every key."""
    return [_insert(table, machine, "") for table in SOURCES for machine in MACHINES]


def _insert(table: str, machine: str, which: str) -> str:
    """The keys of the handlers or grants of a kind of record, or of one (``which``)."""
    record = MACHINES[machine]
    if table == HANDLERS:
        own = f"s.user_id, NULL, NULL, NULL, {_granted(machine, 'r.id')}"
        ended = "ended_on"
    else:
        own, ended = "s.user_id, s.unit_id, s.from_on, s.until_on, 1", "ended_at"
    return (
        f"INSERT INTO {KEYS} ({_COLUMNS})"  # noqa: S608 -- names of our own, here and below
        f" SELECT '{SOURCES[table]}', '{machine}', s.id, r.id, {own},"
        f" {_UNIT.format('r')}, r.updated_at"
        f" FROM {table} s JOIN {record} r ON r.id = s.{machine}_id"
        f" WHERE s.{ended} IS NULL{which}"
    )


def _granted(machine: str, record: str) -> str:
    return (
        f"CASE WHEN EXISTS (SELECT 1 FROM {GRANTS} g"  # noqa: S608
        f" WHERE g.{machine}_id = {record} AND g.ended_at IS NULL) THEN 1 ELSE 0 END"
    )


def _made(table: str) -> list[str]:
    return [_insert(table, machine, " AND s.id = NEW.id") for machine in MACHINES]


def _gone(table: str) -> str:
    kind = SOURCES[table]
    return f"DELETE FROM {KEYS} WHERE kind = '{kind}' AND source_id = OLD.id"  # noqa: S608


def _told(table: str, row: str) -> list[str]:
    """Handlers learn whether a grant stands on their record."""
    if table != GRANTS:
        return []
    return [
        f"UPDATE {KEYS} SET by_grant = {_granted(machine, f'{row}.{machine}_id')}"  # noqa: S608
        f" WHERE kind = 'handled' AND machine = '{machine}' AND record_id = {row}.{machine}_id"
        for machine in MACHINES
    ]


def _carried(machine: str) -> str:
    return (
        f"UPDATE {KEYS} SET unit_id = {_UNIT.format('NEW')},"  # noqa: S608
        f" updated_at = NEW.updated_at WHERE machine = '{machine}' AND record_id = NEW.id"
    )


def _sqlite() -> Iterator[Trigger]:
    for table in SOURCES:
        new, old = _told(table, "NEW"), _told(table, "OLD")
        acts = {
            "INSERT": [*_made(table), *new],
            "UPDATE": [_gone(table), *_made(table), *old, *new],
            "DELETE": [_gone(table), *old],
        }
        for act, statements in acts.items():
            yield _sqlite_trigger(table, act, act.lower(), statements)
    for machine, table in MACHINES.items():
        yield _sqlite_trigger(
            table, "UPDATE OF unit_id, restricted, updated_at", "update", [_carried(machine)]
        )


def _sqlite_trigger(table: str, act: str, suffix: str, statements: list[str]) -> Trigger:
    name = f"{table}{MARK}_{suffix}"
    sql = (
        f'CREATE TRIGGER "{name}" AFTER {act} ON "{table}" FOR EACH ROW'
        f" BEGIN {'; '.join(statements)}; END"
    )
    return Trigger(table, name, sql, (sql,))


def _postgresql() -> Iterator[Trigger]:
    for table in SOURCES:
        old, new = _told(table, "OLD"), _told(table, "NEW")
        before = [_gone(table), *(_hold(m, "OLD") for m in MACHINES if old), *old]
        after = [*(_hold(m, "NEW") for m in MACHINES), *_made(table), *new]
        body = _when("TG_OP <> 'INSERT'", before) + _when("TG_OP <> 'DELETE'", after)
        yield _postgres_trigger(table, body, "INSERT OR UPDATE OR DELETE", kind=29)
    for machine, table in MACHINES.items():
        moved = " OR ".join(
            f"NEW.{name} IS DISTINCT FROM OLD.{name}"
            for name in ("unit_id", "restricted", "updated_at")
        )
        yield _postgres_trigger(table, _when(moved, [_carried(machine)]), "UPDATE", kind=17)


def _hold(machine: str, row: str) -> str:
    # No key of it changes: what refers to the record meanwhile does not wait.
    return f"PERFORM 1 FROM {MACHINES[machine]} WHERE id = {row}.{machine}_id FOR NO KEY UPDATE"


def _when(condition: str, statements: list[str]) -> str:
    return f" IF {condition} THEN {'; '.join(statements)}; END IF;"


def _postgres_trigger(table: str, does: str, acts: str, *, kind: int) -> Trigger:
    """``kind`` is the sum that pg_trigger.tgtype has of a row trigger after these acts."""
    name, body = f"{table}{MARK}", f"BEGIN{does} RETURN NULL; END"
    function = (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $${body}$$'
    )
    trigger = (
        f'CREATE TRIGGER "{name}" AFTER {acts} ON "{table}"'
        f' FOR EACH ROW EXECUTE FUNCTION "{name}"()'
    )
    return Trigger(table, name, f"{kind}{body}", (function, trigger))
