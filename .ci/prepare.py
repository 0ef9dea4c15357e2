#!/usr/bin/env python3
"""Make `.venv`, `.env` and the compiled catalogue on a bare machine.

Standard library only: any Python 3 may run it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".requirements"
LOCK = ROOT / "requirements.txt"
OLDEST, NEWEST = (3, 11), (3, 13)
ENV = """\
# Written once by `make run`; yours to change. README.md lists the variables.
TIEQUAN_DEBUG=true
TIEQUAN_SECRET_KEY={key}
"""


def say(text: str) -> None:
    print(text, flush=True)


def require_free_port(text: str) -> None:
    """Stop with a sentence unless 127.0.0.1:PORT can be listened on now."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT is {text!r}: give a number from 1 to 65535, as in `make run PORT=8001`.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            sys.exit(f"Port {port} needs special rights here. Choose one above 1023.")
        except OSError:
            sys.exit(
                f"Port {port} is in use by another program. Stop that program, or choose "
                f"another port: `make run PORT={port + 1 if port < 65535 else 8000}`."
            )


def version_of(python: str) -> tuple[int, int] | None:
    """Return (major, minor) of an interpreter, or None when it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def find_python() -> str:
    """Return the first interpreter on the path that the lock was made for, or stop."""
    for name in (sys.executable, "python3", "python3.13", "python3.12", "python3.11"):
        path = shutil.which(name)
        version = version_of(path) if path else None
        if path and version and OLDEST <= version <= NEWEST:
            return path
    running = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"Tiequan needs Python 3.11, 3.12 or 3.13; python3 here is {running}.")


def fingerprint() -> str:
    """Return what the environment was made from: the lock and the interpreter's version."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock} {version_of(str(PYTHON))}"


def make_environment() -> None:
    """Leave `.venv` holding exactly what requirements.txt pins; do nothing when it does."""
    if STAMP.is_file() and STAMP.read_text() == fingerprint():
        return
    version = version_of(str(PYTHON))
    if version is None or not OLDEST <= version <= NEWEST:
        python = find_python()
        say(f"Making .venv with {python} …")
        made = subprocess.run([python, "-m", "venv", "--clear", str(VENV)], cwd=ROOT)
        if made.returncode:
            sys.exit(
                "The environment could not be made. On Debian or Ubuntu, install the part of "
                "Python that does it: `apt install python3-venv`."
            )
    install()
    STAMP.write_text(fingerprint())


def install() -> None:
    """Install the lock from wheels alone, telling how far it is; stop with pip's words if not."""
    total = sum(1 for line in LOCK.read_text().splitlines() if line[:1].isalnum())
    say(f"Installing {total} packages into .venv (once, a minute or two) …")
    command = [str(PYTHON), "-m", "pip", "install", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--requirement", str(LOCK)]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines, seen = [], 0
    for line in pip.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            seen += 1
            if seen % 20 == 0:
                say(f"  {min(seen, total)} of {total} found")
        elif line.startswith("Installing collected packages"):
            say("  unpacking")
    if pip.wait():
        sys.exit(
            "".join(lines[-15:]) + "\nThe packages could not be installed; pip's reason is above."
        )


def compile_catalogue() -> None:
    """Compile what is stale, in a process of its own, before any other process translates.

    A process that found no compiled catalogue stays English to its end.
    """
    code = (
        "import sys, pathlib; sys.path.insert(0, 'site'); "
        "from accounts.management.catalogue import compile_stale; "
        "compile_stale(pathlib.Path('locale'))"
    )
    if subprocess.run([str(PYTHON), "-c", code], cwd=ROOT).returncode:
        sys.exit("The Chinese catalogue could not be compiled; the reason is above.")


def write_env() -> None:
    """Write `.env` with DEBUG on and a random key, unless there is one."""
    path = ROOT / ".env"
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(ENV.format(key=secrets.token_urlsafe(64)))
    say("Wrote .env with DEBUG on and a random key.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", help="also stop when this port of 127.0.0.1 is taken")
    parser.add_argument("--env", action="store_true", help="also write .env when there is none")
    options = parser.parse_args()
    if options.port is not None:
        require_free_port(options.port)
    make_environment()
    compile_catalogue()
    if options.env:
        write_env()


if __name__ == "__main__":
    main()
