"""备份和恢复: what comes back equals what was there, on the same kind of database or the other."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests import databases
from tests.factories.cases import received_case
from tests.people import NOW, Cast
from tests.services.conftest import ContextFor
from tracker.adapters.backup_file import MANIFEST, BackupError, reading
from tracker.adapters.file_store import FileStore, MemoryFileStore
from tracker.adapters.migrations import expected_revision
from tracker.adapters.table_copies import rows_out, tables_of
from tracker.domain.case_log import EntryType
from tracker.models import Applicant, Attachment, Case
from tracker.models.engine import make_engine
from tracker.services.backup import back_up, one_moment, restore
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Runtime
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_chain, verify_clocks

DAY = date(2026, 11, 23)
SCAN = b"%PDF-1.7 scan \x00\xff"


@pytest.fixture
def files(runtime: Runtime) -> FileStore:
    return runtime.adapters.files


@pytest.fixture
def case_id(session: Session, cast: Cast, ctx_for: ContextFor, runtime: Runtime, files: FileStore) -> int:
    """A case with everything a column can hold: personal data as bytes, JSON, texts of any character, a file."""
    ctx = ctx_for(cast.clerk, DAY)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 9))
    with transaction(ctx) as inner:
        case = inner.get_one(Case, case_id)
        inner.add(
            Applicant(
                case_id=case_id,
                position=1,
                capacity="applicant",
                name="𠮷田㛃“<&>”",
                legal_kind="citizen",
                report_kind="natural_person",
                identity_type="none",
                phone_cipher=runtime.adapters.cipher.seal("13812341234"),
            )
        )
        inner.add(
            Attachment(
                case_id=case_id,
                kind="request",
                filename="申请书.pdf",
                media_type="application/pdf",
                size=len(SCAN),
                sha256="0" * 64,
                storage_key=files.put(SCAN),
                added_by_id=ctx.actor.account_id,
                added_at=NOW,
            )
        )
        append(
            ctx, case, NewEntry(EntryType.NOTE_ADDED, DAY, {"组": [1, None, "é"]}, text="第一行\n第二行\t\\")
        )
    session.rollback()
    return case_id


@pytest.fixture
def backup(engine: Engine, files: FileStore, case_id: int, tmp_path: Path) -> Path:
    path = tmp_path / "tracker.zip"
    back_up(engine, files, path, NOW)
    return path


@pytest.fixture
def other_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """An empty SQLite database: the other kind when the suite runs on PostgreSQL."""
    yield databases.blank_database("sqlite", None, tmp_path, "elsewhere")


def everything(engine: Engine) -> dict[str, list[bytes]]:
    """All rows of all tables as a backup writes them."""
    with engine.connect() as connection:
        return {table.name: list(rows_out(connection, table)) for table in tables_of(connection)}


def test_an_empty_installation_gets_everything_back(
    engine: Engine, backup: Path, blank_url: str, case_id: int, files: FileStore
) -> None:
    there = make_engine(blank_url)
    store = MemoryFileStore()
    made = restore(there, blank_url, store, backup)
    assert everything(there) == everything(engine)
    assert made.rows["cases"] == 1
    assert made.files == 1
    [key] = store.files
    assert store.read(key) == files.read(key) == SCAN
    with Session(there) as session:
        assert list(verify_clocks(session, DAY)) == []
        assert list(verify_chain(session)) == []
    there.dispose()


def test_what_is_written_next_gets_a_key_of_its_own(backup: Path, blank_url: str) -> None:
    """Sequences go on after the highest key, or the first new row would collide."""
    there = make_engine(blank_url)
    restore(there, blank_url, MemoryFileStore(), backup)
    with Session(there) as session:
        highest = session.scalar(select(func.max(Applicant.id))) or 0
        case_id = session.scalar(select(Case.id))
        person = Applicant(
            case_id=case_id,
            position=2,
            capacity="joint",
            name="某",
            legal_kind="citizen",
            report_kind="natural_person",
            identity_type="none",
        )
        session.add(person)
        session.flush()
        assert person.id > highest
    there.dispose()


def test_a_backup_of_one_kind_of_database_loads_into_the_other_and_back(
    engine: Engine, backup: Path, other_url: str, blank_url: str, tmp_path: Path
) -> None:
    lite, again = make_engine(other_url), make_engine(blank_url)
    store = MemoryFileStore()
    restore(lite, other_url, store, backup)
    second = tmp_path / "second.zip"
    back_up(lite, store, second, NOW)
    restore(again, blank_url, MemoryFileStore(), second)
    assert everything(again) == everything(lite) == everything(engine)
    lite.dispose()
    again.dispose()


def test_a_copy_shows_one_moment_while_others_write(
    engine: Engine, cast: Cast, ctx_for: ContextFor, case_id: int
) -> None:
    with one_moment(engine) as connection:
        before = connection.scalar(select(func.count()).select_from(Case))
        received_case(ctx_for(cast.clerk, DAY), cast.organ_ids["MZJ"], date(2026, 11, 10), 2)
        assert connection.scalar(select(func.count()).select_from(Case)) == before == 1
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Case)) == 2


def test_a_file_that_was_lost_is_named(
    engine: Engine, files: FileStore, case_id: int, session: Session, tmp_path: Path
) -> None:
    key = session.scalars(select(Attachment.storage_key)).one()
    session.rollback()
    files.remove(key)
    assert back_up(engine, files, tmp_path / "x.zip", NOW).lost == (key,)


def test_a_database_with_anything_in_it_is_left_alone(engine: Engine, settings: object, backup: Path) -> None:
    before = everything(engine)
    with pytest.raises(BackupError, match="不是空的"):
        restore(engine, engine.url.render_as_string(hide_password=False), MemoryFileStore(), backup)
    assert everything(engine) == before


def changed(backup: Path, name: str, content: bytes | None) -> Path:
    """The backup with one member replaced or left out."""
    path = backup.with_name("changed.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(member, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tables/cases.jsonl", b"[]\n", "与校验值不符"),
        ("tables/cases.jsonl", None, "清单与内容不符"),
        (MANIFEST, b"{", "不是备份"),
        (MANIFEST, b'{"format": 1, "members": {"x": {"y": 1}}}', "不是备份"),
        (MANIFEST, b'{"format": 99, "members": {}}', "更新的版本"),
        (MANIFEST, None, "不是备份"),
    ],
)
def test_a_backup_that_cannot_be_trusted_writes_nothing(
    backup: Path, blank_url: str, name: str, content: bytes | None, said: str
) -> None:
    there = make_engine(blank_url)
    store = MemoryFileStore()
    with pytest.raises(BackupError, match=said):
        restore(there, blank_url, store, changed(backup, name, content))
    with there.connect() as connection:
        assert tables_of(connection) == []
    assert store.files == {}
    there.dispose()


def test_a_revision_nobody_knows_is_refused(backup: Path, blank_url: str) -> None:
    with reading(backup) as opened:
        assert opened.facts["revision"] == expected_revision()
    manifest = json.loads(zipfile.ZipFile(backup).read(MANIFEST))
    later = changed(backup, MANIFEST, json.dumps(manifest | {"revision": "9999"}).encode())
    there = make_engine(blank_url)
    with pytest.raises(BackupError, match="更新的版本"):
        restore(there, blank_url, MemoryFileStore(), later)
    there.dispose()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"text"])
def test_a_file_that_is_no_backup(tmp_path: Path, blank_url: str, content: bytes) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(content)
    with pytest.raises(BackupError, match="不是备份"), reading(path):
        pass


def test_nothing_half_written_takes_the_name(engine: Engine, case_id: int, tmp_path: Path) -> None:
    class Broken(MemoryFileStore):
        def keys_with_age(self) -> Iterator[tuple[str, float]]:
            raise OSError(28, "No space left on device")

    path = tmp_path / "full.zip"
    with pytest.raises(BackupError, match="不能写入"):
        back_up(engine, Broken(), path, NOW)
    assert list(tmp_path.glob("full*")) == []


def test_from_the_terminal(app: Flask, engine: Engine, case_id: int, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    path = tmp_path / "t.zip"
    first = run.invoke(args=["backup", str(path)])
    assert first.exit_code == 0, first.output
    assert "1 个文件" in first.output
    assert path.stat().st_mode & 0o077 == 0
    second = run.invoke(args=["backup", str(path)])
    assert second.exit_code == 1
    assert "已经存在" in second.output
    assert run.invoke(args=["backup", str(path), "--replace"]).exit_code == 0
    occupied = run.invoke(args=["restore", str(path)])
    assert occupied.exit_code == 1
    assert "不是空的" in occupied.output
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM cases")) == 1
