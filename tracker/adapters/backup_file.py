"""The file of a backup: a ZIP with one member a table and a file, and a list of checksums that must all agree."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

FORMAT = 1
MANIFEST = "manifest.json"
_PORTION = 1 << 20
_KEY = re.compile(r"[0-9a-f]{2,96}")


class BackupError(TrackerError):
    """A backup cannot be written, read or trusted: the message says what is wrong."""


@dataclass(slots=True)
class Member:
    """One part of a backup: its SHA-256, bytes, and for a table its columns and number of rows."""

    sha256: str
    size: int
    rows: int = 0
    columns: list[str] = field(default_factory=list)


class BackupWriter:
    """Writes members one after the other; the list of checksums comes last."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        self.members: dict[str, Member] = {}

    def table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> int:
        """One table, line by line; returns how many."""
        return self._write(f"tables/{name}.jsonl", lines, zipfile.ZIP_DEFLATED, columns)

    def file(self, key: str, content: bytes) -> None:
        """One file of the store; most are compressed already."""
        self._write(f"files/{key}", [content], zipfile.ZIP_STORED, [])

    def finish(self, facts: dict[str, Any]) -> None:
        """The list of checksums, with what is to be known of the whole."""
        listed = {
            name: {"sha256": m.sha256, "size": m.size, "rows": m.rows, "columns": m.columns}
            for name, m in self.members.items()
        }
        whole = {"format": FORMAT, **facts, "members": listed}
        self._bundle.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1))

    def _write(self, name: str, parts: Iterable[bytes], packing: int, columns: list[str]) -> int:
        digest = hashlib.sha256()
        size = count = 0
        entry = zipfile.ZipInfo(name)
        entry.compress_type = packing
        with self._bundle.open(entry, "w", force_zip64=True) as out:
            for part in parts:
                digest.update(part)
                size += len(part)
                count += 1
                out.write(part)
        self.members[name] = Member(digest.hexdigest(), size, count if columns else 0, columns)
        return count


@contextmanager
def writing(path: Path) -> Iterator[BackupWriter]:
    """Write a backup for its owner's eyes only; it takes its name when it is whole and on disk. Raises ``BackupError``
    where it cannot be written."""
    partial = path.with_name(path.name + ".partial")
    try:
        with open(partial, "wb", opener=_private) as out:
            with zipfile.ZipFile(out, "w") as bundle:
                yield BackupWriter(bundle)
            out.flush()
            os.fsync(out.fileno())
        os.replace(partial, path)
    except OSError as error:
        raise BackupError(N_("备份文件不能写入：%(why)s。"), why=error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


class BackupReader:
    """A backup opened for reading. Nothing of it is to be used before ``check`` has gone through."""

    def __init__(self, bundle: zipfile.ZipFile, facts: dict[str, Any], members: dict[str, Member]) -> None:
        self._bundle = bundle
        self.facts = facts
        self.members = members

    def check(self) -> None:
        """Compare every member with its checksum. Raises ``BackupError`` naming the first that differs."""
        names = set(self._bundle.namelist()) - {MANIFEST}
        if names != set(self.members):
            odd = sorted(names ^ set(self.members))[0]
            raise BackupError(N_("备份不完整：清单与内容不符（%(name)s）。"), name=odd)
        for name, member in self.members.items():
            digest = hashlib.sha256()
            try:
                with self._bundle.open(name) as part:
                    while portion := part.read(_PORTION):
                        digest.update(portion)
            except (zipfile.BadZipFile, OSError, EOFError) as error:
                raise BackupError(N_("备份已损坏：%(name)s 不能读出。"), name=name) from error
            if digest.hexdigest() != member.sha256:
                raise BackupError(N_("备份已损坏：%(name)s 与校验值不符。"), name=name)

    def tables(self) -> dict[str, Member]:
        """Tables by name."""
        return {name[7:-6]: member for name, member in self.members.items() if name.startswith("tables/")}

    def lines(self, table: str) -> Iterator[bytes]:
        """The lines of a table."""
        with self._bundle.open(f"tables/{table}.jsonl") as part:
            yield from part

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its key."""
        for name in self.members:
            if name.startswith("files/"):
                key = name[6:]
                if _KEY.fullmatch(key) is None:
                    raise BackupError(N_("备份不完整：清单与内容不符（%(name)s）。"), name=name)
                yield key, self._bundle.read(name)


@contextmanager
def reading(path: Path) -> Iterator[BackupReader]:
    """Open a backup. Raises ``BackupError`` for a file that is none, or of a later format."""
    try:
        bundle = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(N_("没有找到文件 %(path)s。"), path=str(path)) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupError(N_("这个文件不是备份，或者已经损坏。")) from error
    with bundle:
        facts, members = _manifest(bundle)
        yield BackupReader(bundle, facts, members)


def _manifest(bundle: zipfile.ZipFile) -> tuple[dict[str, Any], dict[str, Member]]:
    try:
        facts = json.loads(bundle.read(MANIFEST))
        if facts["format"] > FORMAT:
            raise BackupError(N_("备份由更新的版本写成，请先升级系统再恢复。"))
        members = {name: Member(**member) for name, member in facts.pop("members").items()}
    except BackupError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile, OSError) as error:
        raise BackupError(N_("这个文件不是备份，或者已经损坏。")) from error
    return facts, members


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
