"""LibreOffice runs so many times at once and no more."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflow.documents.papers import docx
from workflow.documents.pdf import PdfBusyError, PdfError, to_pdf
from workflow.documents.slots import NoSlotError, slot


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SOFFICE_SLOTS = 1


@pytest.fixture
def office(monkeypatch, tmp_path):
    """A program by LibreOffice's name that notes when it starts, waits, and says with which
    profile it was called.
    """
    path = tmp_path / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(
        "#!/bin/sh\n"
        f"echo start $1 >> {tmp_path}/log\n"
        "/bin/sleep 0.3\n"
        f"echo end $1 >> {tmp_path}/log\n"
    )
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent))
    return tmp_path / "log"


def calls(number):
    """Ask for that many PDFs at once; what each one was told."""

    def ask(_n):
        try:
            to_pdf(docx("甲"), wait=20)
        except PdfError as error:
            return type(error)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(ask, range(number)))


def most_at_once(log):
    running, most = 0, 0
    for line in log.read_text().splitlines():
        running += 1 if line.startswith("start") else -1
        most = max(most, running)
    return most


@pytest.mark.parametrize("slots", [1, 2])
def test_no_more_run_at_once_than_there_are_slots(office, settings, slots):
    settings.SOFFICE_SLOTS = slots

    told = calls(4)

    assert told == [PdfError] * 4  # the program makes no file: each got its turn and said so
    assert most_at_once(office) == slots


def test_each_has_a_profile_of_its_own(office):
    calls(3)

    started = [line for line in office.read_text().splitlines() if line.startswith("start")]
    assert len(set(started)) == 3
    assert all("-env:UserInstallation=file:///" in line for line in started)


def test_who_waits_too_long_is_told_to_try_again(office):
    with slot(wait=0), pytest.raises(PdfBusyError):
        to_pdf(docx("甲"), wait=0.2)

    assert not office.exists()


def test_who_waits_long_enough_gets_the_slot_when_it_is_free():
    held, waited = threading.Event(), []

    def hold():
        with slot(wait=0):
            held.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    begun = time.monotonic()
    with slot(wait=10):
        waited.append(time.monotonic() - begun)
    thread.join()

    assert 0.1 < waited[0] < 5


def test_slot_is_free_again_after_an_error():
    with pytest.raises(ValueError, match="broken"), slot(wait=0):
        raise ValueError("broken")

    with slot(wait=0) as number:
        assert number == 0
        with pytest.raises(NoSlotError), slot(wait=0):
            pass
