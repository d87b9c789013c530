"""``make bench-report``, import: rows a minute, against a bare batched insert of the same rows, and peak memory.

A register is the real one of 2023 told over and over with other numbers and descriptions. It is imported into a blank
installation by a process of its own, from the file to the last commit. What it wrote is then read back and put into
another blank installation by SQLAlchemy Core, table by table, in batches of as many cases: no reading, no checks, no
clocks, no digests. All times are taken in turns, and the least of some rounds is told: others on the machine lengthen
them. For comparison the same rows once more, by the same prepared statements as the import writes them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from sqlalchemy import Connection, Engine, Table, insert, select
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.timing import load, machine
from tests.postgres import PostgresForTests
from tests.registers import REGISTER
from tracker.adapters.cipher import AesCipher
from tracker.adapters.ledger_reader import LedgerSheet
from tracker.adapters.migrations import upgrade_schema
from tracker.domain.actors import SYSTEM
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.models import Base
from tracker.models.engine import make_engine
from tracker.services.bulk_rows import insert_rows
from tracker.services.context import Adapters, Context
from tracker.services.installation import install, load_organ_list
from tracker.services.ledger_import import BATCH_ROWS, import_ledger

KINDS = ("sqlite", "postgresql")
SIZES = (5_000, 20_000)
ROUNDS = 3
TODAY = date(2026, 11, 23)
AIM_ROWS, AIM_RATIO = 20_000, 3
NOWHERE: Any = None
ONCE = "once"
Rows = dict[Table, list[dict[str, Any]]]


class Took(NamedTuple):
    """Seconds on the wall, and of this process's processor: others on the machine lengthen the first alone."""

    seconds: float
    processor: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.processor:.1f} s of processor)"


class Watch:
    """Measures from its making."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        return Took(time.perf_counter() - self._began[0], time.process_time() - self._began[1])


def main() -> None:
    """``python -m tests.bench.report_import [sqlite] [postgresql] [rows …]``."""
    words = sys.argv[1:]
    if words[:1] == [ONCE]:
        import_once(words[1], Path(words[2]))
        return
    sizes = tuple(int(word) for word in words if word.isdecimal()) or SIZES
    measure(tuple(word for word in words if word in KINDS) or KINDS, sizes)


def measure(kinds: Sequence[str], sizes: Sequence[int]) -> None:
    """Print the figures of each database and size."""
    print(f"import of a register ({machine()})")
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            try:
                for size in sizes:
                    print(_line(kind, size, Stand(kind, server, Path(folder))), flush=True)
            finally:
                if server is not None:
                    server.stop()


class Stand:
    """Makes blank installations of one kind of database."""

    def __init__(self, kind: str, server: PostgresForTests | None, folder: Path) -> None:
        self.kind = kind
        self.server = server
        self.folder = folder

    def blank(self, name: str) -> str:
        """The address of a new installation without cases."""
        url = databases.blank_database(self.kind, self.server, self.folder, name)
        url = url if isinstance(url, str) else url.render_as_string(hide_password=False)
        upgrade_schema(url)
        with Session(make_engine(url)) as session:
            install(context(session), load_organ_list(), "admin")
        return url


def _line(kind: str, size: int, stand: Stand) -> str:
    path = stand.folder / f"register_{size}.xlsx"
    write_as_excel_does(path, lines(size))
    taken: dict[str, list[Took]] = {"ours": [], "bare": [], "prepared": []}
    for number in range(ROUNDS):
        address = stand.blank(f"import_{size}_{number}")
        once = [sys.executable, "-m", "tests.bench.report_import", ONCE, address, str(path)]
        done = json.loads(subprocess.run(once, check=True, capture_output=True, text=True).stdout)
        taken["ours"].append(Took(*done["took"]))
        read = make_engine(address)
        batches = written_by(read)
        read.dispose()
        for way, write in (("bare", _as_core_does), ("prepared", _as_the_import_does)):
            target = make_engine(stand.blank(f"{way}_{size}_{number}"))
            taken[way].append(inserted(target, batches, write))
            target.dispose()
    rows = sum(len(rows) for batch in batches for rows in batch.values())
    ours, bare, prepared = (Took(*map(min, zip(*each, strict=True))) for each in taken.values())
    return (
        f"  {kind:<10} {size:>6} rows, {done['imported']} cases, {rows} rows of tables, least of {ROUNDS}: {ours}, "
        f"{size / ours.seconds * 60:,.0f} rows a minute (aim {AIM_ROWS:,}); bare insert {bare}: "
        f"ratio {ours.seconds / bare.seconds:.2f}, of processor {ours.processor / bare.processor:.2f} "
        f"(aim {AIM_RATIO}); prepared {prepared}; peak {done['peak']:.0f} MiB, {done['grew']:.0f} of it since the "
        f"start; {load()}"
    )


def lines(size: int) -> Iterator[Mapping[Column, Cell]]:
    """The rows of 2023, each as often as it takes, in the order of days."""
    with LedgerSheet(REGISTER) as sheet:
        year = [row for _, row in sheet]
    for number in range(size):
        row = year[number * len(year) // size]
        document = str(row.get(Column.DOCUMENT_NUMBER) or "")
        yield {
            **row,
            Column.SEQUENCE: number + 1,
            Column.DESCRIPTION: f"{row[Column.DESCRIPTION]}（{number + 1}）",
            Column.DOCUMENT_NUMBER: f"{document.partition('〕')[0]}〕{number + 1}号" if document else None,
        }


def write_as_excel_does(path: Path, told: Iterator[Mapping[Column, Cell]]) -> None:
    """A workbook with its texts in one table of shared strings: half the work of a reader is there."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["2023年度台账"])
    sheet.write_row(1, 0, [str(column) for column in Column])
    for row, cells in enumerate(told, start=2):
        sheet.write_row(row, 0, [cells.get(column) for column in Column])
    book.close()


def context(session: Session) -> Context:
    """The system at work, sealing with a key of its own."""
    now = datetime.combine(TODAY, time_of_day(2, 30), UTC)
    adapters = Adapters(cipher=AesCipher("d" * 64), files=NOWHERE, renderer=NOWHERE)
    return Context(session, SYSTEM, TODAY, now, adapters)


def written_by(engine: Engine) -> list[Rows]:
    """What hangs on cases, and the cases, in batches of as many as the import writes at once; before the first batch
    what it needs besides."""
    with engine.connect() as connection:
        tables = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    case_of = {letter["id"]: letter["case_id"] for letter in tables[Base.metadata.tables["letters"]]}
    first: Rows = {Base.metadata.tables[name]: [] for name in ("ledger_imports", "named_people")}
    for table in first:
        first[table] = tables[table]
    batches: dict[int, Rows] = {}
    ids = sorted(case["id"] for case in tables[Base.metadata.tables["cases"]])
    batch_of = {case_id: place // BATCH_ROWS for place, case_id in enumerate(ids)}
    for table, rows in tables.items():
        for row in rows:
            case_id = row["id"] if table.name == "cases" else row.get("case_id")
            case_id = case_of[row["letter_id"]] if table.name == "dispatches" else case_id
            if case_id is not None:
                batches.setdefault(batch_of[case_id], {}).setdefault(table, []).append(row)
    return [first, *(batches[number] for number in sorted(batches))]


def _as_core_does(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), rows)


def _as_the_import_does(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    insert_rows(connection, table, rows)


Write = Callable[[Connection, Table, list[dict[str, Any]]], None]


def inserted(engine: Engine, batches: Sequence[Rows], write: Write) -> Took:
    """Insert them, each batch a transaction."""
    watch = Watch()
    for batch in batches:
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
            for table, rows in batch.items():
                if rows:
                    write(connection, table, rows)
    return watch.took()


def import_once(url: str, path: Path) -> None:
    """Import a register and print the figures: a process of its own, so that its memory is its own."""
    engine = make_engine(url)
    with Session(engine) as session:
        before = _most_memory()
        watch = Watch()
        outcome = import_ledger(context(session), path)
        took = watch.took()
    peak = _most_memory()
    print(json.dumps({"took": took, "imported": outcome.imported, "peak": peak, "grew": peak - before}))


def _most_memory() -> float:
    """MiB this process held at most (VmHWM: unlike ru_maxrss it does not count what its parent held)."""
    with open("/proc/self/status", encoding="utf-8") as told:
        kib = next(line.split()[1] for line in told if line.startswith("VmHWM"))
    return int(kib) / 1024


if __name__ == "__main__":
    main()
