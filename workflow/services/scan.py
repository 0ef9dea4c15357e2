"""A virus scanner asked before anything is kept: clamd's INSTREAM over a socket or a host."""

from __future__ import annotations

import logging
import socket
import struct
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from workflow.engine.refusals import TransitionRefused
from workflow.plugin import Refusal

logger = logging.getLogger(__name__)
CHUNK = 64 * 1024
#: Seconds without an answer after which the scanner counts as unreachable.
PATIENCE = 60
LONGEST_ANSWER = 4096


def require_clean(file: BinaryIO) -> None:
    """Refuse an infected file by the name of its signature; leaves the file at its start.

    Without ``TIEQUAN_CLAMAV`` nothing is asked. Closed: a scanner that cannot be reached, or says
    anything but that the file is clean, refuses too. Raises ``TransitionRefused``.
    """
    if not settings.CLAMAV:
        return
    try:
        answer = _ask(settings.CLAMAV, file)
    except OSError as error:
        logger.error("The virus scanner at %s does not answer: %s", settings.CLAMAV, error)
        message = _("The virus scanner does not answer, so nothing is taken in. Try again later.")
        raise TransitionRefused([Refusal("scanner_down", message, field="upload")]) from error
    finally:
        file.seek(0)
    said = answer.partition(": ")[2] or answer
    if said.endswith(" FOUND"):
        message = _("The file is infected (%(signature)s) and was not taken in.")
        signature = said.removesuffix(" FOUND")
        refusal = Refusal("infected", message % {"signature": signature}, field="upload")
        raise TransitionRefused([refusal])
    if said != "OK":
        logger.error("The virus scanner said %r", answer)
        message = _("The virus scanner could not check the file: %(answer)s.")
        raise TransitionRefused([Refusal("scanner", message % {"answer": said}, field="upload")])


def _ask(where: str, file: BinaryIO) -> str:
    """What clamd answers, without the ending zero. Raises ``OSError``."""
    with _connected(where) as connection:
        connection.sendall(b"zINSTREAM\0")
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # over its own limit clamd says so and closes: its answer tells
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            if not (part := connection.recv(1024)):
                break
            answer += part
    if not answer:
        raise ConnectionError("no answer")
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _connected(where: str) -> socket.socket:
    """``/run/clamav/clamd.ctl`` is a socket file, ``host:port`` a host (3310 when unsaid)."""
    if where.startswith("/"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(PATIENCE)
        try:
            found.connect(where)
        except OSError:
            found.close()
            raise
        return found
    host, _colon, port = where.rpartition(":")
    address = (host, int(port)) if port.isdecimal() and host else (where, 3310)
    return socket.create_connection(address, timeout=PATIENCE)
