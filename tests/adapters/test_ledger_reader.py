"""Opening registers, and files that are none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from tests.registers import DIRTY, GOOD, REGISTER, make_register
from tracker.adapters.ledger_reader import LedgerSheet, LedgerUnreadable
from tracker.domain.ledger_columns import Column


def test_rows_are_counted_as_the_sheet_does() -> None:
    with LedgerSheet(REGISTER) as sheet:
        rows = list(sheet)
        assert (sheet.title, sheet.count_rows(), len(rows)) == (
            "2023年度政府信息依申请公开办理台账",
            314,
            314,
        )
    assert (rows[0][0], rows[-1][0]) == (3, 316)
    assert rows[-1][1][Column.SEQUENCE] == 314


def test_a_formula_without_stored_value_is_kept_as_its_text() -> None:
    with LedgerSheet(DIRTY) as sheet:
        rows = dict(sheet)
    assert rows[36][Column.DESCRIPTION] == '=HYPERLINK("http://127.0.0.1/","x")'


def test_a_stored_value_counts_before_its_formula(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for index, column in enumerate(Column):
        sheet.write_string(0, index, str(column))
    sheet.write_formula(1, 0, "=ROW()-1", None, 7)
    sheet.write_string(1, 3, "王某某")
    book.close()
    with LedgerSheet(path) as register:
        [(number, row)] = list(register)
    assert (number, row[Column.SEQUENCE], row[Column.APPLICANT]) == (2, 7, "王某某")


def test_empty_rows_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    path = make_register(tmp_path / "gap.xlsx", [GOOD, {}, GOOD])
    with LedgerSheet(path) as sheet:
        assert [number for number, _ in sheet] == [3, 5]


def test_the_register_may_stand_on_a_later_sheet(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["说明"])
    later = book.create_sheet("台账")
    later.append([str(column) for column in Column])
    later.append([1])
    book.save(tmp_path / "later.xlsx")
    with LedgerSheet(tmp_path / "later.xlsx") as sheet:
        assert (sheet.title, len(list(sheet))) == ("台账", 1)


def not_there(path: Path) -> None:
    """No file at all."""


def text_file(path: Path) -> None:
    path.write_text("序号,收到日期\n", "utf-8")


def empty_file(path: Path) -> None:
    path.touch()


def old_or_encrypted(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")


def cut_short(path: Path) -> None:
    path.write_bytes(REGISTER.read_bytes()[:30_000])


def damaged_sheet(path: Path) -> None:
    with zipfile.ZipFile(REGISTER) as whole, zipfile.ZipFile(path, "w") as package:
        for name in whole.namelist():
            content = whole.read(name)
            package.writestr(name, content[: len(content) // 2] if "worksheets" in name else content)


def no_register(path: Path) -> None:
    make_register(path, [], header=("日期", "金额"))


@pytest.mark.parametrize(
    "make",
    [not_there, text_file, empty_file, old_or_encrypted, other_zip, cut_short, damaged_sheet, no_register],
    ids=lambda make: make.__name__,
)
def test_what_is_no_register_is_told_in_one_sentence(tmp_path: Path, make: object) -> None:
    path = tmp_path / "某文件.xlsx"
    assert callable(make)
    make(path)
    with pytest.raises(LedgerUnreadable, match="某文件.xlsx"), LedgerSheet(path) as sheet:
        list(sheet)
