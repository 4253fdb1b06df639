"""A scanner of files: a real socket that speaks clamd's protocol, and what happens without one."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast
from tests.hiring.jobs import PDF, VISITOR, begun, opened
from wardroom.documents.gateways import ScannerAway, scan, scanner
from wardroom.hiring.actions import attach_resume
from wardroom.hiring.models import Application
from wardroom.kernel.errors import Refused

pytestmark = pytest.mark.one_database
FOUND = b"stream: Eicar-Test-Signature FOUND\0"


class Clamd(socketserver.StreamRequestHandler):
    """Takes the pieces of one file and says what it was told to say."""

    def handle(self) -> None:
        """Read the command and the pieces, whole, before answering."""
        got = self.rfile.read(6)
        if got == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        got += self.rfile.read(4)
        assert got == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)  # type: ignore[attr-defined]
        self.wfile.write(self.server.answer)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def no_memory() -> Iterator[None]:
    """Nobody remembers that a scanner was away."""
    yield
    scanner._silent_until.clear()


@pytest.fixture
def clamd(settings: Any) -> Iterator[Any]:
    """A scanner at a port of its own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.answer, server.seen = b"stream: OK\0", []  # type: ignore[attr-defined]
        settings.SCANNER = f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_whole_file_goes_to_the_scanner_in_pieces(clamd: Any) -> None:
    content = bytes(range(256)) * 1000
    assert scan(content) == ""
    assert clamd.seen == [content]
    clamd.answer = FOUND
    assert scan(content) == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but\0", b"\xff\0"]
)
def test_an_answer_that_is_not_plain_is_none(clamd: Any, answer: bytes) -> None:
    clamd.answer = answer
    with pytest.raises(ScannerAway):
        scan(b"x")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd", "http://x"])
def test_a_scanner_that_is_away_is_not_taken_for_clean(settings: Any, address: str) -> None:
    settings.SCANNER = address
    with pytest.raises(ScannerAway):
        scan(b"x")


def asked_again(monkeypatch: pytest.MonkeyPatch, *, later: float) -> int:
    """How often a scanner that is away is asked, when somebody comes again so much later."""
    opened: list[str] = []

    def away(address: str, seconds: float) -> Any:
        opened.append(address)
        raise TimeoutError

    moment = [1000.0]
    monkeypatch.setattr(scanner, "_opened", away)
    monkeypatch.setattr(scanner, "monotonic", lambda: moment[0])
    for _ in range(2):
        with pytest.raises(ScannerAway):
            scan(b"x")
        moment[0] += later
    return len(opened)


def test_a_scanner_that_does_not_say_it_is_there_is_left_alone_for_a_while(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCANNER = "unix:///away/clamd"
    assert asked_again(monkeypatch, later=scanner.SILENT - 1) == 2, "the file, and whether it lives"
    scanner._silent_until.clear()
    assert asked_again(monkeypatch, later=scanner.SILENT) == 4


def test_a_file_that_held_a_scanner_up_shuts_out_no_other(
    clamd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        real = scanner._answer

        def late(line: Any) -> str:
            said = real(line)
            if said != "PONG":
                raise TimeoutError
            return said

        slow.setattr(scanner, "_answer", late)
        with pytest.raises(ScannerAway):
            scan(b"packed a thousand times")
    assert scan(b"plain") == ""


@pytest.mark.django_db
def test_a_resume_is_kept_only_once_the_scanner_found_nothing(
    clamd: Any, director: Cast, settings: Any
) -> None:
    token = begun(opened(director))

    def refused(code: str) -> None:
        with pytest.raises(Refused) as no:
            attach_resume(token, name="cv.pdf", content=PDF, stamp=VISITOR)
        assert (no.value.code, no.value.field) == (code, "resume")
        assert Application.objects.get().file_digest == ""

    clamd.answer = FOUND
    refused("scanner_found")
    up, settings.SCANNER = settings.SCANNER, "tcp://127.0.0.1:1"
    refused("scanner_away")
    assert not any(settings.FILES_ROOT.rglob("*"))
    settings.SCANNER, clamd.answer = up, b"stream: OK\0"
    attach_resume(token, name="cv.pdf", content=PDF, stamp=VISITOR)
    assert Application.objects.get().scanned
