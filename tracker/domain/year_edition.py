"""One year of the working-day calendar as published, and the text file it is kept in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day named by a notice: off, or a make-up working day (调休)."""

    day: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class YearEdition:
    """The days one year's notice names. ``notice_number`` and ``notice_on`` are None where nobody verified them."""

    year: int
    days: tuple[SpecialDay, ...]
    notice_number: str | None = None
    notice_on: date | None = None


class CalendarFileError(TrackerError):
    """A calendar file cannot be taken: the message names line and fault."""


_OFF = frozenset({"off", "holiday", "休", "放假", "休息"})
_WORK = frozenset({"work", "workday", "make_up", "班", "上班", "调休", "调休上班"})
_COLUMNS: dict[str, int] = {
    "day": 0,
    "date": 0,
    "日期": 0,
    "kind": 1,
    "type": 1,
    "类别": 1,
    "name": 2,
    "名称": 2,
    "节日": 2,
}


def parse_year(text: str) -> YearEdition:
    """Read a year file: ``# year:``, ``# notice:``, ``# notice-date:`` lines, then ``day,kind,name`` rows.

    ``kind`` is off/休/放假 or work/班/上班/调休. A row of column names may put the columns in another order. Without
    ``# year:`` the year of the last day counts. Raises ``CalendarFileError`` with the line number: malformed row, no
    such date, a day twice, a day outside the year (the last days of December before it excepted), a make-up day that
    is a weekday anyway, or no day at all.
    """
    edition, faults = read_year(text)
    if edition is None or faults:
        raise faults[0]
    return edition


def read_year(text: str) -> tuple[YearEdition | None, list[CalendarFileError]]:
    """As ``parse_year``, but with every fault of the file at once; the edition holds what could be read, None where
    there was no day at all."""
    headers: dict[str, str] = {}
    days: dict[date, SpecialDay] = {}
    faults: list[CalendarFileError] = []
    order = (0, 1, 2)
    for number, line in _lines(text):
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(":")
            headers[key.strip().lower()] = value.strip()
            continue
        try:
            row = _cells(line, number)
            if row[0].lower() in _COLUMNS:
                order = _order(row)
                continue
            special = _special([row[at] if 0 <= at < len(row) else "" for at in order], number)
            if special.day in days:
                raise CalendarFileError(N_("第 %(line)d 行：%(day)s 重复。"), line=number, day=special.day)
        except CalendarFileError as fault:
            faults.append(fault)
            continue
        days[special.day] = special
    return _edition(headers, days, faults)


def _edition(
    headers: dict[str, str], days: dict[date, SpecialDay], faults: list[CalendarFileError]
) -> tuple[YearEdition | None, list[CalendarFileError]]:
    if not days:
        return None, faults or [CalendarFileError(N_("文件中没有任何日期。"))]
    year = _year(headers, max(days))
    faults += [
        CalendarFileError(N_("%(day)s 不在 %(year)d 年。"), day=day, year=year)
        for day in sorted(days)
        if not belongs_to(day, year)
    ]
    notice_on = None
    try:
        notice_on = _header_day(headers.get("notice-date"))
    except CalendarFileError as fault:
        faults.append(fault)
    in_order = tuple(days[day] for day in sorted(days))
    return YearEdition(year, in_order, headers.get("notice") or None, notice_on), faults


def belongs_to(day: date, year: int) -> bool:
    """Whether the notice of a year may speak of the day: its own days, and the last December before it."""
    return day.year == year or (day.year == year - 1 and day.month == 12)


def _cells(line: str, number: int) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line]))]
    except csv.Error:
        raise CalendarFileError(N_("第 %(line)d 行：应为“日期,off 或 work,名称”。"), line=number) from None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _order(names: list[str]) -> tuple[int, int, int]:
    """Where day, kind and name stand; -1 for a column the file does not have."""
    places = {_COLUMNS[name.lower()]: at for at, name in enumerate(names) if name.lower() in _COLUMNS}
    return places.get(0, -1), places.get(1, -1), places.get(2, -1)


def _special(row: list[str], number: int) -> SpecialDay:
    written, kind, name = row
    if kind.lower() not in _OFF | _WORK:
        raise CalendarFileError(N_("第 %(line)d 行：应为“日期,off 或 work,名称”。"), line=number)
    day = _day(written)
    if day is None:
        raise CalendarFileError(N_("第 %(line)d 行：没有这一天（%(text)s）。"), line=number, text=written)
    is_workday = kind.lower() in _WORK
    if is_workday and day.weekday() < 5:
        raise CalendarFileError(
            N_("第 %(line)d 行：%(day)s 本来就是工作日，不是调休上班日。"), line=number, day=day
        )
    return SpecialDay(day, is_workday, name)


def _year(headers: dict[str, str], last: date) -> int:
    stated = headers.get("year", "")
    return int(stated) if stated.isdecimal() and len(stated) <= 4 else last.year


def _header_day(text: str | None) -> date | None:
    if not text:
        return None
    day = _day(text)
    if day is None:
        raise CalendarFileError(N_("通知日期写法不对（%(text)s），应为 2026-11-04 这样的日期。"), text=text)
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
