"""全国年节及纪念日放假办法 in years without a notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.logs import CALENDAR
from tracker.domain.statutory_days import qingming_of, statutory_days


def test_the_days_of_law_of_2027_with_their_names() -> None:
    assert statutory_days(2027) == {
        date(2027, 1, 1): "元旦",
        date(2027, 2, 5): "春节",
        date(2027, 2, 6): "春节",
        date(2027, 2, 7): "春节",
        date(2027, 2, 8): "春节",
        date(2027, 4, 5): "清明节",
        date(2027, 5, 1): "劳动节",
        date(2027, 5, 2): "劳动节",
        date(2027, 6, 9): "端午节",
        date(2027, 9, 15): "中秋节",
        date(2027, 10, 1): "国庆节",
        date(2027, 10, 2): "国庆节",
        date(2027, 10, 3): "国庆节",
    }


@pytest.mark.parametrize("year", range(2019, 2027))
def test_qingming_is_the_day_the_published_notices_name(year: int) -> None:
    day = qingming_of(year)
    assert day is not None
    named = {d.day for d in CALENDAR.editions[year].days if "清明" in d.name and not d.is_workday}
    assert day in named or day.weekday() >= 5


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1999, None),
        (2000, date(2000, 4, 4)),
        (2027, date(2027, 4, 5)),
        (2031, date(2031, 4, 5)),
        (2032, date(2032, 4, 4)),
        (2099, date(2099, 4, 4)),
        (2100, None),
    ],
)
def test_qingming_is_known_for_this_century_alone(year: int, day: date | None) -> None:
    assert qingming_of(year) == day


@pytest.mark.parametrize("year", range(2027, 2036))
def test_lunar_festivals_keep_their_distances(year: int) -> None:
    """A lunar month has 29 or 30 days: 端午 is the 5th of the 5th month, 中秋 the 15th of the 8th."""
    days = {name: [d for d, n in statutory_days(year).items() if n == name] for name in ("春节", "端午节")}
    first = sorted(days["春节"])[1]
    [boat] = days["端午节"]
    [moon] = [d for d, name in statutory_days(year).items() if name == "中秋节"] or [date(year, 10, 1)]
    months = (boat - first - timedelta(days=4)).days / 29.53
    assert abs(months - round(months)) < 0.06 and round(months) in (4, 5)
    months = (moon - boat - timedelta(days=10)).days / 29.53
    assert abs(months - round(months)) < 0.06 and round(months) in (3, 4)
