"""备份和恢复: the database and the files in one archive while people work, and back into an empty installation.

The keys are not in it: without ``TRACKER_DATA_KEY`` nobody reads the personal data of a backup that got lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from tracker.adapters.backup_file import BackupError, BackupReader, BackupWriter, reading, writing
from tracker.adapters.file_store import FileMissing, FileStore
from tracker.adapters.migrations import current_revision, knows_revision, rebuild_schema, upgrade_schema
from tracker.adapters.table_copies import has_rows, move_sequences, rows_in, rows_out, tables_of
from tracker.domain.vocabulary import N_
from tracker.models import Base
from tracker.models.file_keys import file_key_columns

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds: rows by table, files, and the keys of files that rows name but the store has lost."""

    revision: str
    rows: dict[str, int]
    files: int
    lost: tuple[str, ...] = ()

    @property
    def total_rows(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def back_up(engine: Engine, files: FileStore, path: Path, now: datetime) -> BackupFacts:
    """Copy one moment of the database, then the files it may name, into ``path``; nobody waits for it.

    The database comes first: a row names only files that were on disk before it was committed. Raises ``BackupError``
    where there is no schema or the archive cannot be written.
    """
    with one_moment(engine) as connection, writing(path) as out:
        revision = current_revision(connection)
        if revision is None:
            raise BackupError(N_("数据库还没有建立，没有可备份的内容。"))
        rows = {
            table.name: out.table(table.name, table.columns.keys(), rows_out(connection, table))
            for table in tables_of(connection)
        }
        kept = _copy_files(files, out)
        named = _named_files(connection)
        out.finish({"revision": revision, "made_at": now.isoformat(), "database": engine.dialect.name})
    return BackupFacts(revision, rows, len(kept), tuple(sorted(named - kept)))


def restore(engine: Engine, url: str, files: FileStore, path: Path) -> BackupFacts:
    """Bring a backup into an empty database and file store, then to the schema this program wants.

    Every checksum is compared before anything is written; the rows come in one transaction, after the files. Raises
    ``BackupError``: not a backup, damaged, from a later version, or the database is not empty.
    """
    with reading(path) as backup:
        backup.check()
        revision = str(backup.facts.get("revision"))
        if not knows_revision(revision):
            raise BackupError(N_("备份由更新的版本写成，请先升级系统再恢复。"))
        with engine.connect() as connection:
            if has_rows(connection, tables_of(connection)):
                raise BackupError(
                    N_("数据库不是空的，恢复只能进入空库；请另建一个空库，或者移走原来的数据库。")
                )
        engine.dispose()
        rebuild_schema(url, revision)
        count = 0
        for key, content in backup.files():
            files.put_back(key, content)
            count += 1
        with engine.begin() as connection:
            rows = _load(connection, backup)
        engine.dispose()
    upgrade_schema(url)
    return BackupFacts(revision, rows, count)


def _load(connection: Connection, backup: BackupReader) -> dict[str, int]:
    tables = tables_of(connection)
    held = backup.tables()
    if set(held) != {table.name for table in tables}:
        raise BackupError(N_("备份中的表与它的版本不符，不能恢复。"))
    rows = {}
    for table in tables:
        member = held[table.name]
        try:
            rows[table.name] = rows_in(connection, table, member.columns, backup.lines(table.name))
        except (KeyError, ValueError) as error:
            raise BackupError(N_("备份中的表与它的版本不符，不能恢复。")) from error
    move_sequences(connection, tables)
    return rows


def _named_files(connection: Connection) -> set[str]:
    columns = file_key_columns(Base.metadata)
    return {key for column in columns for key in connection.scalars(select(column)) if key is not None}


def _copy_files(files: FileStore, out: BackupWriter) -> set[str]:
    kept = set()
    for key, _age in files.keys_with_age():
        if not key.isalnum():
            continue  # a write that has not ended
        try:
            out.file(key, files.read(key))
        except FileMissing:
            continue  # swept since the list was read: no row named it
        kept.add(key)
    return kept


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it stood when the reading began."""
    options = (
        {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        if engine.dialect.name == "postgresql"
        else {}
    )
    with engine.connect().execution_options(**options) as connection:
        yield connection
