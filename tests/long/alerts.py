"""Alerts under ``kill -9``: runners killed at random moments, one alone or two at once, then left to finish.

A round is a walk over one to three working days: with days left out between them, and back as well as on, as a machine
does whose clock was wrong. On each of them runners are killed before one may finish.

After each round every alert that such a walk owes when nobody is killed stands in the tracker exactly once, each with
its message; every message was taken by the mail server under its own Message-ID, and no more were taken twice than
runners were killed: one can have been in the window between the server's yes and its own commit with one message only.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.due_cases import NOW, TODAY, fill
from tests.long.postbox import Postbox
from tests.postgres import PostgresForTests
from tracker.adapters.migrations import upgrade_schema
from tracker.domain.actors import SYSTEM
from tracker.jobs.lock import runner_lock
from tracker.jobs.runner import run_job
from tracker.jobs.schedule import JOBS
from tracker.models import Alert, AlertWatch, Clock, OutboxMessage
from tracker.models.engine import make_engine
from tracker.services.context import Adapters, Context

KINDS = ("sqlite", "postgresql")
CASES, DUE = 60, 20
DAYS = tuple(TODAY + timedelta(days=days) for days in (-3, 0, 1, 2, 3, 4, 7, 8))
"""Working days: on others messages wait."""
BETWEEN_RUNNERS = timedelta(minutes=40)
"""Later each time than a message that was claimed by a runner now dead waits for its next attempt."""

NOWHERE: Any = None
_OURS = [job for job in JOBS if job.name in ("sweep", "outbox")]


@dataclass(frozen=True)
class Stand:
    """One database and the mail server; ``folder`` holds the lock file of the runners."""

    url: str
    folder: Path
    postbox: Postbox

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        engine = make_engine(self.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def reset(self) -> None:
        """As if nobody had been told of anything."""
        self.postbox.empty()
        with self.engine() as engine, engine.begin() as connection:
            connection.execute(delete(OutboxMessage))
            connection.execute(delete(Alert))
            connection.execute(delete(AlertWatch))
            running = update(Clock).where(Clock.state == "running", Clock.due_on <= TODAY + timedelta(days=7))
            connection.execute(running.values(next_alert_on=TODAY))

    def told(self) -> Counter[tuple[Any, ...]]:
        keys = (
            Alert.recipient_id,
            Alert.case_id,
            Alert.clock_kind,
            Alert.run,
            Alert.ref,
            Alert.kind,
            Alert.step,
            Alert.due_on,
        )
        with self.engine() as engine, Session(engine) as session:
            return Counter(tuple(row) for row in session.execute(select(*keys)))

    def messages(self) -> list[tuple[str, int, str, int]]:
        """Message-ID, alert, state and attempts of each."""
        with self.engine() as engine, Session(engine) as session:
            return [
                tuple(row)
                for row in session.execute(
                    select(
                        OutboxMessage.message_id,
                        OutboxMessage.alert_id,
                        OutboxMessage.state,
                        OutboxMessage.attempts,
                    )
                )
            ]


def main() -> None:
    """``python -m tests.long.alerts [--rounds 200] [--seed …] [sqlite] [postgresql]``."""
    parser = argparse.ArgumentParser(prog="alerts")
    parser.add_argument("kinds", nargs="*", metavar="sqlite|postgresql")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    for kind in [kind for kind in KINDS if kind in (chosen.kinds or KINDS)]:
        with tempfile.TemporaryDirectory(prefix="tracker-long-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            postbox = Postbox(Path(folder) / "taken")
            try:
                print(f"{kind}: seed {chosen.seed}", flush=True)
                rounds(made(kind, server, Path(folder), postbox), chosen.rounds, random.Random(chosen.seed))
            finally:
                postbox.stop()
                if server is not None:
                    server.stop()


def made(kind: str, server: PostgresForTests | None, folder: Path, postbox: Postbox) -> Stand:
    """A migrated and filled database."""
    url = databases.blank_database(kind, server, folder, "alerts")
    upgrade_schema(url)
    stand = Stand(url, folder, postbox)
    with stand.engine() as engine:
        fill(engine, CASES, CASES, DUE)
    return stand


def rounds(stand: Stand, number: int, chosen: random.Random) -> None:
    """Run whole once to know how long it takes; then so many rounds of kills."""
    takes = 0.0
    for _ in range(2):  # the first one is slower than those to come, and most kills would come too late
        stand.reset()
        began = time.perf_counter()
        left_to_finish(stand, TODAY, 0, locked=True)
        takes = time.perf_counter() - began
    owed_by_walk: dict[tuple[date, ...], Counter[tuple[Any, ...]]] = {}
    alerts = killed = doubled = 0
    for nth in range(1, number + 1):
        days = (TODAY, *chosen.choices(DAYS, k=chosen.randint(0, 2)))
        if days not in owed_by_walk:
            owed_by_walk[days] = owed_on(stand, days)
        stand.reset()
        deaths = sum(through_a_day(stand, day, takes, chosen) for day in days)
        where = f"round {nth}, {', '.join(map(str, days))}"
        doubled += check(stand, owed_by_walk[days], deaths, where)
        alerts += owed_by_walk[days].total()
        killed += deaths
    print(
        f"  {number} rounds over {len(owed_by_walk)} different walks, {killed} runners killed: each of {alerts}"
        f" alerts was told once; {doubled} of as many messages were taken twice (bound: {killed})",
        flush=True,
    )


def owed_on(stand: Stand, days: tuple[date, ...]) -> Counter[tuple[Any, ...]]:
    """What is told on these days when nobody is killed."""
    stand.reset()
    for day in days:
        left_to_finish(stand, day, 0, locked=True)
    owed = stand.told()
    assert owed and set(owed.values()) == {1}
    return owed


def through_a_day(stand: Stand, day: date, takes: float, chosen: random.Random) -> int:
    """Kill runners, then let one finish; returns how many died."""
    together, locked = chosen.randint(1, 2), chosen.random() < 0.5
    attempts = chosen.randint(1, 4)
    deaths = sum(
        killed_somewhere(stand, day, attempt, together, locked, takes, chosen) for attempt in range(attempts)
    )
    # Twice: a database may hold the locks of a dead runner for a moment, and what is locked is left for the next.
    for attempt in (attempts, attempts + 1):
        left_to_finish(stand, day, attempt, locked=locked)
    return deaths


def check(stand: Stand, owed: Counter[tuple[Any, ...]], deaths: int, where: str) -> int:
    """Nothing lost, nothing twice in the tracker; returns how many mails were taken again."""
    assert stand.told() == owed, f"{where}: lost {owed - stand.told()}, too many {stand.told() - owed}"
    messages, taken = stand.messages(), stand.postbox.taken
    assert len({alert for _, alert, _, _ in messages}) == len(messages) == len(owed), f"{where}: messages"
    assert {state for _, _, state, _ in messages} == {"sent"}, f"{where}: {Counter(m[2] for m in messages)}"
    assert set(taken) == {identity for identity, *_ in messages}, f"{where}: Message-IDs"
    for identity, _, _, attempts in messages:
        assert taken[identity] <= attempts, f"{where}: taken more often than it was tried"
    again = sum(taken.values()) - len(taken)
    assert again <= deaths, f"{where}: {again} taken again, {deaths} runners killed"
    return again


def killed_somewhere(
    stand: Stand,
    day: date,
    attempt: int,
    together: int,
    locked: bool,
    takes: float,
    chosen: random.Random,
) -> int:
    """Start runners at once and kill each at a random moment; returns how many died of it."""
    runners = [started(stand, day, attempt, locked=locked) for _ in range(together)]
    for pid in runners:
        time.sleep(chosen.uniform(0, takes) / together)
        os.kill(pid, signal.SIGKILL)
    return sum(os.WIFSIGNALED(os.waitpid(pid, 0)[1]) for pid in runners)


def left_to_finish(stand: Stand, day: date, attempt: int, *, locked: bool) -> None:
    pid = started(stand, day, attempt, locked=locked)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status == 0, f"the runner ended with {status}"


def started(stand: Stand, day: date, attempt: int, *, locked: bool) -> int:
    """A runner's process: it works once through sweep and outbox, with or without the lock of the one runner."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        with stand.engine() as engine:
            work(stand, engine, day, attempt, locked)
        status = 0
    finally:
        os._exit(status)


def work(stand: Stand, engine: Engine, day: date, attempt: int, locked: bool) -> None:
    """What `jobs run` does when its hour has come."""
    adapters = Adapters(cipher=NOWHERE, files=NOWHERE, renderer=NOWHERE, mailer=stand.postbox.mailer)

    @contextmanager
    def opened() -> Iterator[Context]:
        with Session(engine) as session:
            yield Context(session, SYSTEM, day, NOW + (day - TODAY) + attempt * BETWEEN_RUNNERS, adapters)

    def new_context() -> AbstractContextManager[Context]:
        return opened()

    if not locked:
        jobs(new_context)
        return
    while True:
        with runner_lock(engine, stand.folder) as ours:
            if ours:
                jobs(new_context)
                return
        time.sleep(0.01)


def jobs(new_context: Any) -> None:
    for job in _OURS:
        if not run_job(job, new_context):
            raise SystemExit(f"{job.name} failed")


if __name__ == "__main__":
    main()
