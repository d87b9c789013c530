"""The values of one sheet of a workbook, row by row: what openpyxl reads, without an object for every cell.

A large register spent as long in openpyxl's reader as in the database. Here the parser's own events are read, and what
a cell means (shared strings, styles that are dates, the year a workbook counts from) is asked of openpyxl.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

Row = tuple[int, tuple[Any, ...]]

_BLOCK = 1 << 16
_DIGITS = "0123456789"
_ROW, _CELL, _VALUE, _TEXT, _PHONETIC = (f"{SHEET_MAIN_NS} {name}" for name in ("row", "c", "v", "t", "rPh"))
_WRITTEN = (_VALUE, _TEXT)
_NO_DATE = "#VALUE!"


def sheet_rows(sheet: Any, last: int | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of a read-only sheet of openpyxl from the first to ``last``, those the file leaves out empty.

    Of a formula the value that was stored with it, None where none was. Raises ``ExpatError`` where the file breaks
    off, ``ValueError``, ``IndexError`` for cells that say nonsense.
    """
    expected = 1
    with sheet._get_source() as source:
        reader = _Reader(sheet)
        for number, values in reader.rows(source):
            if last is not None and number > last:
                return
            for _ in range(expected, number):
                yield ()
            if number >= expected:
                yield values
                expected = number + 1


class _Reader:
    """Gathers rows out of the events of the parser. A row that says no number follows the one before it, a cell that
    says no place stands beside the one before it."""

    def __init__(self, sheet: Any) -> None:
        book = sheet.parent
        self._strings = sheet._shared_strings
        self._dates, self._spans = book._date_formats, book._timedelta_formats
        self._day = lru_cache(maxsize=1_000)(lambda number: from_excel(number, book.epoch))
        self._epoch = book.epoch
        self._number = 0
        self._values: list[Any] = []
        self._kind, self._style, self._place = "n", 0, 0
        self._written: list[str] = []
        self._ready: list[Row] = []
        self._readers: dict[str, Callable[[str], Any]] = {
            "n": self._figure,
            "s": lambda text: self._strings[int(text)],
            "b": lambda text: bool(int(text)),
            "d": from_ISO8601,
        }
        self._parser = parser = expat.ParserCreate(None, " ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.EntityDeclHandler = _refuse_entities

    def rows(self, source: Any) -> Iterator[Row]:
        """Each row once it is complete."""
        while block := source.read(_BLOCK):
            self._parser.Parse(block)
            yield from self._ready
            self._ready.clear()
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CELL:
            place = attributes.get("r")
            self._place = len(self._values) + 1 if place is None else _column(place.rstrip(_DIGITS))
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._written.clear()
        elif name in _WRITTEN:
            self._parser.CharacterDataHandler = self._written.append
        elif name == _PHONETIC:
            self._parser.StartElementHandler = None  # how a name is spoken is no text of the cell
        elif name == _ROW:
            number = attributes.get("r")
            self._number = self._number + 1 if number is None else _whole(number)
            self._values = []

    def _end(self, name: str) -> None:
        if name in _WRITTEN:
            self._parser.CharacterDataHandler = None
        elif name == _CELL:
            text = "".join(self._written)
            missing = self._place - len(self._values)
            if missing > 0:
                self._values += [None] * missing
            if text:
                read = self._readers.get(self._kind)
                self._values[self._place - 1] = text if read is None else read(text)
        elif name == _PHONETIC:
            self._parser.StartElementHandler = self._start
        elif name == _ROW:
            self._ready.append((self._number, tuple(self._values)))

    def _figure(self, text: str) -> Any:
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if self._style not in self._dates:
            return number
        try:
            if self._style in self._spans:
                return from_excel(number, self._epoch, timedelta=True)
            return self._day(number)
        except (OverflowError, ValueError):
            return _NO_DATE


def _refuse_entities(*_declared: object) -> None:
    raise ValueError("a sheet declares no entities")


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _whole(written: str) -> int:
    number = float(written)
    if not number.is_integer():
        raise ValueError(f"{written} is no number of a row")
    return int(number)
