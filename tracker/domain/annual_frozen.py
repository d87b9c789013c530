"""Table 3 as an organ handed it in: the numbers and the cases behind them as data with a hash, and what differs later.

A request stands in a table as a ``Place``: the rows that count it, and its column. The table is the sum of its places,
so that a cell which differs can name the cases that came and those that went.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.annual_table import COLUMNS, ROWS, TOTAL, AnnualTable, CellName


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """One request in a year's table; ``kind`` is None while nobody has said what the applicant is."""

    case_id: int
    number: str
    kind: str | None
    rows: tuple[str, ...]

    def cells(self) -> tuple[CellName, ...]:
        """Every cell that counts it."""
        columns = [column for column in (self.kind, TOTAL) if column is not None]
        return tuple(CellName(row, column) for row in self.rows for column in columns)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell whose number is not what was handed in; ``came`` and ``went``: (id, number) of the cases behind it."""

    at: CellName
    frozen: int
    now: int
    came: tuple[tuple[int, str], ...]
    went: tuple[tuple[int, str], ...]


def table_of(places: Iterable[Place]) -> AnnualTable:
    """The table these requests add up to."""
    cells: dict[CellName, int] = {}
    for place in places:
        for name in place.cells():
            cells[name] = cells.get(name, 0) + 1
    return AnnualTable(cells)


def freeze(places: Iterable[Place]) -> dict[str, Any]:
    """Numbers and cases as plain data, in an order that does not depend on the database."""
    kept = sorted(places, key=lambda place: place.case_id)
    table = table_of(kept)
    return {
        "table3": {row.number: list(table.line(row.number)) for row in ROWS},
        "cases": [[place.case_id, place.number, place.kind, list(place.rows)] for place in kept],
    }


def frozen_table(content: Mapping[str, Any]) -> AnnualTable:
    """The numbers that were handed in."""
    return AnnualTable(
        {
            CellName(row, column): number
            for row, line in content["table3"].items()
            for column, number in zip(COLUMNS, line, strict=True)
        }
    )


def frozen_places(content: Mapping[str, Any]) -> tuple[Place, ...]:
    """The requests behind them."""
    return tuple(
        Place(case_id, number, kind, tuple(rows)) for case_id, number, kind, rows in content["cases"]
    )


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of what was handed in."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def changes_since(content: Mapping[str, Any], live: Iterable[Place]) -> tuple[CellChange, ...]:
    """Cells whose cases are others now, in the order of the table: also where the number happens to be the same."""
    before, after = _by_cell(frozen_places(content)), _by_cell(live)
    table = frozen_table(content)
    return tuple(
        CellChange(
            name,
            table[name.row, name.column],
            len(after.get(name, {})),
            _named(after, before, name),
            _named(before, after, name),
        )
        for name in (CellName(row.number, column) for row in ROWS for column in COLUMNS)
        if before.get(name, {}).keys() != after.get(name, {}).keys()
    )


def _by_cell(places: Iterable[Place]) -> dict[CellName, dict[int, str]]:
    found: dict[CellName, dict[int, str]] = {}
    for place in places:
        for name in place.cells():
            found.setdefault(name, {})[place.case_id] = place.number
    return found


def _named(
    having: Mapping[CellName, Mapping[int, str]],
    lacking: Mapping[CellName, Mapping[int, str]],
    name: CellName,
) -> tuple[tuple[int, str], ...]:
    others = lacking.get(name, {})
    return tuple(pair for pair in sorted(having.get(name, {}).items()) if pair[0] not in others)
