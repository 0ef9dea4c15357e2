"""Everybody who may come by, and which files each may read: the table the walk is held against."""

from __future__ import annotations

from datetime import timedelta

from accounts import clock
from accounts.models import Posting, User
from accounts.services import end_posting
from tests.casework import World

ALL_OF = ("lead", "case", "transfer", "party")
OF_CASES = [("own", "measure"), ("foreign", "measure")]
UNITS = [
    *((files, kind) for files in ("own", "foreign", "shared") for kind in ALL_OF), *OF_CASES,
]  # fmt: skip
EXPOSURES = [("own", "exposure"), ("foreign", "exposure")]
DISCIPLINE = [("own", "discipline"), ("foreign", "discipline")]


def _own(files: str, *kinds: str) -> list[tuple[str, str]]:
    return [(files, kind) for kind in (*ALL_OF, *kinds)]


#: Person to the files it may read; everything else does not exist for it.
READS: dict[str, list[tuple[str, str]]] = {
    "handler": [*_own("own", "measure", "exposure"), ("shared", "case"), ("shared", "party")],
    "second": [*_own("own", "measure", "exposure", "discipline"), *_own("restricted")],
    "third": [*_own("own", "measure", "exposure"), *_own("restricted")],
    "stranger": [*_own("foreign", "measure", "exposure"), *_own("shared")],
    "unit_head": [*_own("own", "measure", "exposure", "discipline"), *_own("restricted")],
    "other_head": [*_own("foreign", "measure", "exposure", "discipline"), *_own("shared")],
    "leader": [*UNITS, *EXPOSURES],
    "head": [*UNITS, *EXPOSURES, *DISCIPLINE],
    "reviewer": UNITS,
    "jurist": UNITS,
    "office": [*UNITS, *EXPOSURES],
    "editor": EXPOSURES,
    "checker": EXPOSURES,
    "sysadmin": [],
    "secadmin": [],
    "auditor": [],
    "ended": [],
    "anonymous": [],
}
SIGNED_OUT = ("ended", "anonymous")


def make_everybody(world: World) -> dict[str, User | None]:
    """Each person of the table, those the files made too; "ended" lost its posting just now."""
    for name in ("handler", "second", "stranger", "unit_head", "leader", "head", "reviewer",
                 "jurist", "office", "editor", "checker", "system_admin", "security_admin",
                 "auditor"):  # fmt: skip
        getattr(world, name)
    ended = world.person("ended", "handler", world.station, name="许离任")
    with clock.at(clock.now() - timedelta(minutes=1)):
        end_posting(Posting.objects.get(user=ended), by=None, reason="调离")
    people = {user.username: user for user in User.objects.all()}
    return {name: people.get(name) for name in READS}
