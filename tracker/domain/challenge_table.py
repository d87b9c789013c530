"""年度报告表四: 政府信息公开行政复议、行政诉讼情况 (国办公开办函〔2021〕30号), three groups × five columns.

A challenge decided in a year counts by its result; one that reached the organ by the end of a year and was not decided
by then is 尚未审结 in it, and so in each year until that of its decision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_RESULT_NAMES,
    PENDING_NAME,
    ChallengeKind,
    ChallengeResult,
)
from tracker.domain.vocabulary import N_


class ChallengeColumn(StrEnum):
    """The columns of each group; the last is the sum of the others."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"
    TOTAL = "total"


PARTS = (
    ChallengeColumn.UPHELD,
    ChallengeColumn.CORRECTED,
    ChallengeColumn.OTHER,
    ChallengeColumn.PENDING,
)
COLUMN_NAMES: dict[ChallengeColumn, str] = {
    **{ChallengeColumn(str(result)): CHALLENGE_RESULT_NAMES[result] for result in ChallengeResult},
    ChallengeColumn.PENDING: PENDING_NAME,
    ChallengeColumn.TOTAL: N_("总计"),
}

ChallengeCell = tuple[ChallengeKind, ChallengeColumn]


@dataclass(frozen=True, slots=True)
class ChallengeTable:
    """The fifteen numbers; a cell nobody filled is 0. Each 总计 is a number of its own and can be wrong."""

    cells: Mapping[ChallengeCell, int] = field(default_factory=dict)

    def __getitem__(self, cell: ChallengeCell) -> int:
        """The number at (group, column)."""
        return self.cells.get(cell, 0)

    def line(self, kind: ChallengeKind) -> tuple[int, ...]:
        """The five numbers of a group."""
        return tuple(self[kind, column] for column in ChallengeColumn)

    def __add__(self, other: ChallengeTable) -> ChallengeTable:
        """Cell by cell: a district is the sum of its organs."""
        keys = self.cells.keys() | other.cells.keys()
        return ChallengeTable({key: self[key] + other[key] for key in keys})


def table_of(counted: Iterable[tuple[ChallengeKind, ChallengeColumn, int]]) -> ChallengeTable:
    """The table these counts add up to."""
    cells: dict[ChallengeCell, int] = {}
    for kind, column, number in counted:
        for name in (column, ChallengeColumn.TOTAL):
            cells[kind, name] = cells.get((kind, name), 0) + number
    return ChallengeTable(cells)


def wrong_totals(table: ChallengeTable) -> tuple[tuple[ChallengeKind, int, int], ...]:
    """Groups whose 总计 is not the sum of the four columns: (group, total, sum)."""
    found = ((kind, table[kind, ChallengeColumn.TOTAL], _sum(table, kind)) for kind in ChallengeKind)
    return tuple(each for each in found if each[1] != each[2])


def _sum(table: ChallengeTable, kind: ChallengeKind) -> int:
    return sum(table[kind, column] for column in PARTS)


def write_csv(table: ChallengeTable) -> str:
    """One line a group, in the order of the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", *(COLUMN_NAMES[column] for column in ChallengeColumn)])
    for kind in ChallengeKind:
        writer.writerow([CHALLENGE_KIND_NAMES[kind], *table.line(kind)])
    return out.getvalue()
