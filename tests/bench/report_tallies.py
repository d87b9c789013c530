"""``make bench-report``: table 3 of 1,000,000 requests on SQLite and PostgreSQL, from tallies and in full, against the
bare SQL aggregate and pandas; and the register of 100,000 requests as a sheet against XlsxWriter alone.

Each contender gives the same table, or the figures would mean nothing. Figures are medians, and ratios those of rounds
taken in turns; of the export the least of some rounds is told, on the wall and of the processor of the process that
writes: others on the machine lengthen the first alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.report_cases import DATA_KEY, TODAY, fill_counted, fill_register, settle_down
from tests.bench.report_page import page_of
from tests.bench.timing import Figures, in_turns, load, machine
from tests.postgres import PostgresForTests
from tracker.adapters.cipher import AesCipher
from tracker.adapters.migrations import upgrade_schema
from tracker.domain.actors import SYSTEM
from tracker.domain.annual_table import AnnualTable
from tracker.models.engine import make_engine
from tracker.queries.annual_table import count_annual_table, read_annual_table
from tracker.services.context import Context
from tracker.services.tallies import correct_tallies, tally_differences

CASES, EXPORTED = 1_000_000, 100_000
KINDS = ("sqlite", "postgresql")
YEAR = 2025
ROUNDS, EXPORT_ROUNDS = 7, 3
FULL_AIM, PAGE_AIM_MS, EXPORT_AIM = 1.3, 50, 1.5
BARE = """SELECT a.report_kind, c.received_on >= '{first}', c.first_result_on <= '{last}', c.first_disposition, count(*)
FROM cases c LEFT JOIN applicants a ON a.case_id = c.id AND a.position = 1
WHERE NOT c.needs_completion AND c.received_on <= '{last}'
AND (c.first_result_on IS NULL OR c.first_result_on >= '{first}') GROUP BY 1, 2, 3, 4"""
FRAME = """SELECT a.report_kind, c.received_on, c.first_result_on, c.first_disposition FROM cases c
LEFT JOIN applicants a ON a.case_id = c.id AND a.position = 1 WHERE NOT c.needs_completion"""


def main() -> None:
    """``python -m tests.bench.report_tallies [sqlite] [postgresql] [tables] [export] [number of requests]``."""
    words = sys.argv[1:]
    kinds = tuple(word for word in words if word in KINDS) or KINDS
    parts = tuple(word for word in words if word in ("tables", "export")) or ("tables", "export")
    given = [int(word) for word in words if word.isdecimal()]
    print(machine())
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            try:
                if "tables" in parts:
                    tables(kind, given[0] if given else CASES, Path(folder), server)
                if "export" in parts:
                    export(kind, given[0] if given else EXPORTED, Path(folder), server)
            finally:
                if server is not None:
                    server.stop()


def tables(kind: str, cases: int, folder: Path, server: PostgresForTests | None) -> None:
    """Table 3 by every way there is."""
    url = databases.blank_database(kind, server, folder, "report_tables")
    upgrade_schema(url)
    engine = make_engine(url)
    began = time.perf_counter()
    fill_counted(engine, cases)
    filled = time.perf_counter() - began
    began = time.perf_counter()
    with Session(engine) as session:
        rows = correct_tallies(Context(session, SYSTEM, TODAY, None, adapters=None))  # type: ignore[arg-type]
    settle_down(engine)
    print(
        f"  {kind:<10} {cases:>9,} requests (written in {filled:.0f} s), {rows:,} tallies"
        f" (built in {time.perf_counter() - began:.1f} s)"
    )
    _require_equal(engine)
    frame = _Pandas(engine)
    contenders: dict[str, Callable[[], object]] = {
        "from tallies": lambda: _with_session(engine, read_annual_table),
        "in full": lambda: _with_session(engine, count_annual_table),
        "bare SQL": _Bare(engine),
        "pandas, rows read anew": frame.anew,
        "pandas, rows in memory": frame.in_memory,
    }
    with page_of(url, folder, YEAR) as page:
        contenders["the page"] = page
        taken = in_turns(contenders, calls=1, rounds=ROUNDS)
        worked = min(_processor(page) for _ in range(ROUNDS))
    verified = in_turns({"verify": lambda: _differences(engine)}, calls=1, rounds=1)["verify"]
    engine.dispose()
    for name, figures in taken.items():
        print(_line(name, figures, taken["bare SQL"]))
    print(
        f"    page {taken['the page'].middle * 1e3:.0f} ms, {worked * 1e3:.0f} ms of processor (aim {PAGE_AIM_MS});"
        f" in full {taken['in full'].ratio_to(taken['bare SQL']):.2f} times the bare SQL (aim {FULL_AIM});"
        f" tallies compared with the cases in {verified.middle:.1f} s"
    )


def _line(name: str, figures: Figures, bare: Figures) -> str:
    return (
        f"    {name:<24} {figures.middle * 1e3:9.1f} ms (least {figures.least * 1e3:9.1f}),"
        f" {figures.ratio_to(bare):7.3f} times the bare SQL"
    )


def _processor(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _with_session(engine: Engine, read: Callable[..., AnnualTable]) -> AnnualTable:
    with Session(engine) as session:
        return read(session, SYSTEM, YEAR)


def _differences(engine: Engine) -> int:
    with Session(engine) as session:
        return len(list(tally_differences(session)))


def _require_equal(engine: Engine) -> None:
    read, counted = (_with_session(engine, way) for way in (read_annual_table, count_annual_table))
    bare = sum(row[4] for row in _Bare(engine)())
    framed = int(_Pandas(engine).anew().sum())
    if read != counted or not counted["1", "total"] or _differences(engine):
        raise SystemExit("the tallies differ from the cases: the figures would mean nothing")
    in_hand = counted["1", "total"] + counted["2", "total"]
    if (bare, framed) != (in_hand, in_hand):
        raise SystemExit(f"{bare} and {framed} requests instead of {in_hand}: the figures would mean nothing")


class _Bare:
    """The aggregate as one would type it, by the driver itself."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sql = BARE.format(first=date(YEAR, 1, 1), last=date(YEAR, 12, 31))

    def __call__(self) -> list[Any]:
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(self.sql)
            return list(cursor.fetchall())
        finally:
            raw.close()


class _Pandas:
    """What somebody with a notebook does: read the rows into a frame, choose and count there."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.frame: Any = None

    def anew(self) -> Any:
        import pandas as pd

        with self.engine.connect() as connection:
            self.frame = pd.read_sql_query(
                text(FRAME), connection, parse_dates=["received_on", "first_result_on"]
            )
        return self.in_memory()

    def in_memory(self) -> Any:
        frame, first, last = self.frame, f"{YEAR}-01-01", f"{YEAR}-12-31"
        ended = frame["first_result_on"]
        chosen = frame[(frame["received_on"] <= last) & (ended.isna() | (ended >= first))]
        new, over = chosen["received_on"] >= first, chosen["first_result_on"] <= last
        return chosen.groupby(["report_kind", new, over, "first_disposition"], dropna=False).size()


def export(kind: str, cases: int, folder: Path, server: PostgresForTests | None) -> None:
    """The register of a year, in processes of their own so that memory is that of the writing alone."""
    url = databases.blank_database(kind, server, folder, "report_export")
    upgrade_schema(url)
    engine = make_engine(url)
    fill_register(engine, cases, AesCipher(DATA_KEY))
    engine.dispose()
    ours, alone = [], []
    for _ in range(EXPORT_ROUNDS):
        ours.append(_written(url, cases, folder))
        alone.append(_written("alone", cases, folder))
    least = {
        name: [min(each[name] for each in way) for way in (ours, alone)] for name in ("seconds", "processor")
    }
    (seconds, bare), (processor, bare_processor) = least["seconds"], least["processor"]
    print(
        f"  {kind:<10} export of {cases:,} requests, least of {EXPORT_ROUNDS}: {seconds:.1f} s ({processor:.1f} s of"
        f" processor), at most {max(each['peak'] for each in ours):.0f} MiB"
        f" ({max(each['grew'] for each in ours):.0f} more than before it);"
        f" XlsxWriter alone {bare:.1f} s ({bare_processor:.1f} s of processor,"
        f" {max(each['grew'] for each in alone):.0f} MiB more); {seconds / bare:.2f} times that,"
        f" of processor {processor / bare_processor:.2f} (aim {EXPORT_AIM});"
        f" files of {ours[0]['size'] / 1e6:.1f} and {alone[0]['size'] / 1e6:.1f} MB; {load()}"
    )


def _written(source: str, cases: int, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.report_export_once", source, str(cases), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    if found["rows"] != cases:
        raise SystemExit(f"{found['rows']} lines instead of {cases}: the figures would mean nothing")
    return found


if __name__ == "__main__":
    main()
