"""The one place where bytes of files are kept: write, flush to disk, and only then does the row commit."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class FileMissing(Exception):
    """A row names a file that the store does not hold."""


class FileStore(Protocol):
    """Keeps bytes under random keys. A key without a row is an orphan and is swept later."""

    def put(self, content: bytes) -> str: ...

    def put_back(self, key: str, content: bytes) -> None: ...

    def read(self, key: str) -> bytes: ...

    def remove(self, key: str) -> None: ...

    def keys_with_age(self) -> Iterator[tuple[str, float]]: ...


class DiskFileStore:
    """Files under one root, two levels deep, outside anything a web server serves."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Write durably (file and folder flushed) and return the random key."""
        key = secrets.token_hex(24)
        self.put_back(key, content)
        return key

    def put_back(self, key: str, content: bytes) -> None:
        """The same under a key that rows already name: what a backup brings back."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(".partial")
        with open(partial, "wb", opener=_private) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(partial, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, key: str) -> bytes:
        """The bytes. Raises ``FileMissing``."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(key) from error

    def remove(self, key: str) -> None:
        """Delete; a key that is already gone is no error."""
        self._path(key).unlink(missing_ok=True)

    def keys_with_age(self) -> Iterator[tuple[str, float]]:
        """Every key with its time of writing (seconds since the epoch), unfinished writes included."""
        for path in self._root.glob("??/*"):
            try:
                yield path.name, path.stat().st_mtime
            except FileNotFoundError:
                continue

    def _path(self, key: str) -> Path:
        name = Path(key).name
        return self._root / name[:2] / name


class MemoryFileStore:
    """In-memory twin for tests."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        key = secrets.token_hex(24)
        self.put_back(key, content)
        return key

    def put_back(self, key: str, content: bytes) -> None:
        self.files[key] = content

    def read(self, key: str) -> bytes:
        if key not in self.files:
            raise FileMissing(key)
        return self.files[key]

    def remove(self, key: str) -> None:
        self.files.pop(key, None)

    def keys_with_age(self) -> Iterator[tuple[str, float]]:
        for key in list(self.files):
            yield key, 0.0


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
