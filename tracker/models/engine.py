"""How both databases are opened: the settings every connection of every process shares."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

SQLITE_BUSY_SECONDS = 10


def engine_options(url: str) -> dict[str, Any]:
    """Arguments of ``create_engine`` for the database the address names. Errors do not quote what was written."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": SQLITE_BUSY_SECONDS}, "hide_parameters": True}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED", "hide_parameters": True}


def prepare_engine(engine: Engine, *, foreign_keys: bool = True) -> Engine:
    """Attach what SQLite needs to behave like a database with transactions; PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite if foreign_keys else _open_sqlite_loosely)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """A prepared engine outside Flask. ``foreign_keys=False`` is for migrations, which rebuild tables on SQLite."""
    return prepare_engine(create_engine(url, **engine_options(url)), foreign_keys=foreign_keys)


def overwrite_deleted(connection: Connection) -> None:
    """From here on this connection overwrites what it deletes. PostgreSQL leaves that to its own VACUUM."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def empty_log(engine: Engine) -> None:
    """Let SQLite's write-ahead log, which still holds former pages, flow into the database and begin anew."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def _open_sqlite_loosely(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and only before writes: a read-then-write would lose updates.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _open_sqlite(connection: Any, record: object) -> None:
    _open_sqlite_loosely(connection, record)
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    """Writers announce themselves (``sqlite_begin="IMMEDIATE"``) and wait their turn; readers never wait."""
    immediate = connection.get_execution_options().get("sqlite_begin") == "IMMEDIATE"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
