"""Sweeps one filled database and prints its figures as JSON: run by ``tests.bench.sweep``."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from sqlalchemy import Engine, delete, event, text
from sqlalchemy.orm import Session

from tests.bench.due_cases import NOW, TODAY
from tests.bench.timing import in_turns
from tracker.adapters.mailer import MemoryMailer
from tracker.domain.actors import SYSTEM
from tracker.jobs.runner import keep_what_stands
from tracker.models import Alert, OutboxMessage
from tracker.models.engine import make_engine
from tracker.services.alert_sweep import Swept, sweep
from tracker.services.context import Adapters, Context

ROUNDS = 9
NOWHERE: Any = None
ADAPTERS = Adapters(cipher=NOWHERE, files=NOWHERE, renderer=NOWHERE, mailer=MemoryMailer())
DUE_CLOCKS = (
    "SELECT clocks.id, case_id, kind, clocks.run, ref, state, current, due_on, provisional, organ_id, handler_id, stage"
    " FROM clocks JOIN cases ON cases.id = clocks.case_id WHERE next_alert_on <= '{today}'"
)


def main() -> None:
    """``python -m tests.bench.sweep_once DATABASE_URL``."""
    engine = make_engine(sys.argv[1])
    swept_once(engine, date(2026, 1, 1))  # what is imported and compiled once in the life of a process
    keep_what_stands()  # as the job runner does
    statements, before = _counted(engine), _most_memory()
    done = swept_once(engine, TODAY)
    grew, counted = _most_memory() - before, statements[0]
    bare = Bare(engine)
    restore = Restored(engine)
    restore()
    taken = in_turns(
        {
            "sweep": lambda: swept_once(engine, TODAY),
            "restore after it": restore,
            "bare": bare,
            "restore": restore,
        },
        calls=1,
        rounds=ROUNDS,
    )
    swept_once(engine, TODAY)
    idle = in_turns({"idle": lambda: swept_once(engine, TODAY)}, calls=1, rounds=ROUNDS)["idle"]
    print(
        json.dumps(
            {
                "looked": done.looked,
                "told": done.told,
                "messages": len(bare.messages),
                "sweep": taken["sweep"].middle,
                "least": taken["sweep"].least,
                "bare": taken["bare"].middle,
                "ratio": taken["sweep"].ratio_to(taken["bare"]),
                "statements": counted,
                "grew": grew,
                "idle": idle.middle,
                "plan": plan(engine),
            }
        )
    )


def swept_once(engine: Engine, today: date) -> Swept:
    with Session(engine) as session:
        return sweep(Context(session, SYSTEM, today, NOW, ADAPTERS))


def _most_memory() -> int:
    """KiB this process ever held. What ``getrusage`` says would begin with the most its parent held."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _counted(engine: Engine) -> list[int]:
    seen = [0]

    def count(*_given: object) -> None:
        seen[0] += 1

    event.listen(engine, "before_cursor_execute", count)
    return seen


class Restored:
    """Puts the due clocks back as they were before the sweep, with nobody told."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __call__(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE clocks SET next_alert_on = :today WHERE id IN (SELECT c.id FROM clocks c JOIN alerts a"
                    " ON a.case_id = c.case_id AND a.clock_kind = c.kind)"
                ),
                {"today": TODAY if self.engine.dialect.name == "postgresql" else TODAY.isoformat()},
            )
            connection.execute(delete(OutboxMessage))
            connection.execute(delete(Alert))


class Bare:
    """The driver itself: the due rows selected, the rows the sweep wrote inserted as they stand, one commit."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.alerts, self._into_alerts = self._kept("alerts")
        self.messages, self._into_messages = self._kept("outbox_messages")

    def _kept(self, table: str) -> tuple[list[Any], str]:
        postgresql = self.engine.dialect.name == "postgresql"
        model = {"alerts": Alert, "outbox_messages": OutboxMessage}[table]
        columns = [
            (c.name, f"CAST({c.name} AS TEXT)" if c.name in ("params", "payload") else c.name)
            for c in model.__table__.columns
        ]
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"SELECT {', '.join(said for _, said in columns)} FROM {table}")
            rows = list(cursor.fetchall())
        finally:
            raw.close()
        mark = "%s" if postgresql else "?"
        marks = [f"CAST({mark} AS JSON)" if postgresql and said != name else mark for name, said in columns]
        names = ", ".join(name for name, _ in columns)
        return rows, f"INSERT INTO {table} ({names}) VALUES ({', '.join(marks)})"

    def __call__(self) -> None:
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            if self.engine.dialect.name == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            cursor.execute(DUE_CLOCKS.format(today=TODAY))
            cursor.fetchall()
            cursor.executemany(self._into_alerts, self.alerts)
            cursor.executemany(self._into_messages, self.messages)
            raw.commit()
        finally:
            raw.close()


def plan(engine: Engine) -> str:
    """Whether the database reaches the due clocks by the index, in its own words."""
    word = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        rows = connection.execute(text(f"{word} {DUE_CLOCKS.format(today=TODAY)}")).all()
    lines = [str(row[-1]).strip(" ->") for row in rows]
    return next(
        (line for line in lines if "ix_clocks_next_alert_on" in line), "NO INDEX: " + "; ".join(lines)
    )


if __name__ == "__main__":
    main()
