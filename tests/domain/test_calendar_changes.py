"""Old and new date of each running clock under two calendars, and which clocks need not be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, log
from tests.domain.strategies import likely_logs
from tests.domain.years import YEAR_2027
from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.calendar import WorkCalendar
from tracker.domain.calendar_changes import clock_moves, first_difference
from tracker.domain.case_clocks import ClockKind
from tracker.domain.case_log import parse_entry
from tracker.domain.clock import clocks_of
from tracker.domain.year_edition import SpecialDay

TODAY = date(2026, 12, 10)
EDITIONS = {edition.year: edition for edition in shipped_editions()}
WITH_2027 = WorkCalendar([*shipped_editions(), YEAR_2027], 9)


def moves(*lines: str, new: WorkCalendar = WITH_2027) -> list[tuple[ClockKind, date | None, date | None]]:
    found = clock_moves(log(*lines), CALENDAR, new, TODAY)
    return [(move.kind, move.old_due_on, move.new_due_on) for move in found]


def test_a_date_in_the_new_year_moves_and_is_certain() -> None:
    move = clock_moves(log("received 2026-12-08"), CALENDAR, WITH_2027, TODAY)[0]
    assert (move.old_due_on, move.new_due_on, move.shift) == (date(2027, 1, 6), date(2027, 1, 7), 1)
    assert (move.was_provisional, move.is_provisional, move.date_moves) == (True, False, True)


def test_a_date_that_only_becomes_certain_is_told_apart() -> None:
    move = clock_moves(log("received 2026-12-15"), CALENDAR, WITH_2027, TODAY)[0]
    assert (move.date_moves, move.shift) == (False, 0)
    assert (move.was_provisional, move.is_provisional) == (True, False)


def test_the_last_date_of_the_loaded_years_and_what_waits_or_has_stopped_stay() -> None:
    assert moves("received 2026-12-03") == []
    assert moves("received 2026-12-08", "suspended 2026-12-09 cause=other_organ") == []
    assert moves("received 2026-12-08", "dispatched 2026-12-10 by=post") == []


def corrected(day: date) -> WorkCalendar:
    """The shipped years with one day turned round: off when it was worked, plain when it was special."""
    edition = EDITIONS[day.year]
    days = tuple(d for d in edition.days if d.day != day)
    if len(days) == len(edition.days):
        days = tuple(sorted([*days, SpecialDay(day, day.weekday() >= 5, "更正")], key=lambda d: d.day))
    others = [e for year, e in EDITIONS.items() if year != day.year]
    return WorkCalendar([*others, replace(edition, days=days)], 9)


@given(likely_logs(), st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_a_clock_due_before_the_first_difference_does_not_move(log: list[dict[str, Any]], day: date) -> None:
    """Lists of changes look only at cases with a clock that waits or is due on or after that day."""
    entries = [parse_entry(raw, seq) for seq, raw in enumerate(log, start=1)]
    new = corrected(day)
    since = first_difference(CALENDAR, new)
    assert since in (day, None), "a weekend stays one, named or not"
    current = [clock for clock in clocks_of(entries, CALENDAR, TODAY) if clock.current]
    if since is None or all(clock.due_on is not None and clock.due_on < since for clock in current):
        assert clock_moves(entries, CALENDAR, new, TODAY) == []
