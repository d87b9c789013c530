"""One runner at a time: a lock that the operating system or the database drops when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_KEY = 7_246_391
"""Any number; all runners of one PostgreSQL database use the same."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to run the jobs: true for the process that got the lock."""

    got: bool
    connection: Connection | None = None

    def __bool__(self) -> bool:
        return self.got

    def lasts(self) -> bool:
        """Whether the lock is still held: on PostgreSQL it goes with its connection, for instance when another server
        takes over, and a runner elsewhere may have it since."""
        if self.connection is None:
            return self.got
        try:
            self.connection.scalar(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return self.got


@contextmanager
def runner_lock(engine: Engine, instance: Path) -> Iterator[Turn]:
    """Whether this process is now the one runner; held until the block ends or the database is gone.

    PostgreSQL: an advisory lock on a connection of its own, so runners on several machines see each other. SQLite,
    which one machine holds: a lock on a file beside it.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            got = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}))
            try:
                yield Turn(got, connection)
            finally:
                if got and not connection.invalidated:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
        return
    with open(instance / "jobs.lock", "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield Turn(False)
            return
        yield Turn(True)
