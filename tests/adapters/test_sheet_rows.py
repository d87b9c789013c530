"""Rows of a sheet are what openpyxl makes of the same file, cell by cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.registers import DIRTY, REGISTER
from tracker.adapters.sheet_rows import sheet_rows

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
VALUES = st.one_of(
    st.none(),
    TEXTS.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1955, 1, 1), date(2119, 12, 31)),
    st.datetimes(datetime.fromisoformat("1955-01-01"), datetime.fromisoformat("2119-12-31")),
    st.just(time(9, 30)),
    st.just(timedelta(days=1, hours=2)),
)
GIVEN = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The first sheet as we read it, and as openpyxl does."""
    book = load_workbook(path, read_only=True, data_only=True)
    sheet = book.worksheets[0]
    ours = list(sheet_rows(sheet))
    sheet.reset_dimensions()
    theirs = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    book.close()
    return ours, theirs


@GIVEN
@given(rows=st.lists(st.lists(VALUES, max_size=6), max_size=6), from_1904=st.booleans())
def test_every_kind_of_value_is_read_as_openpyxl_reads_it(
    tmp_path: Path, rows: list[list[object]], from_1904: bool
) -> None:
    book = Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(number, column, value)
    book.save(tmp_path / "a.xlsx")
    ours, theirs = read(tmp_path / "a.xlsx")
    assert ours == theirs


@pytest.mark.parametrize("path", [REGISTER, DIRTY])
def test_registers_are_read_as_openpyxl_reads_them(path: Path) -> None:
    ours, theirs = read(path)
    assert ours == theirs


def test_texts_that_stand_in_the_sheet_itself(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        book.add_worksheet().write_row(1, 1, ["一", " 二 ", "<三>", ""])
    ours, theirs = read(tmp_path / "a.xlsx")
    assert ours == theirs == [(), (None, "一", " 二 ", "<三>")]


def by_hand(tmp_path: Path, sheet: str) -> Path:
    """A workbook whose sheet says this."""
    path, made = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    Workbook().save(path)
    with ZipFile(path) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    return made


def xml(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<x:worksheet xmlns:x="{space}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'


def test_what_other_programs_leave_out_or_add(tmp_path: Path) -> None:
    rows = (
        '<x:row><x:c><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="B4" t="inlineStr"><x:is><x:r><x:t>椒</x:t></x:r><x:r><x:t>江</x:t></x:r>'
        '<x:rPh sb="0" eb="1"><x:t>jiao</x:t></x:rPh></x:is></x:c>'
        "<x:c><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row>"
        '<x:row r="3"><x:c><x:v>9</x:v></x:c></x:row>'
    )
    ours, theirs = read(by_hand(tmp_path, xml(rows)))
    assert ours == [(1, "#N/A"), (), (), (None, "椒江", 2, None)]
    assert [[cell for cell in row if cell] for row in ours] == [
        [cell for cell in row if cell] for row in theirs
    ]


def test_a_sheet_that_declares_entities_is_not_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml('<x:row><x:c t="str"><x:v>&a;</x:v></x:c></x:row>')
    book = load_workbook(by_hand(tmp_path, bomb), read_only=True, data_only=True)
    with pytest.raises(ValueError, match="no entities"):
        list(sheet_rows(book.worksheets[0]))
