"""The append-only triggers in each database's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from django.db import models
from django.db.backends.utils import CursorWrapper

_MARK = "_append_only"


@dataclass(frozen=True)
class Table:
    """One append-only table: its unique keys, and what of a row may change, if anything."""

    name: str
    advances: str
    unique: tuple[tuple[str, ...], ...]
    once: str = ""
    frozen: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        model: type[models.Model],
        *,
        advances: str = "",
        once: str = "",
        open_fields: Sequence[str] = (),
    ) -> Self:
        """The table of a model; every name is checked, because it goes into SQL as it is."""
        meta = model._meta
        columns = {field.name: str(field.column) for field in meta.local_concrete_fields}
        sets: list[tuple[str, ...]] = [
            (field.name,) for field in meta.local_concrete_fields if field.unique
        ]
        sets += [tuple(constraint.fields) for constraint in meta.total_unique_constraints]
        sets += [tuple(names) for names in meta.unique_together]
        unique = [tuple(columns[name] for name in names) for names in sets]
        column = columns[advances] if advances else ""
        frozen = [column for name, column in columns.items() if once and name not in open_fields]
        for name in (meta.db_table, *frozen, *(column for key in unique for column in key)):
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,44}", name):
                raise ValueError(f"{name!r} is no name for an append-only table or its keys.")
        return cls(
            name=meta.db_table,
            advances=column,
            unique=tuple(unique),
            once=columns[once] if once else "",
            frozen=tuple(frozen),
        )

    @property
    def fixed(self) -> tuple[str, ...]:
        """The columns that stay when a row advances."""
        columns = (column for key in self.unique for column in key)
        return tuple(dict.fromkeys(column for column in columns if column != self.advances))

    def message(self, act: str) -> str:
        return f"append-only: {act} on {self.name} is refused"


class Triggers(Protocol):
    """What a database must offer: see what is there, make it, take it away."""

    def faults(self, cursor: CursorWrapper, table: Table) -> list[str]: ...
    def create(self, cursor: CursorWrapper, table: Table) -> None: ...
    def drop(self, cursor: CursorWrapper, table: Table) -> None: ...


class SqliteTriggers:
    """UPDATE and DELETE by trigger; REPLACE too, which deletes rows without a delete trigger."""

    def faults(self, cursor: CursorWrapper, table: Table) -> list[str]:
        present = self._present(cursor, table)
        wanted = self._wanted(table)
        return [
            f"{table.name}: trigger {name} is {'altered' if name in present else 'missing'}."
            for name, sql in wanted.items()
            if present.get(name) != sql
        ]

    def create(self, cursor: CursorWrapper, table: Table) -> None:
        for sql in self._wanted(table).values():
            cursor.execute(sql)

    def drop(self, cursor: CursorWrapper, table: Table) -> None:
        for name in self._present(cursor, table):
            cursor.execute(f'DROP TRIGGER "{name}"')

    def _present(self, cursor: CursorWrapper, table: Table) -> dict[str, str]:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND tbl_name = %s AND instr(name, %s)",
            [table.name, _MARK],
        )
        return dict(cursor.fetchall())

    def _wanted(self, table: Table) -> dict[str, str]:
        wanted = {}
        for act, when in (
            ("UPDATE", self._not_advancing(table)),
            ("DELETE", f"""WHEN OLD."{table.once}" <> '' """ if table.once else ""),
            ("INSERT", self._replacing(table)),
        ):
            name = f"{table.name}{_MARK}_{act.lower()}"
            said = table.message("REPLACE" if act == "INSERT" else act)
            wanted[name] = (
                f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table.name}" FOR EACH ROW {when}'
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return wanted

    def _not_advancing(self, table: Table) -> str:
        if table.once:
            changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in table.frozen)
            return f"""WHEN OLD."{table.once}" <> '' AND ({changed}) """
        if not table.advances:
            return ""
        moved = [f'NEW."{table.advances}" IS NOT OLD."{table.advances}" + 1']
        moved += [f'NEW."{column}" IS NOT OLD."{column}"' for column in table.fixed]
        return f"WHEN {' OR '.join(moved)} "

    def _replacing(self, table: Table) -> str:
        taken = (
            f'EXISTS (SELECT 1 FROM "{table.name}" WHERE '  # noqa: S608 -- names checked in Table.of
            + " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
            + ")"
            for key in table.unique
        )
        return f"WHEN {' OR '.join(taken)} "


class PostgresTriggers:
    """UPDATE and DELETE per row, TRUNCATE per statement, one function per table."""

    # pg_trigger.tgtype: row 1, before 2, delete 8, update 16, truncate 32
    _TYPES = {"row": 1 + 2 + 8 + 16, "truncate": 2 + 32}

    def faults(self, cursor: CursorWrapper, table: Table) -> list[str]:
        present = self._present(cursor, table)
        found = []
        for suffix, kind in self._TYPES.items():
            name = self._trigger(table, suffix)
            wanted = (kind, True, self._function(table), self._body(table))
            if name not in present:
                found.append(f"{table.name}: trigger {name} is missing.")
            elif present[name] != wanted:
                found.append(f"{table.name}: trigger {name} is altered.")
        return found

    def create(self, cursor: CursorWrapper, table: Table) -> None:
        function = self._function(table)
        cursor.execute(
            f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger'
            f" LANGUAGE plpgsql AS $${self._body(table)}$$"
        )
        for suffix, acts in (
            ("row", "UPDATE OR DELETE ON {} FOR EACH ROW"),
            ("truncate", "TRUNCATE ON {} FOR EACH STATEMENT"),
        ):
            cursor.execute(
                f'CREATE TRIGGER "{self._trigger(table, suffix)}" BEFORE '
                + acts.format(f'"{table.name}"')
                + f' EXECUTE FUNCTION "{function}"()'
            )

    def drop(self, cursor: CursorWrapper, table: Table) -> None:
        for name in self._present(cursor, table):
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table.name}"')

    def _present(
        self, cursor: CursorWrapper, table: Table
    ) -> dict[str, tuple[int, bool, str, str]]:
        """Each trigger's kind, whether it fires always and unconditionally, function and body."""
        cursor.execute(
            "SELECT t.tgname, t.tgtype, t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL"
            " AND t.tgattr = '' AND t.tgnargs = 0, p.proname, p.prosrc"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = to_regclass(%s) AND NOT t.tgisinternal"
            " AND position(%s in t.tgname) > 0",
            [f'"{table.name}"', _MARK],
        )
        return {name: (kind, always, fn, body) for name, kind, always, fn, body in cursor}

    def _trigger(self, table: Table, suffix: str) -> str:
        return f"{table.name}{_MARK}_{suffix}"

    def _function(self, table: Table) -> str:
        return f"{table.name}{_MARK}"

    def _body(self, table: Table) -> str:
        refuse = (
            f" RAISE EXCEPTION '{table.message('%')}', TG_OP USING ERRCODE = 'restrict_violation'; "
        )
        if table.once:
            same = " AND ".join(
                f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in table.frozen
            )
            return (
                f"""BEGIN IF OLD."{table.once}" = '' THEN IF TG_OP = 'DELETE' THEN RETURN OLD;"""
                f" END IF; RETURN NEW; END IF; IF TG_OP = 'UPDATE' THEN IF {same} THEN RETURN NEW;"
                f" END IF; END IF;{refuse}END"
            )
        if not table.advances:
            return f"BEGIN{refuse}END"
        kept = [f'NEW."{table.advances}" = OLD."{table.advances}" + 1']
        kept += [f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"' for column in table.fixed]
        return (
            f"BEGIN IF TG_OP = 'UPDATE' THEN IF {' AND '.join(kept)} THEN RETURN NEW; END IF;"
            f" END IF;{refuse}END"
        )
