"""年度报告表三: 收到和处理政府信息公开申请情况 (国办公开办函〔2021〕30号), 25 rows × 7 columns, as data.

The unit is one request (件). Rows 3.1–3.6.3 are the outcomes of ``dispositions.py``; what is summed from what stands
beside each row, so that the same sentences check our own tables and published ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.dispositions import ROWS as OUTCOMES
from tracker.domain.request_terms import REPORT_KIND_NAMES, ReportKind
from tracker.domain.vocabulary import N_

NEW, CARRIED_IN, RESULTS, CARRIED_OUT = "1", "2", "3.7", "4"


class RowKind(StrEnum):
    """What a row counts, and so by which of a request's days it is counted."""

    NEW = "new"
    CARRIED_IN = "carried_in"
    OUTCOME = "outcome"
    RESULTS = "results"
    CARRIED_OUT = "carried_out"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number, its name as a CSV carries it, and the rows whose sum it must be (none: it is counted)."""

    number: str
    name: str
    kind: RowKind
    sum_of: tuple[str, ...] = ()


TOTAL = "total"
COLUMNS: tuple[str, ...] = (*(str(kind) for kind in ReportKind), TOTAL)
"""The six kinds of applicants in the order of the table, then their sum."""

COLUMN_NAMES: dict[str, str] = {
    **{str(kind): name for kind, name in REPORT_KIND_NAMES.items()},
    TOTAL: N_("总计"),
}

LEAVES: tuple[str, ...] = tuple(row.number for row in OUTCOMES)

ROWS: tuple[TableRow, ...] = (
    TableRow(NEW, N_("本年新收政府信息公开申请数量"), RowKind.NEW),
    TableRow(CARRIED_IN, N_("上年结转政府信息公开申请数量"), RowKind.CARRIED_IN),
    *(TableRow(row.number, row.register_name, RowKind.OUTCOME) for row in OUTCOMES),
    TableRow(RESULTS, N_("总计"), RowKind.RESULTS, LEAVES),
    TableRow(CARRIED_OUT, N_("结转下年度继续办理"), RowKind.CARRIED_OUT),
)
ROW_OF_NUMBER: dict[str, TableRow] = {row.number: row for row in ROWS}
OUTCOME_OF_NUMBER: dict[str, str] = {row.number: str(row.code) for row in OUTCOMES}
NUMBER_OF_OUTCOME: dict[str, str] = {code: number for number, code in OUTCOME_OF_NUMBER.items()}


@dataclass(frozen=True, order=True, slots=True)
class CellName:
    """One cell by row number and column."""

    row: str
    column: str


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """The numbers of one table; a cell nobody filled is 0. Each 总计 is a number of its own and can be wrong."""

    cells: Mapping[CellName, int] = field(default_factory=dict)

    def __getitem__(self, place: tuple[str, str]) -> int:
        """The number at (row, column)."""
        return self.cells.get(CellName(*place), 0)

    def line(self, row: str) -> tuple[int, ...]:
        """The seven numbers of a row."""
        return tuple(self[row, column] for column in COLUMNS)

    def __add__(self, other: AnnualTable) -> AnnualTable:
        """Cell by cell: a district is the sum of its organs."""
        return sum_of((self, other))


def sum_of(tables: Iterable[AnnualTable]) -> AnnualTable:
    """The table of several organs together."""
    cells: dict[CellName, int] = {}
    for table in tables:
        for name, number in table.cells.items():
            cells[name] = cells.get(name, 0) + number
    return AnnualTable(cells)
