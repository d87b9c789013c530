"""``make bench-search``: a page of the search among 1,000,000 requests on SQLite and on PostgreSQL, as the supervisor
and as a clerk; beside it, in the same turns, the engine's bare query for the newest 20 and a bare LIKE.

Figures only. The aim: the newest-20 page under 100 ms for 95 of 100 calls.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.found_cases import fill
from tests.bench.timing import machine
from tests.people import Cast
from tests.postgres import PostgresForTests
from tracker.adapters.cipher import AesCipher, Cipher
from tracker.adapters.migrations import upgrade_schema
from tracker.domain.actors import Actor
from tracker.domain.search_query import parse_query
from tracker.models import Case
from tracker.models.engine import make_engine
from tracker.queries.case_finder import Places, find_places
from tracker.services.context import Adapters, Context
from tracker.services.finding import Wanted, find_cases

KINDS = ("sqlite", "postgresql")
CASES = 1_000_000
ROUNDS = 15
SLOWEST_LIKE = 3
"""Rounds in which LIKE takes part: it may take seconds."""
TODAY = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
QUERIES = (
    "政府",
    "信息公开",
    "欧阳",
    "欧阳修远",
    "征收补偿方案",
    "补偿 安置 道路",
    "殡葬服务 规划许可证",
    "查无此事",
    "测试受〔2024〕700000号",
    "2023年5月12日",
)


def main() -> None:
    """``python -m tests.bench.search [sqlite] [postgresql] [number of requests]``."""
    kinds = tuple(word for word in sys.argv[1:] if word in KINDS) or KINDS
    cases = next((int(word) for word in sys.argv[1:] if word.isdigit()), CASES)
    cipher = AesCipher("b" * 64)
    print(machine())
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            try:
                measure(kind, cases, cipher, Path(folder), server)
            finally:
                if server is not None:
                    server.stop()


def measure(kind: str, cases: int, cipher: Cipher, folder: Path, server: PostgresForTests | None) -> None:
    """Fill one database and print what each query takes on it."""
    url = databases.blank_database(kind, server, folder, "search")
    upgrade_schema(url)
    engine = make_engine(url)
    began = time.perf_counter()
    cast = fill(engine, cases, cipher)
    print(
        f"{kind}: {cases:,} requests with their index written in {time.perf_counter() - began:.0f} s{_size(engine)}"
    )
    every: list[float] = []
    for part in ("supervisor", "clerk"):
        print(f"  as {part}, milliseconds: half of the calls / 95 of 100; LIKE is of the description alone")
        print("    | query | page with its count | bare query of the engine | bare LIKE, newest 20 | found |")
        print("    |---|---:|---:|---:|---:|")
        for query in QUERIES:
            every += _one(engine, cipher, cast, part, query)
    print(f"  all pages: 95 of 100 within {_percentile(every) * 1e3:.1f} ms (aim: 100)")
    engine.dispose()


def _one(engine: Engine, cipher: Cipher, cast: Cast, part: str, query: str) -> list[float]:
    actor: Actor = getattr(cast, part)
    wanted = Wanted(parse_query(query))
    with Session(engine) as session:
        ctx = Context(session, actor, TODAY.date(), TODAY, Adapters(cipher, None, None))  # type: ignore[arg-type]
        groups = [
            [{cipher.token(word) for word in term.words} or {cipher.token(term.date_word)}]
            for term in wanted.terms
        ]
        contenders: dict[str, Callable[[], Any]] = {
            "page": lambda: find_cases(ctx, wanted),
            "bare": lambda: find_places(session, groups, Places(), 20),
        }
        found = find_cases(ctx, wanted)
        taken: dict[str, list[float]] = {"page": [], "bare": [], "like": []}
        for number in range(ROUNDS):
            for name, act in contenders.items():
                taken[name].append(_timed(act))
            if number < SLOWEST_LIKE:
                taken["like"].append(_timed(lambda: _like(session, actor, query)))
    counted = f"{found.counted}{'+' if found.capped else ''}"
    print(f"    | {query} | {' | '.join(map(_half_and_most, taken.values()))} | {counted} |", flush=True)
    return taken["page"]


def _like(session: Session, actor: Actor, query: str) -> list[int]:
    conditions = [Case.description.contains(word, autoescape=True) for word in query.split()]
    if not actor.reads_whole_district:
        conditions.append(Case.organ_id.in_(actor.reading_organ_ids))
    newest = select(Case.id).where(*conditions).order_by(Case.received_on.desc(), Case.id.desc()).limit(20)
    return list(session.scalars(newest))


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _half_and_most(taken: list[float]) -> str:
    return f"{median(taken) * 1e3:.1f} / {_percentile(taken) * 1e3:.1f}"


def _percentile(taken: list[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1]


def _size(engine: Engine) -> str:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            size = connection.scalar(text("SELECT pg_relation_size('ix_case_search_tokens')"))
            table = connection.scalar(text("SELECT pg_relation_size('case_search')"))
            return f"; index {int(size) >> 20} MiB, its table {int(table) >> 20} MiB"
        pages = connection.scalar(text("PRAGMA page_count"))
        return f"; the whole file {int(pages) * 4096 >> 20} MiB"


if __name__ == "__main__":
    main()
