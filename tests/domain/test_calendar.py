from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day
from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.calendar import DayKind, WorkCalendar
from tracker.domain.statutory_days import statutory_days
from tracker.domain.year_edition import SpecialDay, YearEdition


@pytest.mark.parametrize("year", range(2019, 2027))
def test_shipped_year_equals_the_published_days(year: int) -> None:
    at = date(year, 1, 1)
    while at.year == year:
        assert CALENDAR.is_workday(at) == chinese_calendar.is_workday(at), at
        at += timedelta(days=1)


def test_every_shipped_year_has_its_notice_date_and_only_2026_lacks_a_verified_number() -> None:
    editions = shipped_editions()
    assert [e.year for e in editions] == list(range(2019, 2027))
    assert all(e.notice_on is not None and e.notice_on.year == e.year - 1 for e in editions)
    assert [e.year for e in editions if e.notice_number is None] == [2026]


def test_a_notice_reaches_into_the_december_before_its_year() -> None:
    assert CALENDAR.day_note(day("2018-12-29")).kind is DayKind.MAKE_UP
    assert not CALENDAR.is_workday(day("2018-12-31"))
    assert not CALENDAR.is_covered(2018)


def test_notes_say_kind_name_and_notice() -> None:
    note = CALENDAR.day_note(day("2025-10-06"))
    assert (note.kind, note.name, note.notice) == (
        DayKind.HOLIDAY,
        "国庆节、中秋节",
        "国办发明电〔2024〕12号",
    )
    assert CALENDAR.day_note(day("2026-02-14")).kind is DayKind.MAKE_UP
    assert CALENDAR.day_note(day("2026-11-22")).kind is DayKind.WEEKEND
    assert CALENDAR.day_note(day("2026-11-23")).kind is DayKind.WORKDAY
    uncovered = CALENDAR.day_note(day("2027-02-05"))
    assert (uncovered.kind, uncovered.name, uncovered.notice) == (DayKind.HOLIDAY, "春节", None)


def test_2_may_and_new_years_eve_are_off_only_since_2025() -> None:
    assert date(2018, 5, 2) not in statutory_days(2018)
    assert date(2028, 5, 2) in statutory_days(2028)


def test_counting_excludes_the_first_day_and_includes_the_last() -> None:
    assert CALENDAR.count(day("2026-09-18"), day("2026-09-18")) == 0
    assert CALENDAR.count(day("2026-09-18"), day("2026-09-20")) == 1
    assert CALENDAR.count(day("2026-09-20"), day("2026-09-18")) == 0
    assert CALENDAR.nth_workday(day("2026-09-18"), 1) == day("2026-09-20")
    assert CALENDAR.next_workday(day("2026-09-30")) == day("2026-10-08")


def test_working_days_backwards() -> None:
    assert CALENDAR.workdays_before(day("2026-10-13"), 5) == day("2026-09-30")
    assert CALENDAR.workday_on_or_before(day("2026-10-07")) == day("2026-09-30")
    assert CALENDAR.workday_on_or_before(day("2026-10-10")) == day("2026-10-10")


def test_coverage() -> None:
    assert CALENDAR.covered_until == day("2026-12-31")
    assert CALENDAR.covers(day("2026-12-01"), day("2026-12-31"))
    assert not CALENDAR.covers(day("2026-12-31"), day("2027-01-01"))
    assert CALENDAR.covers(day("2018-12-31"), day("2019-01-02"))
    assert WorkCalendar([]).covered_until is None


def test_the_ends_of_a_span_decide_which_years_it_needs() -> None:
    only_2025 = WorkCalendar([YearEdition(2025, ())])
    assert only_2025.covers(day("2024-12-31"), day("2025-01-01"))
    assert not only_2025.covers(day("2024-12-30"), day("2025-01-01"))
    assert not only_2025.covers(day("2024-12-31"), day("2026-01-01"))
    assert not only_2025.covers(day("2026-12-31"), day("2026-12-31"))
    assert not only_2025.covers(day("2025-12-31"), day("2026-01-01"))
    without_2025 = WorkCalendar([YearEdition(2024, ()), YearEdition(2026, ())])
    assert not without_2025.covers(day("2024-12-31"), day("2026-06-01"))


def test_a_calendar_that_was_not_stored_has_version_0() -> None:
    assert WorkCalendar([]).version == 0


def test_a_day_of_law_is_named_only_where_no_notice_speaks() -> None:
    loaded = WorkCalendar([YearEdition(2027, ())])
    assert loaded.day_note(day("2027-10-01")).kind is DayKind.WORKDAY
    assert WorkCalendar([]).day_note(day("2027-10-01")).kind is DayKind.HOLIDAY


@pytest.mark.parametrize("calendar", [CALENDAR, WorkCalendar([])], ids=["loaded", "empty"])
def test_counting_crosses_the_ends_of_the_prepared_years_without_a_step(calendar: WorkCalendar) -> None:
    years = sorted(calendar.editions) or [2000, 2040]
    first, last = date(years[0] - 2, 1, 1), date(years[-1] + 6, 12, 31)
    for edge in (first, last):
        around = [edge + timedelta(days=n) for n in range(-6, 7)]
        for at, after in enumerate(around):
            worked = [on for on in around[at + 1 :] if calendar.is_workday(on)]
            for nth, on in enumerate(worked, start=1):
                assert calendar.nth_workday(after, nth) == on
                assert calendar.count(after, on) == nth
    assert calendar.count(first - timedelta(days=400), last + timedelta(days=400)) == sum(
        calendar.is_workday(first + timedelta(days=n)) for n in range(-399, (last - first).days + 401)
    )


def test_far_from_the_prepared_years_the_nth_day_is_found_by_walking_too() -> None:
    for start in (date(1850, 12, 20), date(2150, 12, 20), date(2150, 1, 1), date(9998, 12, 31)):
        on, worked = start, []
        while len(worked) < 300 and on < date.max:
            on += timedelta(days=1)
            if CALENDAR.is_workday(on):
                worked.append(on)
        assert [CALENDAR.nth_workday(start, n) for n in range(1, len(worked) + 1)] == worked


def test_the_ends_of_time_have_answers() -> None:
    assert CALENDAR.nth_workday(date.min, 20) == date(1, 1, 29)
    assert CALENDAR.nth_workday(date.max, 1) == date(9999, 12, 31)
    assert CALENDAR.nth_workday(date(2026, 1, 1), 10**40) == date(9999, 12, 31)
    assert CALENDAR.count(date.min, date.max) > 2_500_000
    assert CALENDAR.workdays_before(date.min, 5) == CALENDAR.workday_on_or_before(date.min) == date.min
    assert CALENDAR.day_note(date.max).kind is DayKind.WORKDAY


def test_a_later_edition_of_a_year_takes_the_place_of_the_earlier() -> None:
    first = YearEdition(2027, (SpecialDay(date(2027, 3, 1), False, "甲"),))
    second = YearEdition(2027, (SpecialDay(date(2027, 3, 2), False, "乙"),))
    calendar = WorkCalendar([first, second], 2)
    assert calendar.is_workday(date(2027, 3, 1)) and not calendar.is_workday(date(2027, 3, 2))
    assert calendar.is_workday(date(2027, 2, 5)), (
        "a loaded year is what its notice says, not what the law alone says"
    )


any_day = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)) | st.dates(
    max_value=date(9998, 1, 1)
)


@given(any_day, st.integers(1, 60))
def test_nth_workday_and_count_agree(after: date, n: int) -> None:
    nth = CALENDAR.nth_workday(after, n)
    assert CALENDAR.is_workday(nth)
    assert CALENDAR.count(after, nth) == n
    assert CALENDAR.workdays_before(nth, n) <= after or not CALENDAR.is_workday(after)


@given(any_day, st.integers(0, 900))
def test_count_equals_walking(after: date, days: int) -> None:
    through = after + timedelta(days=days)
    walked = sum(CALENDAR.is_workday(after + timedelta(days=d)) for d in range(1, days + 1))
    assert CALENDAR.count(after, through) == walked
