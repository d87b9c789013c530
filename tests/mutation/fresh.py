"""A pytest plugin for the run on mutants: each is forked from one process that has already imported every test.

The calendar that the tests made when they were imported is made anew by each mutant, and a busy machine must not
count as a mutant that was noticed.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutation",
    deadline=None,
    derandomize=True,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="session", autouse=True)
def years_read_anew() -> None:
    """The shipped years, read by the code under mutation."""
    from tracker.adapters.shipped_calendars import shipped_editions

    shipped_editions.cache_clear()
    shipped_editions()


@pytest.fixture(autouse=True)
def calendar_made_anew(years_read_anew: None) -> None:
    """The calendar put together from them in the object that the tests hold; for each test, so that every one of them
    counts as a test of what makes a calendar."""
    from tests.domain.logs import CALENDAR
    from tracker.adapters.shipped_calendars import shipped_calendar, shipped_editions
    from tracker.domain.calendar import WorkCalendar
    from tracker.domain.statutory_days import statutory_days

    statutory_days.cache_clear()
    assert CALENDAR is shipped_calendar()
    WorkCalendar.__init__(CALENDAR, shipped_editions())
