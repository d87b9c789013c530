"""A plain period as months of numbered days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day
from tracker.domain.period_sheet import period_sheet
from tracker.domain.period_table import period_end
from tracker.domain.statute import RULES, RuleKey, Unit

TODAY = date(2026, 11, 23)
WITH_LENGTH = [key for key, rule in RULES.items() if rule.span is not None]


@given(st.dates(date(2019, 1, 1), date(2026, 6, 1)), st.sampled_from(WITH_LENGTH))
def test_numbers_run_to_the_last_day_by_counting(start: date, key: RuleKey) -> None:
    end = period_end(key, start, CALENDAR)
    part = period_sheet(end, CALENDAR, TODAY)
    numbered = [on for on in part.days if on.number is not None]
    assert [on.number for on in numbered] == list(range(1, len(numbered) + 1))
    assert numbered[-1].on == end.end.raw_on
    assert [on.on for on in part.days if on.is_due] == [end.end.due_on] == [part.days[-1].on]
    if RULES[key].unit is not Unit.MONTHS:
        assert len(numbered) == RULES[key].span


@pytest.mark.parametrize(("start", "carried"), [("2026-08-02", 7), ("2026-08-01", 0)])
def test_days_off_at_the_end_are_passed_over_without_a_number(start: str, carried: int) -> None:
    end = period_end(RuleKey.RECONSIDERATION_FILING, day(start), CALENDAR)
    after = [on for on in period_sheet(end, CALENDAR, TODAY).days if on.on > end.end.raw_on]
    assert len(after) == carried and all(on.number is None for on in after)


@pytest.mark.parametrize("start", [date.min, date.max])
def test_the_ends_of_time_have_one_too(start: date) -> None:
    for key in WITH_LENGTH:
        assert period_sheet(period_end(key, start, CALENDAR), CALENDAR, TODAY).days
