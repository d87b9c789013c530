"""A district with a million cases in minutes: two thousand lives as ``many_cases`` makes them, each copied by the
database under other numbers. A digest covers the number of its case, so every chain of digests is computed anew; what
comes out passes `clock verify` and `audit verify`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, column, delete, func, insert, literal_column, select, table, text
from sqlalchemy.orm import Session

from tests.bench.many_cases import TODAY, fill
from tracker.adapters.system_clock import clock_for
from tracker.domain.actors import SYSTEM
from tracker.domain.numbering import CASE_SERIES
from tracker.models import Case, Clock, Counter, StoredEntry
from tracker.services.context import Context
from tracker.services.log_chain import GENESIS, written
from tracker.services.tallies import correct_tallies

LIVES = 2_000
AT_ONCE = 25
"""Copies of all lives that are written in one transaction."""
_MARK = 987_654_321_012_345
_DIGESTS = "copied_digests"
Chain = list[tuple[int, str, str]]


def fill_by_copying(engine: Engine, cases: int) -> None:
    """Put organs, people, the shipped years and so many cases, each with an applicant, into an empty database."""
    lives = min(cases, LIVES)
    fill(engine, lives)
    chains = _chains(engine)
    copies = -(-cases // lives)
    for first in range(1, copies, AT_ONCE):
        with engine.begin() as connection:
            _copy(connection, chains, lives, range(first, min(first + AT_ONCE, copies)), cases)
    with engine.begin() as connection:
        _applicants(connection)
        _counters(connection)
    _settle_down(engine)
    with Session(engine) as session:
        correct_tallies(Context(session, SYSTEM, TODAY, clock_for(TODAY).now(), adapters=None))  # type: ignore[arg-type]


def _counters(connection: Connection) -> None:
    """Numbers go on after those that were given out."""
    connection.execute(delete(Counter).where(Counter.series == CASE_SERIES))
    given = select(Case.organ_id, literal_column(f"'{CASE_SERIES}'"), Case.year, func.max(Case.serial))
    columns = ["organ_id", "series", "year", "value"]
    connection.execute(insert(Counter).from_select(columns, given.group_by(Case.organ_id, Case.year)))


def _chains(engine: Engine) -> dict[int, Chain]:
    """By case: sequence number of each entry and what is digested of it, before and after the number of the case."""
    held = StoredEntry.__table__
    chains: dict[int, Chain] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(held).order_by(held.c.case_id, held.c.seq)).mappings():
            before, after = _around(dict(row))
            chains.setdefault(row["case_id"], []).append((row["seq"], before, after))
    return chains


def _around(row: dict[str, Any]) -> tuple[str, str]:
    before, _, after = written(row | {"case_id": _MARK}).partition(str(_MARK))
    return before, after


def _copy(connection: Connection, chains: dict[int, Chain], lives: int, copies: range, cases: int) -> None:
    digests = table(_DIGESTS, *map(column, ("case_id", "life", "seq", "digest")))
    connection.execute(
        text(f"CREATE TEMPORARY TABLE {_DIGESTS} (case_id integer, life integer, seq integer, digest text)")
    )
    rows = _digests(chains, lives, copies, cases)
    if connection.dialect.name == "postgresql":
        cursor: Any = connection.connection.cursor()
        with cursor.copy(f"COPY {_DIGESTS} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        raw: Any = connection.connection.cursor()
        raw.executemany(f"INSERT INTO {_DIGESTS} VALUES (?, ?, ?, ?)", rows)
    case, entry, clock = Case.__table__, StoredEntry.__table__, Clock.__table__
    new, life = digests.c.case_id, digests.c.life
    first = digests.c.seq == 1
    number = literal_column("'测试受〔' || cases.year || '〕' || copied_digests.case_id || '号'")
    for target, source, changed in (
        (case, first & (case.c.id == life), {"id": new, "serial": new, "number": number}),
        (
            entry,
            (entry.c.case_id == life) & (entry.c.seq == digests.c.seq),
            {"case_id": new, "digest": digests.c.digest},
        ),
        (clock, first & (clock.c.case_id == life), {"case_id": new}),
    ):
        names = [each.name for each in target.columns if each.name != "id" or "id" in changed]
        wanted = [changed.get(name, target.c[name]) for name in names]
        connection.execute(
            insert(target).from_select(names, select(*wanted).select_from(digests.join(target, source)))
        )
    connection.execute(text(f"DROP TABLE {_DIGESTS}"))


def _digests(
    chains: dict[int, Chain], lives: int, copies: range, cases: int
) -> Iterator[tuple[int, int, int, str]]:
    digest_of = hashlib.sha256
    for copy in copies:
        for life, chain in chains.items():
            number = copy * lives + life
            if number > cases:
                break
            digest = GENESIS
            for seq, before, after in chain:
                digest = digest_of(f"{digest}{before}{number}{after}".encode()).hexdigest()
                yield number, life, seq, digest


def _applicants(connection: Connection) -> None:
    columns = (
        "case_id",
        "position",
        "capacity",
        "representative",
        "name",
        "legal_kind",
        "report_kind",
        "identity_type",
    )
    connection.execute(
        text(
            f"INSERT INTO applicants ({', '.join(columns)}) SELECT id, 1, 'applicant', :no, '王晓敏', 'citizen',"
            " 'natural_person', 'none' FROM cases"
        ),
        {"no": False},
    )


def _settle_down(engine: Engine) -> None:
    """Sequences behind what was written, and the planner told what there is."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('cases', 'id'), max(id)) FROM cases")
            )
            connection.execute(text("VACUUM ANALYZE"))
    else:
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
