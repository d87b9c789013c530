"""A year as months of weeks, and the holidays as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from tracker.domain.calendar import DayKind, WorkCalendar
from tracker.domain.vocabulary import N_
from tracker.domain.year_edition import SpecialDay

_MARKS = {DayKind.HOLIDAY: N_("休"), DayKind.MAKE_UP: N_("班"), DayKind.WEEKEND: "", DayKind.WORKDAY: ""}
_WORDS = {
    DayKind.HOLIDAY: N_("放假"),
    DayKind.MAKE_UP: N_("调休上班"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.WORKDAY: N_("工作日"),
}


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a month's table: ``mark`` is the letter printed beside it, ``words`` what a screen reader says."""

    on: date
    kind: str
    mark: str
    words: str
    name: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday; None where another month begins or ends."""

    number: int
    weeks: tuple[tuple[DayCell | None, ...], ...]
    workdays: int


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One holiday: its days off as spans, and its make-up working days."""

    name: str
    off: tuple[tuple[date, date], ...]
    made_up: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything the page of a year shows. ``covered`` is false where no notice is loaded."""

    year: int
    covered: bool
    months: tuple[Month, ...]
    holidays: tuple[HolidayLine, ...]
    workdays: int
    covered_until: date | None
    previous: int
    following: int


def year_page(year: int, calendar: WorkCalendar, today: date) -> YearPage:
    """The year as the calendar now stands; days of law alone where no notice is loaded."""
    months = tuple(_month(year, number, calendar, today) for number in range(1, 13))
    edition = calendar.editions.get(year)
    return YearPage(
        year=year,
        covered=edition is not None,
        months=months,
        holidays=_holidays(edition.days if edition else _days_of_law(year, calendar)),
        workdays=sum(month.workdays for month in months),
        covered_until=calendar.covered_until,
        previous=year - 1,
        following=year + 1,
    )


def _month(year: int, number: int, calendar: WorkCalendar, today: date) -> Month:
    first = date(year, number, 1)
    cells: list[DayCell | None] = [None] * first.weekday()
    day = first
    while day.month == number:
        cells.append(_cell(day, calendar, today))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return Month(number, weeks, calendar.count(first - timedelta(days=1), day - timedelta(days=1)))


def _cell(day: date, calendar: WorkCalendar, today: date) -> DayCell:
    note = calendar.day_note(day)
    return DayCell(day, str(note.kind), _MARKS[note.kind], _WORDS[note.kind], note.name or "", day == today)


def _days_of_law(year: int, calendar: WorkCalendar) -> Sequence[SpecialDay]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    notes = ((day, calendar.day_note(day)) for day in days if day.year == year)
    return [SpecialDay(day, False, note.name or "") for day, note in notes if note.kind is DayKind.HOLIDAY]


def _holidays(days: Sequence[SpecialDay]) -> tuple[HolidayLine, ...]:
    off_first = sorted(days, key=lambda special: (special.is_workday, special.day))
    names = list(dict.fromkeys(special.name for special in off_first))
    return tuple(
        HolidayLine(
            name,
            _spans([d.day for d in days if d.name == name and not d.is_workday]),
            tuple(d.day for d in days if d.name == name and d.is_workday),
        )
        for name in names
    )


def _spans(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    runs = groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0])
    spans = [[day for _, day in run] for _, run in runs]
    return tuple((span[0], span[-1]) for span in spans)
