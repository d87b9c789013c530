from __future__ import annotations

import pytest

from tests.domain.logs import CALENDAR, day, read
from tracker.domain.urgency import (
    URGENCY_NAMES,
    URGENCY_ORDER,
    URGENCY_SHAPES,
    Thresholds,
    Urgency,
    first_alert_on,
    internal_limit_on,
    remaining_on,
    urgency_of,
    urgency_on,
)

R = "received 2025-03-03"
DUE = day("2025-03-31")


@pytest.mark.parametrize(
    ("today", "left", "light"),
    [
        ("2025-03-21", 6, "green"),
        ("2025-03-24", 5, "yellow"),
        ("2025-03-26", 3, "yellow"),
        ("2025-03-27", 2, "orange"),
        ("2025-03-31", 0, "orange"),
        ("2025-04-01", -1, "red"),
    ],
)
def test_lights(today: str, left: int, light: str) -> None:
    reading = read(R, today=today)
    assert (reading.remaining, urgency_of(reading)) == (left, light)
    assert remaining_on(DUE, day(today), CALENDAR) == left
    assert urgency_on(DUE, day(today), CALENDAR) == light


def test_thresholds_of_an_organ() -> None:
    reading = read(R, today="2025-03-21")
    assert urgency_of(reading, Thresholds(yellow=8, orange=3)) == "yellow"
    assert urgency_of(reading, Thresholds(yellow=8, orange=6)) == "orange"


def test_grey_while_the_clock_stands_still_and_no_light_once_it_has_stopped() -> None:
    assert urgency_of(read(R, "suspended 2025-03-06 cause=third_party", today="2025-03-10")) is Urgency.GREY
    assert urgency_of(read(R, "correction_requested 2025-03-06", today="2025-03-10")) is Urgency.GREY
    assert urgency_of(read(R, "dispatched 2025-03-06 by=post", today="2025-03-10")) is None
    assert urgency_on(None, day("2025-03-10"), CALENDAR) is Urgency.GREY


def test_a_provisional_date_is_treated_as_five_working_days_earlier() -> None:
    reading = read("received 2026-12-04", today="2026-12-21")
    assert (reading.provisional, reading.remaining) == (True, 9)
    assert urgency_of(reading) is Urgency.YELLOW
    assert reading.due_on is not None
    assert urgency_on(reading.due_on, day("2026-12-21"), CALENDAR, provisional=True) is Urgency.YELLOW
    earlier = first_alert_on(reading.due_on, CALENDAR, provisional=True)
    assert CALENDAR.count(earlier, first_alert_on(reading.due_on, CALENDAR)) == 5


def test_a_provisional_date_is_not_overdue_before_its_day() -> None:
    assert urgency_on(day("2027-01-05"), day("2027-01-05"), CALENDAR, provisional=True) is Urgency.ORANGE


def test_the_internal_posting_date_lies_two_working_days_before() -> None:
    assert internal_limit_on(day("2026-10-08"), 2, CALENDAR) == day("2026-09-29")


def test_each_light_has_name_shape_and_place() -> None:
    assert set(URGENCY_NAMES) == set(URGENCY_SHAPES) == set(URGENCY_ORDER) == set(Urgency)
    assert [URGENCY_NAMES[u] for u in URGENCY_ORDER] == ["超期", "紧急", "临期", "正常", "中止"]
    assert len(set(URGENCY_SHAPES.values())) == 5
