"""The two districts the browser visits: an empty one with the fixed cast, and the demonstration."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from tests import databases, people
from tests.browser.server import House, build
from tests.postgres import TEMPLATE, PostgresForTests
from tracker.domain.actors import SYSTEM
from tracker.extensions import db
from tracker.services.heartbeats import job_finished, job_started

PASSWORD = "春江水暖-2026"
DEMONSTRATION = "browser_demonstration"
# Cheap on purpose: journeys sign in dozens of times.
_HASH = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)


def settle(house: House) -> people.Cast:
    """Make the district empty but for its organs, the fixed cast, the standard letters and the calendars."""
    with house.app.app_context():
        databases.empty_tables(db.engine)
        with Session(db.engine) as session:
            cast = people.settle(session, _HASH)
    run(house, "init")
    beat(house)
    return cast


def beat(house: House) -> None:
    """Let the job runner have been there a moment ago, so that no page warns of its absence."""
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, SYSTEM)
        job_started(context, "heartbeat")
        job_finished(context, "heartbeat", succeeded=True, outcome="")


def run(house: House, *arguments: str) -> str:
    """What a command of the installation prints; a failure fails the test."""
    result = house.app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, f"{' '.join(arguments)}: {result.output}\n{result.exception!r}"
    return str(result.output)


def demonstration(postgres: PostgresForTests | None, shared: Path, own: Path, worker: str) -> House:
    """The demonstration district, made once a run under ``shared`` and copied for each worker into ``own``."""
    made = shared / "demonstration"
    with _alone(shared / "demonstration.lock"):
        if not (made / "done").exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            _make_demonstration(build(_original(postgres, made), made))
            (made / "done").touch()
        shutil.copytree(made, own, dirs_exist_ok=True)
        return build(_copy(postgres, own, worker), own)


def demonstration_accounts(house: House) -> list[dict[str, str]]:
    """The demonstration accounts as the installation lists them."""
    listed: list[dict[str, str]] = json.loads(run(house, "accounts", "list", "--demo", "--json"))
    return listed


def _make_demonstration(house: House) -> None:
    run(house, "init")
    run(house, "demo")
    beat(house)
    with house.app.app_context():
        db.engine.dispose()


def _original(postgres: PostgresForTests | None, folder: Path) -> str:
    if postgres is None:
        return databases.migrated_sqlite(folder)
    return postgres.make_database(DEMONSTRATION, TEMPLATE).render_as_string(hide_password=False)


def _copy(postgres: PostgresForTests | None, folder: Path, worker: str) -> str:
    if postgres is None:
        return f"sqlite:///{folder / 'tests.sqlite3'}"
    made = postgres.make_database(f"{DEMONSTRATION}_{worker}", DEMONSTRATION)
    return made.render_as_string(hide_password=False)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One worker at a time."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
