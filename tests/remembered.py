"""What was walked once is not walked again: a state of the bureau, remembered as its writes.

On SQLite what the database of a test holds follows from the statements written since its
transaction began. So a function marked ``remembered`` that is called with the same arguments, at
the same fixed moment, after the very same writes, can only write the same again: the statements of
the first call are written anew (triggers run, ids come out equal), its files and its callbacks for
the commit are put back, and the engine need not judge every step once more. One write more or less
by the test before it, and it is walked as ever.

Nothing is remembered where that does not hold: on PostgreSQL (sequences count on; there the whole
suite walks), in transactional tests, under a running clock, under changed settings, and in tests
that patch code.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.db import connection, models

from accounts import clock
from accounts.models import Unit, User

ROOM = 500  # walks kept at a time; the ones used longest ago go first
READS = ("SELECT", "PRAGMA", "EXPLAIN")
#: Signing in, which is never the same twice and on which nothing of a walk depends.
SIGN_IN = re.compile(
    r'(INSERT INTO|UPDATE|DELETE FROM) "django_session"|UPDATE "accounts_user" SET "last_login" ='
)


class Unspeakable(Exception):
    """A value of which nobody can say whether another one is the same."""


@dataclass(frozen=True)
class Walk:
    """What a call left behind."""

    writes: list[tuple[str, Any, bool]]
    files: dict[Path, bytes]
    callbacks: list[tuple[Any, bool]]
    result: Any


class Memory:
    """All walks of one process, and the writes of the test that runs."""

    def __init__(self) -> None:
        self._walks: OrderedDict[Any, Walk] = OrderedDict()
        self._is_on = False
        self._state = b""
        self._writes: list[tuple[str, Any, bool]] = []
        self._marks: dict[str, bytes] = {}

    @contextmanager
    def of_test(self) -> Iterator[None]:
        """Remember inside the block, which begins with the migrated database in a transaction."""
        # A savepoint would say that the transaction around the test holds rows already.
        is_own = connection.in_atomic_block and not connection.savepoint_ids
        self._is_on = connection.vendor == "sqlite" and is_own
        self._state, self._writes, self._marks = b"", [], {}
        try:
            with connection.execute_wrapper(self._note):
                yield
        finally:
            self._is_on = False

    def walk(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The result of ``function``, walked or written anew."""
        if not self._is_on or clock._fixed.get() is None or _settings_are_changed():
            return function(*args, **kwargs)
        try:
            key = (function, _say(args), _say(kwargs), clock.now(), self._state)
        except Unspeakable:
            return function(*args, **kwargs)
        if walk := self._walks.get(key):
            self._walks.move_to_end(key)
            return _write_anew(walk)
        start, files, waiting = len(self._writes), set(_files()), len(connection.run_on_commit)
        result = function(*args, **kwargs)
        try:
            self._walks[key] = Walk(
                writes=self._writes[start:],
                files={path: path.read_bytes() for path in _files() if path not in files},
                callbacks=[
                    (call, robust) for _, call, robust in connection.run_on_commit[waiting:]
                ],
                result=_refer(result),
            )
        except Unspeakable:
            return result
        if len(self._walks) > ROOM:
            self._walks.popitem(last=False)
        return result

    def _note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if many:
            params = list(params)
        result = execute(sql, params, many, context)
        if not sql.startswith(READS):
            self._keep(sys.intern(str(sql)), params, many)
        return result

    def _keep(self, sql: str, params: Any, many: bool) -> None:
        self._writes.append((sql, params, many))
        if sql.startswith("SAVEPOINT"):
            self._marks[sql.split()[-1]] = self._state
        elif sql.startswith("ROLLBACK TO"):
            self._state = self._marks[sql.split()[-1]]
        elif not sql.startswith("RELEASE") and not SIGN_IN.match(sql):
            said = repr((sql, params)).encode(errors="surrogatepass")
            self._state = hashlib.blake2b(self._state + said, digest_size=16).digest()


MEMORY = Memory()


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function that walks a ``World``, or a method of one, as worth remembering.

    It must depend on its arguments, the database and the clock alone, and return records or
    plain values.
    """

    @functools.wraps(function)
    def walk(*args: Any, **kwargs: Any) -> Any:
        return MEMORY.walk(function, *args, **kwargs)

    return walk


def remembering(world: type) -> type:
    """Mark every public method of a class of worlds as ``remembered``."""
    for name, method in list(vars(world).items()):
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(world, name, remembered(method))
    return world


def _say(value: Any) -> Any:
    """The value as part of a key: records as they were loaded, people and units by their ids."""
    if value is None or isinstance(value, (str, int, date, Decimal, bytes)):
        return (type(value), value)
    if isinstance(value, (User, Unit)):
        return (type(value), value.pk)
    if isinstance(value, models.Model):
        held = vars(value)
        return (type(value), repr([held.get(f.attname) for f in value._meta.concrete_fields]))
    if isinstance(value, dict):
        return (dict, tuple((name, _say(item)) for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return (type(value), tuple(map(_say, value)))
    if getattr(value, "is_a_world", False):
        return type(value)
    raise Unspeakable


def _refer(value: Any) -> Any:
    """What brings the value back in another test."""
    if isinstance(value, models.Model):
        return functools.partial(type(value)._base_manager.get, pk=value.pk)
    if isinstance(value, tuple):
        parts = [_refer(part) for part in value]
        return lambda: tuple(part() for part in parts)
    if value is None or isinstance(value, (str, int, date, Decimal)):
        return lambda: value
    raise Unspeakable


def _write_anew(walk: Walk) -> Any:
    with connection.cursor() as cursor:
        for sql, params, many in walk.writes:
            (cursor.executemany if many else cursor.execute)(sql, params)
    for path, content in walk.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    within = set(connection.savepoint_ids)
    connection.run_on_commit += [(within, call, robust) for call, robust in walk.callbacks]
    return walk.result()


def _files() -> Iterator[Path]:
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        yield from (path for path in Path(folder).rglob("*") if path.is_file())


def _settings_are_changed() -> bool:
    return isinstance(settings._wrapped, UserSettingsHolder)
