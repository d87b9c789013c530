"""勾稽关系: the identities that table 3 must keep in every column, each failure with its cells and its difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.annual_table import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    LEAVES,
    NEW,
    RESULTS,
    ROWS,
    TOTAL,
    AnnualTable,
    CellName,
)
from tracker.domain.vocabulary import N_


class Identity(StrEnum):
    """One sentence of arithmetic the notice demands."""

    IN_AND_OUT = "in_and_out"
    RESULTS_ADD_UP = "results_add_up"
    KINDS_ADD_UP = "kinds_add_up"
    CARRIED_OVER = "carried_over"
    NOT_NEGATIVE = "not_negative"


IDENTITY_NAMES: dict[Identity, str] = {
    Identity.IN_AND_OUT: N_("本年新收＋上年结转＝办理结果总计＋结转下年度"),
    Identity.RESULTS_ADD_UP: N_("办理结果各项之和＝（七）总计"),
    Identity.KINDS_ADD_UP: N_("六类申请人之和＝总计"),
    Identity.CARRIED_OVER: N_("本年“上年结转”＝上年“结转下年度”"),
    Identity.NOT_NEGATIVE: N_("各格不小于零"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An identity that does not hold: ``at`` is the cell whose number is judged, ``left`` and ``right`` what stands on
    either side, ``cells`` every cell that takes part."""

    identity: Identity
    at: CellName
    left: int
    right: int
    cells: tuple[CellName, ...]

    @property
    def difference(self) -> int:
        """Left minus right."""
        return self.left - self.right


def check_table(table: AnnualTable, last_year: AnnualTable | None = None) -> tuple[Failure, ...]:
    """Every failure, identity by identity; ``last_year``: the table whose row 4 is this year's row 2."""
    return tuple(
        failure
        for failure in (
            *_in_and_out(table),
            *_results(table),
            *_kinds(table),
            *(_carried(table, last_year) if last_year is not None else ()),
            *_negative(table),
        )
        if failure.difference
    )


def _in_and_out(table: AnnualTable) -> Iterator[Failure]:
    for column in COLUMNS:
        cells = tuple(CellName(row, column) for row in (NEW, CARRIED_IN, RESULTS, CARRIED_OUT))
        left = table[NEW, column] + table[CARRIED_IN, column]
        right = table[RESULTS, column] + table[CARRIED_OUT, column]
        yield Failure(Identity.IN_AND_OUT, cells[2], left, right, cells)


def _results(table: AnnualTable) -> Iterator[Failure]:
    for column in COLUMNS:
        at = CellName(RESULTS, column)
        leaves = tuple(CellName(row, column) for row in LEAVES)
        total = sum(table[row, column] for row in LEAVES)
        yield Failure(Identity.RESULTS_ADD_UP, at, total, table[RESULTS, column], (*leaves, at))


def _kinds(table: AnnualTable) -> Iterator[Failure]:
    for row in ROWS:
        at = CellName(row.number, TOTAL)
        kinds = tuple(CellName(row.number, column) for column in COLUMNS[:-1])
        total = sum(table.line(row.number)[:-1])
        yield Failure(Identity.KINDS_ADD_UP, at, total, table[row.number, TOTAL], (*kinds, at))


def _carried(table: AnnualTable, last_year: AnnualTable) -> Iterator[Failure]:
    for column in COLUMNS:
        at = CellName(CARRIED_IN, column)
        yield Failure(
            Identity.CARRIED_OVER, at, table[CARRIED_IN, column], last_year[CARRIED_OUT, column], (at,)
        )


def _negative(table: AnnualTable) -> Iterator[Failure]:
    for name, number in sorted(table.cells.items()):
        if number < 0:
            yield Failure(Identity.NOT_NEGATIVE, name, number, 0, (name,))
