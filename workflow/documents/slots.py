"""How many LibreOffice processes run at once on a server: one slot each, held while it works."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

#: Seconds between two looks for a free slot.
_PAUSE = 0.1


class NoSlotError(RuntimeError):
    """Every slot stayed taken as long as the caller would wait."""


@contextmanager
def slot(*, wait: float) -> Iterator[int]:
    """Hold one of ``settings.SOFFICE_SLOTS`` slots, waiting ``wait`` seconds for it at most.

    A slot is a locked file in the private store, which web workers and task workers share: the
    system frees it even when the process that holds it dies. Raises ``NoSlotError``.
    """
    folder = Path(settings.PRIVATE_ROOT) / "slots"
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    until = time.monotonic() + wait
    while (found := _taken(folder)) is None:
        if time.monotonic() >= until:
            raise NoSlotError
        time.sleep(_PAUSE)
    number, file = found
    try:
        yield number
    finally:
        os.close(file)


def _taken(folder: Path) -> tuple[int, int] | None:
    """The first free slot, locked: its number and its open file; None when there is none."""
    for number in range(settings.SOFFICE_SLOTS):
        file = os.open(folder / f"soffice-{number}", os.O_RDWR | os.O_CREAT, 0o640)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return number, file
    return None
