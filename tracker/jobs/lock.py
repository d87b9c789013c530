"""One runner at a time: a lock that the operating system or the database drops when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

_KEY = 7_246_391
"""Any number; all runners of one PostgreSQL database use the same."""


@contextmanager
def runner_lock(engine: Engine, instance: Path) -> Iterator[bool]:
    """Whether this process is now the one runner; held until the block ends.

    PostgreSQL: an advisory lock on a connection of its own, so runners on several machines see each other. SQLite,
    which one machine holds: a lock on a file beside it.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            got = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}))
            try:
                yield got
            finally:
                if got:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
        return
    with open(instance / "jobs.lock", "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
