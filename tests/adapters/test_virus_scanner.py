"""clamd's INSTREAM against a clamd of our own: what is sent is the file, and only ``OK`` is clean."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tracker.adapters.virus_scanner import ClamdScanner, NoScanner, ScanFailed


class FakeClamd:
    """Serves one connection at a time; ``answer`` is what it says after a whole stream, None to hang up."""

    def __init__(self, door: socket.socket, answer: bytes | None, largest: int) -> None:
        self.door, self.answer, self.largest = door, answer, largest
        self.received: list[bytes] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        assert self._exactly(line, 10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._exactly(line, 4))[0]:
            content += self._exactly(line, size)
            if len(content) > self.largest:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.received.append(content)
        if self.answer is not None:
            line.sendall(self.answer)

    @staticmethod
    def _exactly(line: socket.socket, size: int) -> bytes:
        told = b""
        while len(told) < size:
            part = line.recv(size - len(told))
            if not part:
                return told.ljust(size, b"\0")
            told += part
        return told


@contextmanager
def clamd(
    answer: bytes | None, folder: Path | None = None, largest: int = 10**9
) -> Iterator[tuple[FakeClamd, str]]:
    """A clamd that answers so, and its address."""
    with socket.socket(socket.AF_UNIX if folder else socket.AF_INET) as door:
        door.bind(str(folder / "clamd.ctl") if folder else ("127.0.0.1", 0))
        door.listen()
        address = f"unix:{folder / 'clamd.ctl'}" if folder else f"127.0.0.1:{door.getsockname()[1]}"
        yield FakeClamd(door, answer, largest), address


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF" + bytes(200_000)])
@pytest.mark.parametrize("local", [True, False], ids=["socket", "network"])
def test_the_whole_file_is_sent_and_ok_is_clean(content: bytes, local: bool, tmp_path: Path) -> None:
    with clamd(b"stream: OK\0", tmp_path if local else None) as (server, address):
        assert ClamdScanner(address).find(content) is None
        assert server.received == [content]


def test_what_is_found_is_named() -> None:
    with clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0") as (_server, address):
        assert ClamdScanner(address).find(b"X5O!") == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"\0",
        b"OK\0",
        b"stream: \0",
        b"stream: Can't allocate memory ERROR\0",
        b"HTTP/1.1 400\r\n\0",
    ],
)
def test_whatever_is_no_verdict_is_no_clean_file(answer: bytes | None) -> None:
    with clamd(answer) as (_server, address), pytest.raises(ScanFailed):
        ClamdScanner(address).find(b"file")


def test_a_file_too_large_for_clamd_is_no_clean_file() -> None:
    with clamd(b"stream: OK\0", largest=1000) as (_server, address), pytest.raises(ScanFailed):
        ClamdScanner(address).find(bytes(3_000_000))


def test_nobody_there_and_nobody_answering_are_failures(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"127.0.0.1:{port}", f"unix:{tmp_path}/none"):
        with pytest.raises(ScanFailed):
            ClamdScanner(address).find(b"file")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScanFailed):
            ClamdScanner(address, timeout=0.2).find(b"file")


def test_without_a_scanner_nothing_is_looked_for() -> None:
    assert NoScanner().find(b"X5O!") is None
