"""A bureau of 60 units with as many cases as wanted, written by the database itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Unit, User
from accounts.services import appoint, create_account
from tests.casework import World
from workflow.models import AccessGrant, Case, CaseParty, Deadline, Handler

DEPARTMENTS, STATIONS = 14, 3
#: One person's cases and grants: 5 % of all, the most anybody could have.
HEAVY, RARE = 20, 6000


@dataclass
class Bureau:
    """Units and one person for each size of view."""

    root: Unit
    people: dict[str, User]
    slots: list[int]


def found() -> tuple[World, Bureau]:
    """Units, people and the one case all others are copied from."""
    from tests.accounts.people import make_unit

    world = World()
    units = [world.bureau.pk]
    departments = [
        make_unit(f"d{n}", parent=world.bureau, name=f"第{n}分局") for n in range(DEPARTMENTS)
    ]
    leaves = []
    for number, department in enumerate(departments):
        for n in range(STATIONS):
            leaves.append(make_unit(f"d{number}s{n}", parent=department, name=f"{number}-{n}所"))
    units += [unit.pk for unit in (*departments, *leaves)]
    empty = make_unit("empty", parent=world.bureau, name="新设所")
    people = {
        "leaf": _person("leaf", "handler", leaves[0]),
        "department": _person("department", "leader", departments[0]),
        "root": _person("root", "leader", world.bureau),
        "empty": _person("empty", "handler", empty),
        "heavy": _person("heavy", "handler", leaves[1]),
    }
    return world, Bureau(world.bureau, people, units)


def _person(username: str, role: str, unit: Unit) -> User:
    user = create_account(
        by=None, username=username, name=f"某{username}", password=make_password(None)[:20] + "aA1",
        qualification_no=f"皖{username}",
    )  # fmt: skip
    appoint(by=None, user=user, role=role, unit=unit, reason="measurement")
    return user


def grow(bureau: Bureau, model_case: Case, *, until: int) -> None:
    """Copies of the case until there are ``until``: spread over units and minutes, each with its
    party, two handlers and a limit; one person handles and is granted every 20th, the person of
    the empty unit every 6000th.
    """
    start, last = Case.objects.count(), Case.objects.latest("pk").pk
    with transaction.atomic(), connection.cursor() as cursor:
        _slots(cursor, bureau)
        _copy_cases(cursor, model_case, start, until)
        fresh = f"c.number LIKE 'B-%%' AND c.id > {last}"
        heavy, rare = bureau.people["heavy"].pk, bureau.people["empty"].pk
        _copy(cursor, CaseParty, model_case.parties.get(), {"case_id": "c.id"}, fresh)
        for handler in model_case.handlers.all():
            lead = handler.is_lead_handler
            who = f"CASE WHEN c.id %% {HEAVY} = 0 THEN {heavy} WHEN c.id %% {RARE} = 1 THEN {rare} "
            who += f"ELSE {handler.user_id} END"
            own = who if lead else str(handler.user_id)
            _copy(cursor, Handler, handler, {"case_id": "c.id", "user_id": own}, fresh)
        limit = model_case.deadlines.order_by("pk").first()
        _copy(cursor, Deadline, limit, {
            "case_id": "c.id", "record_id": "c.id", "unit_id": "c.unit_id", "lead_id": "NULL",
            "key": "'B-' || c.id",
        }, fresh)  # fmt: skip
        _grant(cursor, model_case, heavy, f"{fresh} AND c.id %% {HEAVY} = 3")
        _grant(cursor, model_case, rare, f"{fresh} AND c.id %% {RARE} = 3")
        # A unit shares one case in a thousand with another unit.
        to_unit = {"user_id": "NULL", "unit_id": "s.unit_id"}
        _grant(cursor, model_case, heavy, f"{fresh} AND c.id %% 1000 = 7", **to_unit)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _slots(cursor: object, bureau: Bureau) -> None:
    run = cursor.execute  # type: ignore[attr-defined]  # a cursor of Django's
    run("DROP TABLE IF EXISTS benchmark_slot")
    run("CREATE TABLE benchmark_slot (slot integer PRIMARY KEY, unit_id bigint NOT NULL)")
    for slot, unit in enumerate(bureau.slots):
        run("INSERT INTO benchmark_slot VALUES (%s, %s)", [slot, unit])


def _copy_cases(cursor: object, model_case: Case, start: int, until: int) -> None:
    minute = {
        "sqlite": "datetime('2020-01-01', '+' || n.i || ' minutes')",
        "postgresql": "timestamptz '2020-01-01' + n.i * interval '1 minute'",
    }[connection.vendor]
    number = {
        "sqlite": "printf('B-%%08d', n.i)",
        "postgresql": "'B-' || lpad(n.i::text, 8, '0')",
    }[connection.vendor]
    set_to = {
        "number": number, "unit_id": "s.unit_id", "updated_at": minute, "filed_at": minute,
        "lead_id": "NULL", "restricted": "(n.i %% 100 = 0)",
    }  # fmt: skip
    columns = [f for f in Case._meta.concrete_fields if not f.primary_key]
    names = ", ".join(f'"{f.column}"' for f in columns)
    values = ", ".join(set_to.get(f.column, f't."{f.column}"') for f in columns)
    cursor.execute(  # type: ignore[attr-defined]  # a cursor of Django's
        f"""WITH RECURSIVE n(i) AS (
                SELECT {start + 1} UNION ALL SELECT i + 1 FROM n WHERE i < {until})
            INSERT INTO workflow_case ({names})
            SELECT {values} FROM n
            JOIN workflow_case t ON t.id = {model_case.pk}
            JOIN benchmark_slot s ON s.slot = (CAST(n.i AS bigint) * 7919) %% {_count()}""",
        [],
    )


def _count() -> int:
    return 1 + DEPARTMENTS + DEPARTMENTS * STATIONS


def _copy(cursor: object, model: type, row: object, set_to: dict[str, str], where: str) -> None:
    """One copy of ``row`` for every case that ``where`` names."""
    columns = [f for f in model._meta.concrete_fields if not f.primary_key]  # type: ignore[attr-defined]  # a model
    names = ", ".join(f'"{f.column}"' for f in columns)
    values = ", ".join(set_to.get(f.column, f't."{f.column}"') for f in columns)
    table = model._meta.db_table  # type: ignore[attr-defined]  # a model
    cursor.execute(  # type: ignore[attr-defined]  # a cursor of Django's
        f"INSERT INTO {table} ({names}) SELECT {values} FROM workflow_case c "
        f"JOIN {table} t ON t.id = {row.pk} "  # type: ignore[attr-defined]  # a row
        f"JOIN benchmark_slot s ON s.slot = c.id %% {_count()} WHERE {where}",  # type: ignore[attr-defined]  # a row
        [],
    )


def _grant(cursor: object, model_case: Case, user: int, where: str, **set_to: str) -> None:
    pattern = AccessGrant.objects.filter(case=model_case).first() or AccessGrant.objects.create(
        case=model_case, user_id=user, kind="assist", reason="measurement"
    )
    values = {"case_id": "c.id", "user_id": str(user), **set_to}
    _copy(cursor, AccessGrant, pattern, values, where)
