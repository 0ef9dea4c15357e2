"""The virus scanner: asked over clamd's own protocol, by a small server that speaks it."""

from __future__ import annotations

import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from workflow.api import TransitionRefused
from workflow.models import EvidenceFile
from workflow.services.evidence import add_evidence

CLEAN, EICAR = "检验报告".encode() * 40_000, b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-TEST-FILE"


class Scanner(socketserver.StreamRequestHandler):
    """INSTREAM: length and bytes until a length of zero; then one answer, ended by a zero."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        self.wfile.write(self.server.answer(content))


def by_content(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"


@pytest.fixture
def scanner(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        server.answer, server.seen = by_content, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def take_in(world, content):
    return add_evidence(
        world.investigating(), actor=world.handler, kind="document", title="说明",
        upload=SimpleUploadedFile("说明.txt", content), collected_at=clock.now(),
    )  # fmt: skip


def refused(world, content) -> tuple[str, str]:
    with pytest.raises(TransitionRefused) as error:
        take_in(world, content)
    refusal = error.value.refusals[0]
    assert not EvidenceFile.objects.exists()
    return refusal.code, str(refusal.message)


def test_a_clean_file_is_read_whole_and_kept(world, scanner):
    file = take_in(world, CLEAN)

    assert scanner.seen == [CLEAN]
    with file.file.open() as kept:
        assert kept.read() == CLEAN


def test_an_infected_file_is_refused_by_the_name_of_its_signature(world, scanner):
    code, message = refused(world, EICAR)

    assert (code, "Eicar-Test-Signature" in message) == ("infected", True)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"?\0"])
def test_anything_but_clean_is_refused(world, scanner, answer):
    scanner.answer = lambda content: answer

    assert refused(world, CLEAN)[0] == ("scanner" if answer else "scanner_down")


def test_without_an_answer_nothing_is_taken_in(world, settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Scanner) as closed:
        port = closed.server_address[1]
    settings.CLAMAV = f"127.0.0.1:{port}"

    assert refused(world, CLEAN)[0] == "scanner_down"


def test_a_missing_socket_file_is_no_scanner(world, settings, tmp_path):
    settings.CLAMAV = str(tmp_path / "clamd.ctl")

    assert refused(world, CLEAN)[0] == "scanner_down"
