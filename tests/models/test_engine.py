"""Both databases behave like databases: what is referred to exists, a read-then-write loses nothing, readers go on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.people import settle
from tracker.models import Organ, RoleHolding
from tracker.models.engine import make_engine

WRITERS, ROUNDS = 4, 25


def test_sqlite_is_opened_as_agreed(engine: Engine, database_kind: str) -> None:
    if database_kind == "postgresql":
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW transaction_isolation")) == "read committed"
        return
    with engine.connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert told == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10_000}


def test_what_is_referred_to_must_exist(session: Session) -> None:
    cast = settle(session)
    session.add(RoleHolding(account_id=cast.clerk.account_id, organ_id=4711, role="clerk"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_read_then_write_loses_no_update(engine: Engine, session: Session) -> None:
    """Writers that begin with the intention to write wait for one another (BEGIN IMMEDIATE, FOR UPDATE)."""
    organ_id = settle(session).organ_ids["MZJ"]
    session.rollback()

    def add_one() -> None:
        with Session(engine) as own:
            own.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            organ = own.scalars(select(Organ).where(Organ.id == organ_id).with_for_update()).one()
            organ.yellow_days += 1
            own.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(add_one) for _ in range(WRITERS * ROUNDS)]:
            done.result()
    organ = session.get(Organ, organ_id)
    assert organ is not None
    assert organ.yellow_days == 5 + WRITERS * ROUNDS


def test_readers_go_on_while_somebody_writes(engine: Engine, session: Session) -> None:
    organ_id = settle(session).organ_ids["MZJ"]
    session.rollback()
    with Session(engine) as writer:
        writer.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        organ = writer.get(Organ, organ_id)
        assert organ is not None
        organ.yellow_days = 9
        writer.flush()
        seen = session.get(Organ, organ_id)
        assert seen is not None
        assert seen.yellow_days == 5
        writer.commit()


def test_an_engine_without_foreign_keys_is_for_migrations_only(database_kind: str, blank_url: str) -> None:
    engine = make_engine(blank_url, foreign_keys=False)
    with engine.connect() as connection:
        if database_kind == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
        else:
            assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
