"""Cells as people fill them in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.ledger_columns import Column, recognise_header, register_year
from tracker.domain.ledger_values import (
    Cell,
    NotADate,
    NotANumber,
    normalise_choice,
    normalise_phone,
    read_date,
    read_text,
    read_whole_number,
)

days = st.dates(date(1955, 1, 1), date(2099, 12, 31))
cells = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(allow_imaginary=False),
)
WRITTEN = (
    "{d:%Y-%m-%d}",
    "{d.year}.{d.month}.{d.day}",
    "{d.year}/{d.month:02}/{d.day:02}",
    "{d.year}年{d.month}月{d.day}日",
    " {d.year} 年 {d.month} 月 {d.day} 日 ",
    "{d:%Y%m%d}",
    "{d:%Y-%m-%d} 00:00:00",
    "{d.year}－{d.month}－{d.day}",
)


@given(days, st.sampled_from(WRITTEN))
def test_a_day_is_read_however_it_is_written(day: date, form: str) -> None:
    assert read_date(form.format(d=day)) == day


@given(days)
def test_a_day_is_read_from_cells_of_any_type(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for cell in (day, datetime.combine(day, time(9, 30)), serial, float(serial), str(serial)):
        assert read_date(cell) == day


@given(cells)
def test_any_cell_is_a_day_nothing_or_no_day(cell: Cell) -> None:
    try:
        day = read_date(cell)
    except NotADate:
        return
    assert day is None or isinstance(day, date)
    assert (day is None) == (not read_text(cell))


@pytest.mark.parametrize(
    "cell",
    [
        "2023-02-30",
        "2023-13-01",
        "23-1-4",
        "1.4",
        "昨天",
        "2023",
        0,
        -5,
        1e300,
        float("nan"),
        True,
        "44935.7.1",
    ],
)
def test_what_is_no_day_is_not_guessed_at(cell: Cell) -> None:
    with pytest.raises(NotADate):
        read_date(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (20, 20),
        (20.0, 20),
        ("20", 20),
        ("２０", 20),
        ("20个工作日", 20),
        ("20 天", 20),
        ("20.0", 20),
        (None, None),
        ("", None),
    ],
)
def test_whole_numbers(cell: Cell, number: int | None) -> None:
    assert read_whole_number(cell) == number


@pytest.mark.parametrize("cell", [2.5, "二十", "2.5", True, date(2023, 1, 1), float("inf"), "1e3"])
def test_what_is_no_whole_number(cell: Cell) -> None:
    with pytest.raises(NotANumber):
        read_whole_number(cell)


@given(cells)
def test_any_cell_is_text_that_a_database_keeps(cell: Cell) -> None:
    text = read_text(cell)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert read_text(text) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13805761659, "13805761659"),
        (13805761659.0, "13805761659"),
        (datetime.combine(date(2023, 1, 4), time()), "2023-01-04"),
        (" 两行\r\n文字\x00 ", "两行\n文字"),
        ("=1+1", "=1+1"),
    ],
)
def test_text_stands_as_written(cell: Cell, text: str) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("邮寄（挂号）", "邮寄(挂号)"),
        (" 自 然 人 ", "自然人"),
        ("（一）予以公开", "予以公开"),
        ("三、不予公开—1.属于国家秘密", "不予公开-属于国家秘密"),
        ("", ""),
    ],
)
def test_choices_are_compared_without_the_dress(written: str, meant: str) -> None:
    assert normalise_choice(written) == meant


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0576-0001", "13805760001"),
        ("（0576）8888 0001", "057688880001"),
        ("+86 138-0576-0001", "+8613805760001"),
        ("13805760001/13805760002", "13805760001/13805760002"),
        ("不详", "不详"),
    ],
)
def test_phone_numbers(written: str, kept: str) -> None:
    assert normalise_phone(written) == kept


def test_columns_are_recognised_by_name_in_any_order() -> None:
    header = ["处室", *reversed([f" {name}\n" for name in Column]), None]
    found = recognise_header(header)
    assert found is not None
    assert [found[index] for index in sorted(found)] == list(reversed(Column))


def test_a_row_that_lacks_a_needed_column_is_no_header() -> None:
    assert recognise_header([name for name in Column if name is not Column.OUTCOME]) is None
    assert recognise_header([]) is None


@pytest.mark.parametrize(
    ("title", "year"), [("2023年度台账", 2023), ("椒江区 2023 年台账", 2023), ("台账", None)]
)
def test_the_year_of_a_register_stands_in_its_title(title: str, year: int | None) -> None:
    assert register_year(title) == year


def test_excel_serials_follow_the_1900_system() -> None:
    assert read_date(44935) == date(2023, 1, 9)
    assert read_date(44935 + 1) == date(2023, 1, 9) + timedelta(days=1)
