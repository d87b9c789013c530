"""Reads the cells of one register row, collecting what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from tracker.domain import ledger_defects as say
from tracker.domain.ledger_columns import DATES, MAX_CHARACTERS, Column
from tracker.domain.ledger_defects import Defect
from tracker.domain.ledger_values import (
    Cell,
    NotADate,
    NotANumber,
    normalise_choice,
    read_date,
    read_text,
    read_whole_number,
)

_Choice = TypeVar("_Choice")
_SHOWN = 40


class Cells:
    """One row. Each reading notes the fault it meets in ``rejections`` (the row cannot be imported) or ``warnings``."""

    def __init__(self, cells: Mapping[Column, Cell]) -> None:
        self._cells = cells
        self._texts: dict[Column, str] = {}
        self.rejections: list[Defect] = []
        self.warnings: list[Defect] = []

    def reject(self, column: Column, template: str, /, **params: object) -> None:
        """The row cannot be imported because of this cell."""
        self.rejections.append(Defect(column, template, {"column": column, **params}))

    def warn(self, column: Column, template: str, /, **params: object) -> None:
        """The row is imported as it stands; somebody should look at this cell."""
        self.warnings.append(Defect(column, template, {"column": column, **params}))

    def raw(self, column: Column) -> Cell:
        """The cell as the sheet holds it."""
        return self._cells.get(column)

    def has(self, column: Column) -> bool:
        """Whether anything stands in the cell."""
        cell = self._cells.get(column)
        return bool(self._text(column)) if isinstance(cell, str) else cell is not None

    def text(self, column: Column) -> str | None:
        """A text within its length, or None when empty."""
        text = self._text(column)
        limit = MAX_CHARACTERS.get(column)
        if limit is not None and len(text) > limit:
            self.reject(column, say.TOO_LONG, length=len(text), limit=limit)
            return None
        return text or None

    def needed_text(self, column: Column) -> str:
        """A text that must be there."""
        if not self.has(column):
            self.reject(column, say.EMPTY)
            return ""
        return self.text(column) or ""

    def dates(self, today: date) -> dict[Column, date]:
        """All days of the row; days that do not exist or lie in the future are faults."""
        found: dict[Column, date] = {}
        for column in DATES:
            try:
                day = read_date(self.raw(column))
            except NotADate:
                self.reject(column, say.NO_SUCH_DATE, value=self.shown(column))
                continue
            if day is not None and day > today:
                self.reject(column, say.IN_FUTURE, on=day.isoformat(), today=today.isoformat())
            elif day is not None:
                found[column] = day
        return found

    def sequence(self) -> int | None:
        """序号, or None with a warning."""
        try:
            number = read_whole_number(self.raw(Column.SEQUENCE))
        except NotANumber:
            number = None
        if number is None:
            self.warn(Column.SEQUENCE, say.NO_SEQUENCE)
        return number

    def days(self) -> int | None:
        """延长工作日 as a whole number of at least 1, or None."""
        try:
            days = read_whole_number(self.raw(Column.EXTENSION_DAYS))
        except NotANumber:
            days = 0
        if days is not None and days < 1:
            self.reject(Column.EXTENSION_DAYS, say.BAD_DAYS, value=self.shown(Column.EXTENSION_DAYS))
            return None
        return days

    def choice(self, column: Column, known: Mapping[str, _Choice], offered: Sequence[str]) -> _Choice | None:
        """One of the known values; empty or unknown is a fault."""
        if not self.has(column):
            self.reject(column, say.EMPTY)
            return None
        value = known.get(normalise_choice(self._text(column)))
        if value is None:
            names = "、".join(offered)
            self.reject(column, say.UNKNOWN_VALUE, value=self.shown(column), known=names)
        return value

    def lookup(self, column: Column, find: Callable[[str], _Choice | None], unknown: str) -> _Choice | None:
        """What ``find`` makes of the cell; empty or unknown is a fault, the latter told with ``unknown``."""
        if not self.has(column):
            self.reject(column, say.EMPTY)
            return None
        value = find(self._text(column))
        if value is None:
            self.reject(column, unknown, value=self.shown(column))
        return value

    def lenient_choice(
        self, column: Column, known: Mapping[str, _Choice], fallback: _Choice, name: str
    ) -> _Choice:
        """One of the known values, or the fallback with a warning when something unknown stands there."""
        if not self.has(column):
            return fallback
        value = known.get(normalise_choice(self._text(column)))
        if value is None:
            self.warn(column, say.UNKNOWN_KEPT, value=self.shown(column), taken_as=name)
            return fallback
        return value

    def shown(self, column: Column) -> str:
        """The cell as a message quotes it."""
        text = self._text(column)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

    def _text(self, column: Column) -> str:
        """The cell's text, read once."""
        text = self._texts.get(column)
        if text is None:
            text = self._texts[column] = read_text(self._cells.get(column))
        return text
