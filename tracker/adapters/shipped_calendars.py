"""The year files that come with the program: what a blank installation starts from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tracker.domain.calendar import WorkCalendar
from tracker.domain.year_edition import YearEdition, parse_year

_FOLDER = Path(__file__).resolve().parent.parent / "calendars"


@cache
def shipped_editions() -> tuple[YearEdition, ...]:
    """Every shipped year, oldest first."""
    return tuple(parse_year(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.csv")))


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar of the shipped years, version 0: for use where there is no database."""
    return WorkCalendar(shipped_editions())
