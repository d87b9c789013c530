"""Opens a register kept in Excel and yields its rows; dates stay dates, formulas without a stored value stay text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracker.adapters.sheet_rows import sheet_rows
from tracker.domain.errors import TrackerError
from tracker.domain.ledger_columns import NEEDED, Column, recognise_header
from tracker.domain.ledger_values import Cell, read_text
from tracker.domain.vocabulary import N_

_HEADER_WITHIN = 20
_LONGEST_HEADING = 30
_MOST_UNPACKED = 2_000_000_000
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    ParseError,
    ExpatError,
    OSError,
    EOFError,
)
"""What openpyxl raises for files that are not workbooks, or are damaged ones."""


class LedgerUnreadable(TrackerError):
    """The file as a whole cannot be read as a register; nothing was imported."""


class HeaderUnknown(LedgerUnreadable):
    """A workbook without a header that is known; ``cells`` is the row that most looks like one."""

    def __init__(self, name: str, cells: tuple[str, ...]) -> None:
        super().__init__(
            N_(
                "文件“%(name)s”中没有找到台账的表头，台账至少要有：%(columns)s。请核对文件；叫法可以不同，列不能缺。"
            ),
            name=name,
            columns="、".join(NEEDED),
        )
        self.cells = cells


class LedgerSheet(AbstractContextManager["LedgerSheet"]):
    """One open register. ``title``: what stands above the header; iterate for (row as the sheet counts, cells)."""

    def __init__(
        self, path: Path, learnt: Mapping[str, Column] | None = None, *, name: str | None = None
    ) -> None:
        """``learnt``: other offices' headings and what they mean; ``name``: what messages call the file. Raises
        ``LedgerUnreadable``: no such file, no workbook; ``HeaderUnknown``: no sheet with a register's header."""
        self._open = ExitStack()
        self._path = path
        self._learnt = learnt
        self._name = name or path.name
        try:
            self._check_container()
            self._values = self._workbook(values=True)
            self._formulas = self._workbook(values=False) if self._has_formulas() else None
            self._find_header()
        except UNREADABLE as error:
            self._open.close()
            raise LedgerUnreadable(
                N_("文件“%(name)s”无法读取，请确认是未加密的 .xlsx 台账。"), name=self._name
            ) from error
        except LedgerUnreadable:
            self._open.close()
            raise

    def __enter__(self) -> LedgerSheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[tuple[int, Mapping[Column, Cell]]]:
        """Rows below the header that hold anything at all. Raises ``LedgerUnreadable`` where the file breaks off."""
        try:
            for number, cells in self._rows(self._sheet_name):
                if number <= self._header_row:
                    continue
                row = {column: cells[index] for index, column in self._columns.items() if index < len(cells)}
                if any(read_text(cell) for cell in row.values()):
                    yield number, row
        except UNREADABLE as error:
            raise LedgerUnreadable(
                N_("文件“%(name)s”中途损坏，读到此处为止，请用 Excel 打开后另存再导入。"),
                name=self._name,
            ) from error

    def count_rows(self) -> int:
        """How many rows the sheet says it has below the header; a guess for progress bars, 0 when it does not say."""
        return max(self._last_row - self._header_row, 0)

    def _check_container(self) -> None:
        with self._path.open("rb") as file:
            if file.read(4) == _OLD_FORMAT:
                raise LedgerUnreadable(
                    N_("文件“%(name)s”是旧版 .xls 或者加了密码，请在 Excel 中另存为未加密的 .xlsx 再导入。"),
                    name=self._name,
                )
        with zipfile.ZipFile(self._path) as package:
            if sum(item.file_size for item in package.infolist()) > _MOST_UNPACKED:
                raise LedgerUnreadable(N_("文件“%(name)s”展开后过大，请拆分后再导入。"), name=self._name)

    def _has_formulas(self) -> bool:
        """Whether any sheet holds a formula; only then the file is read a second time for their texts."""
        with zipfile.ZipFile(self._path) as package:
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with package.open(name) as part:
                        tail = b""
                        while block := part.read(1 << 20):
                            if b"<f>" in tail + block or b"<f " in tail + block:
                                return True
                            tail = block[-2:]
        return False

    def _workbook(self, *, values: bool) -> Any:
        book = load_workbook(self._path, read_only=True, data_only=values, keep_links=False)
        self._open.callback(book.close)
        return book

    def _find_header(self) -> None:
        likely: tuple[str, ...] = ()
        for sheet in self._values.worksheets:
            titles: list[str] = []
            self._last_row = sheet.max_row or 0
            for number, cells in self._rows(sheet.title, last=_HEADER_WITHIN):
                columns = recognise_header(cells, self._learnt)
                if columns is not None:
                    self._sheet_name, self._header_row, self._columns = sheet.title, number, columns
                    self._written = {index: read_text(cells[index]) or "" for index in columns}
                    self.title = " ".join(titles) or sheet.title
                    return
                texts = tuple(text or "" for text in map(read_text, cells))
                titles += [text for text in texts if text]
                likely = max(likely, texts, key=_headings)
        raise HeaderUnknown(self._name, likely)

    @property
    def headings(self) -> dict[Column, str]:
        """The columns held, in the order of the sheet, each by the heading it carries there."""
        return {column: self._written[index] for index, column in sorted(self._columns.items())}

    def _rows(self, sheet_name: str, last: int | None = None) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        values = (tuple(map(_plain, row)) for row in sheet_rows(self._values[sheet_name], last))
        if self._formulas is None:
            yield from enumerate(values, start=1)
            return
        formulas = _cells(self._formulas[sheet_name], last)
        for number, (stored, written) in enumerate(zip_longest(values, formulas, fillvalue=()), start=1):
            yield (
                number,
                tuple(
                    text if value is None else value
                    for value, text in zip_longest(stored, written, fillvalue=None)
                ),
            )


def _headings(texts: tuple[str, ...]) -> int:
    """How much a row looks like a header: its short texts that are no figures."""
    return sum(1 for text in texts if text and len(text) <= _LONGEST_HEADING and not text[0].isdigit())


def _cells(sheet: Any, last: int | None) -> Iterator[tuple[Cell, ...]]:
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(max_row=last, values_only=True):
        yield tuple(_plain(cell) for cell in cells)


def _plain(cell: object) -> Cell:
    if cell is None or isinstance(cell, str | int | float | bool | datetime | date):
        return cell
    if isinstance(cell, time):
        return cell.isoformat()
    return str(getattr(cell, "text", cell))
