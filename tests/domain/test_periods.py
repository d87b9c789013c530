"""Ends of periods in working days, days and months: the first day, the last day, and the years no notice covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day
from tests.oracle.days import OFF, WORKED
from tracker.domain.calendar import WorkCalendar
from tracker.domain.periods import days_later, ending, last_day, months_later
from tracker.domain.statute import RuleKey, Unit

loaded_days = st.dates(date(2019, 1, 1), date(2025, 12, 31))
any_day = st.dates()


def worked(on: date) -> bool:
    """By the oracle's own list of days, not by the calendar under test."""
    written = f"{on:%m%d}"
    if on.weekday() >= 5:
        return written in WORKED[on.year].split()
    return written not in OFF[on.year].split()


@pytest.mark.parametrize(
    ("start", "raw", "due"),
    [
        ("2026-03-02", "2026-05-01", "2026-05-06"),  # Labour Day: 1–5 May off
        ("2026-03-10", "2026-05-09", "2026-05-09"),  # a make-up Saturday is worked
        ("2026-07-22", "2026-09-20", "2026-09-20"),  # a make-up Sunday is worked
        ("2026-08-02", "2026-10-01", "2026-10-08"),  # National Day: 1–7 October off
        ("2026-08-11", "2026-10-10", "2026-10-10"),  # make-up Saturday after it
        ("2026-03-04", "2026-05-03", "2026-05-06"),  # a Sunday inside the holiday
        ("2026-04-14", "2026-06-13", "2026-06-15"),  # a plain Saturday
        ("2024-01-01", "2024-03-01", "2024-03-01"),  # through 29 February
        ("2025-01-01", "2025-03-02", "2025-03-03"),  # the same day of a common year
        ("2025-11-02", "2026-01-01", "2026-01-04"),  # New Year 1–3 off, worked Sunday the 4th
    ],
)
def test_60_days_end_on_the_last_day_or_the_first_working_day_after_it(
    start: str, raw: str, due: str
) -> None:
    """复议法第二十条、第八十八条; 民诉法第八十五条"""
    end = ending(day(start), 60, Unit.CALENDAR_DAYS, CALENDAR)
    assert (end.raw_on, end.due_on, end.rolled) == (day(raw), day(due), raw != due)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2024-08-29", 6, "2025-02-28"),
        ("2025-08-28", 6, "2026-02-28"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2025-06-30", 6, "2025-12-30"),
        ("2025-07-31", 6, "2026-01-31"),
        ("2024-02-29", 6, "2024-08-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-01", 1, "2026-01-01"),
        ("9999-08-01", 6, "9999-12-31"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(
    start: str, months: int, last: str
) -> None:
    """民法典第二百零二条"""
    assert months_later(day(start), months) == day(last)


@pytest.mark.parametrize(
    ("start", "raw", "due"),
    [
        ("2025-08-28", "2026-02-28", "2026-02-28"),  # a Saturday, but made up for Spring Festival
        ("2025-08-31", "2026-02-28", "2026-02-28"),
        ("2025-08-16", "2026-02-16", "2026-02-24"),  # Spring Festival 15–23 February off
        ("2025-04-01", "2025-10-01", "2025-10-09"),  # eight days off
        ("2025-05-31", "2025-11-30", "2025-12-01"),
    ],
)
def test_6_months_for_a_suit_end_by_the_last_day_rule(start: str, raw: str, due: str) -> None:
    """行诉法第四十六条; 法释〔2018〕1号第四十八条"""
    end = ending(day(start), 6, Unit.MONTHS, CALENDAR)
    assert (end.raw_on, end.due_on) == (day(raw), day(due))


@pytest.mark.parametrize(
    ("span", "due"), [(5, "2026-09-17"), (7, "2026-09-20"), (10, "2026-09-23"), (20, "2026-10-14")]
)
def test_working_days_need_no_roll_and_may_end_on_a_make_up_sunday(span: int, due: str) -> None:
    end = ending(day("2026-09-10"), span, Unit.WORKING_DAYS, CALENDAR)
    assert (end.due_on, end.rolled, end.provisional) == (day(due), False, False)


@pytest.mark.parametrize(
    ("start", "span", "unit", "provisional"),
    [
        ("2026-12-03", 20, Unit.WORKING_DAYS, False),
        ("2026-12-04", 20, Unit.WORKING_DAYS, True),
        ("2026-11-01", 60, Unit.CALENDAR_DAYS, False),  # 31 December 2026, a working day of a covered year
        ("2026-11-02", 60, Unit.CALENDAR_DAYS, True),
        ("2026-06-30", 6, Unit.MONTHS, False),
        ("2026-07-01", 6, Unit.MONTHS, True),
        ("2018-10-10", 60, Unit.CALENDAR_DAYS, True),  # 2018 is not loaded
        ("2018-11-02", 60, Unit.CALENDAR_DAYS, False),  # only the end could move it, and that lies in 2019
        ("2018-12-28", 15, Unit.WORKING_DAYS, True),
    ],
)
def test_a_year_without_notice_makes_the_end_provisional_where_it_could_move_it(
    start: str, span: int, unit: Unit, provisional: bool
) -> None:
    assert ending(day(start), span, unit, CALENDAR).provisional is provisional


@given(loaded_days, st.integers(1, 200))
def test_days_end_on_the_first_worked_day_not_before_the_last_day(start: date, span: int) -> None:
    end = ending(start, span, Unit.CALENDAR_DAYS, CALENDAR)
    assert end.raw_on == start + timedelta(days=span)
    between = [end.raw_on + timedelta(days=n) for n in range((end.due_on - end.raw_on).days)]
    assert worked(end.due_on) and not any(worked(on) for on in between)


@given(loaded_days, st.integers(1, 24))
def test_months_never_end_in_another_month_nor_after_the_corresponding_day(start: date, months: int) -> None:
    last = months_later(start, months)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day == start.day or (last.day < start.day and (last + timedelta(days=1)).day == 1)


@given(loaded_days, st.integers(1, 60))
def test_working_days_hold_as_many_worked_days_as_the_period_says(start: date, span: int) -> None:
    end = ending(start, span, Unit.WORKING_DAYS, CALENDAR)
    days = [start + timedelta(days=n) for n in range(1, (end.due_on - start).days + 1)]
    assert sum(map(worked, days)) == span and worked(end.due_on)


@given(st.dates(date(2019, 1, 1), date(2025, 6, 1)), st.sampled_from(list(Unit)), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(start: date, unit: Unit, span: int) -> None:
    first = ending(start, span, unit, CALENDAR)
    second = ending(start + timedelta(days=1), span, unit, CALENDAR)
    assert first.due_on <= second.due_on


@given(any_day, st.sampled_from(list(Unit)), st.integers(1, 400))
def test_any_day_of_the_calendar_has_an_end(start: date, unit: Unit, span: int) -> None:
    end = ending(start, span, unit, WorkCalendar([]))
    assert end.provisional and end.raw_on <= end.due_on and start <= end.due_on


@pytest.mark.parametrize(
    ("key", "last"),
    [
        (RuleKey.PAYMENT, "2026-10-14"),
        (RuleKey.LITIGATION_ANSWER, "2026-09-28"),
        (RuleKey.LITIGATION_FILING, "2027-03-10"),
    ],
)
def test_the_last_day_of_a_statutory_period_is_by_its_own_unit(key: RuleKey, last: str) -> None:
    assert last_day(key, day("2026-09-10"), CALENDAR) == day(last)


def test_a_rule_without_a_length_has_no_last_day() -> None:
    with pytest.raises(KeyError):
        last_day(RuleKey.JUSTIFICATION, day("2026-09-10"), CALENDAR)


def test_counting_days_stops_at_the_last_day_there_is() -> None:
    assert days_later(date(9999, 12, 30), 15) == date.max
