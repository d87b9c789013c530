"""The databases of a test run: a schema made once by the migrations, copied for each worker, emptied between tests."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests.postgres import TEMPLATE, PostgresForTests
from tracker.adapters.migrations import upgrade_schema
from tracker.models import Base

KEPT = (
    "administrative_acts",
    "chain_anchors",
    "voided_entries",
    "list_exports",
    "log_entries",
    "personal_data_readings",
)
"""Logs that no statement of the program may delete from."""


def migrated_sqlite(folder: Path) -> str:
    """The address of a new SQLite database with the schema."""
    url = f"sqlite:///{folder / 'tests.sqlite3'}"
    upgrade_schema(url)
    return url


def migrated_template(server: PostgresForTests) -> None:
    """Make the database that every worker's database is a copy of."""
    upgrade_schema(server.make_database(TEMPLATE).render_as_string(hide_password=False))


def copy_for(server: PostgresForTests, worker: str) -> str:
    """This worker's own copy."""
    return server.make_database(f"tracker_{worker}", TEMPLATE).render_as_string(hide_password=False)


def blank_database(kind: str, server: PostgresForTests | None, folder: Path, name: str) -> str:
    """The address of a database without any schema, for tests that build one."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.sqlite3"
    assert server is not None
    return server.make_database(name).render_as_string(hide_password=False)


def copied(engine: Engine, server: PostgresForTests | None, folder: Path, name: str) -> str:
    """The address of a copy of a database as it stands, for tests that may leave it with another schema."""
    if server is None:
        path = folder / f"{name}.sqlite3"
        with (
            closing(sqlite3.connect(str(engine.url.database))) as read,
            closing(sqlite3.connect(path)) as made,
        ):
            read.backup(made)
        return f"sqlite:///{path}"
    engine.dispose()
    return server.make_database(name, engine.url.database).render_as_string(hide_password=False)


def empty_tables(engine: Engine) -> None:
    """Remove every row of every table, whatever refers to what. Only tables that hold rows are touched."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("BEGIN IMMEDIATE")
            guards = _guards_of(cursor)
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')
            for _, made_by in guards:
                cursor.execute(made_by)
            cursor.execute("COMMIT")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(";".join(f'DELETE FROM "{table}"' for table in tables)))
            connection.commit()


def _guards_of(cursor: Any) -> list[tuple[str, str]]:
    """The triggers that keep logs, with what makes them again; none while no log holds anything."""
    held = any(cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in KEPT)
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep\\_%' ESCAPE '\\'"
    return cursor.execute(made).fetchall() if held else []


@contextmanager
def unguarded(session: Session) -> Iterator[None]:
    """Whoever owns the database can take the guard off its logs: what the body does is committed without it."""
    session.rollback()
    sqlite = session.get_bind().dialect.name == "sqlite"
    cursor = session.connection().connection.cursor()
    guards = _guards_of(cursor) if sqlite else []
    for name, _ in guards:
        session.execute(text(f"DROP TRIGGER {name}"))
    if not sqlite:
        session.execute(text("SET LOCAL session_replication_role = replica"))
    yield
    for _, made_by in guards:
        session.execute(text(made_by))
    session.commit()


def discard(url: str) -> None:
    """Remove the files of a SQLite database; those of PostgreSQL go with their server."""
    if make_url(url).get_backend_name() == "sqlite":
        shutil.rmtree(Path(str(make_url(url).database)).parent, ignore_errors=True)
