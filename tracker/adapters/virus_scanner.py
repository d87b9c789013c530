"""Files are looked through for viruses before they are kept: by clamd where one is set up. A scan that fails tells
nothing, so whoever asks takes the file for infected."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


class ScanFailed(Exception):
    """The scanner could not be reached, or did not say whether the file is clean."""


class VirusScanner(Protocol):
    """Looks through the bytes of one file."""

    def find(self, content: bytes) -> str | None:
        """The name of what was found, None for a clean file. Raises ``ScanFailed``."""
        ...


class NoScanner:
    """No scanner is set up: nothing is looked for."""

    def find(self, content: bytes) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """clamd over its INSTREAM command. ``address``: ``host:port`` or ``unix:/path``; ``timeout``: seconds for the
    connection and for each answer."""

    address: str
    timeout: float = 30.0

    def find(self, content: bytes) -> str | None:
        try:
            answer = self._ask(content)
        except OSError as error:
            raise ScanFailed(f"clamd at {self.address}: {error}") from error
        return _verdict(answer)

    def _ask(self, content: bytes) -> str:
        with self._connected() as line:
            try:
                line.sendall(b"zINSTREAM\0")
                for chunk in _chunks(content):
                    line.sendall(struct.pack("!I", len(chunk)) + chunk)
                line.sendall(struct.pack("!I", 0))
            except OSError:
                # clamd says why it hangs up on a file (too large): that is read, and is no clean verdict either way.
                return _answer(line)
            return _answer(line)

    def _connected(self) -> socket.socket:
        if self.address.startswith("unix:"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self.timeout)
            try:
                line.connect(self.address.removeprefix("unix:"))
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), self.timeout)


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _CHUNK):
        yield content[start : start + _CHUNK]


def _answer(line: socket.socket) -> str:
    told = b""
    while len(told) < _LONGEST_ANSWER and not told.endswith(b"\0"):
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            break
        told += part
    return told.rstrip(b"\0\r\n").decode("utf-8", "replace")


def _verdict(answer: str) -> str | None:
    """``stream: OK``, or ``stream: <name> FOUND``. Anything else is no verdict."""
    told = answer.removeprefix("stream: ")
    if told == answer:
        raise ScanFailed(f"clamd answered {answer[:200]!r}")
    if told == "OK":
        return None
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise ScanFailed(f"clamd answered {answer[:200]!r}")
