"""Writes one sheet and prints its figures as JSON: run by ``tests.bench.report_tallies``.

Seconds are those of the wall and of its processor."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy.orm import Session

from tests.bench.report_cases import DATA_KEY, NOW, REGISTER_YEAR, TODAY
from tracker.adapters.cipher import AesCipher
from tracker.adapters.table_writer import OPTIONS
from tracker.domain.actors import SYSTEM
from tracker.domain.ledger_line import LineCell
from tracker.models.engine import make_engine
from tracker.services.context import Adapters, Context
from tracker.services.ledger_export import export_ledger

NOWHERE: Any = None
LINE: tuple[LineCell, ...] = (
    1,
    date(2025, 1, 6),
    "邮政寄送",
    "王晓敏100",
    "自然人",
    "居民身份证",
    "11010519491231002X",
    "13812345659",
    "台州市椒江区海门街道解放路 118 号 2 单元 301 室",
    "2025 年度困难群众救助资金发放情况",
    "邮寄",
    "椒江区民政局",
    "签发人",
    date(2025, 1, 14),
    date(2025, 1, 16),
    "椒民公开〔2025〕100号",
    "予以公开",
    "邮政寄送",
    "XA12345678533",
    date(2025, 1, 19),
)
"""As many cells of each kind as a line of the register bench has."""


def main() -> None:
    """``python -m tests.bench.report_export_once (DATABASE_URL | alone) ROWS FOLDER``."""
    source, rows, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]) / "out.xlsx"
    act = (lambda: alone(rows, out)) if source == "alone" else _ours(source, out)
    before = _most_memory()
    began, worked = time.perf_counter(), time.process_time()
    written = act()
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    peak = _most_memory()
    print(
        json.dumps(
            {
                "rows": written,
                "seconds": seconds,
                "processor": processor,
                "peak": peak / 1024,
                "grew": (peak - before) / 1024,
                "size": out.stat().st_size,
            }
        )
    )
    out.unlink()


def _ours(url: str, out: Path) -> Any:
    engine = make_engine(url)
    adapters = Adapters(cipher=AesCipher(DATA_KEY), files=NOWHERE, renderer=NOWHERE, mailer=NOWHERE)

    def act() -> int:
        with Session(engine) as session:
            return export_ledger(Context(session, SYSTEM, TODAY, NOW, adapters), REGISTER_YEAR, out)

    return act


def alone(rows: int, out: Path) -> int:
    """The same cells again and again, each by the call made for its kind: nothing is read, decided or looked up."""
    book = xlsxwriter.Workbook(str(out), OPTIONS)
    sheet = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    writes = [
        (sheet.write_datetime, cell, day)
        if isinstance(cell, date)
        else (sheet.write_number, cell, None)
        if isinstance(cell, int)
        else (sheet.write_string, cell, None)
        for cell in LINE
    ]
    for row in range(2, rows + 2):
        for column, (write, cell, form) in enumerate(writes):
            write(row, column, cell, form)
    book.close()
    return rows


def _most_memory() -> int:
    """KiB this process ever held."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
