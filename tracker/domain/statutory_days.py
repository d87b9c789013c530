"""全国年节及纪念日放假办法: days that are off by law alone, before (or without) a yearly notice.

Only what is certain is listed. Make-up days and bridges exist only by notice, so a year known from this module alone
gives provisional dates. A day of law falling on a weekend moves nothing here: when it is taken is for the notice.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from tracker.domain.vocabulary import N_

_LUNAR: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
}
"""正月初一, 端午, 中秋 by year, checked against the new moons at 120° E."""

HOLIDAY_NAMES = (
    N_("元旦"),
    N_("春节"),
    N_("清明节"),
    N_("劳动节"),
    N_("端午节"),
    N_("中秋节"),
    N_("国庆节"),
    N_("国庆节、中秋节"),
    N_("中秋节、国庆节"),
)
"""Names as the notices write them; a loaded file may hold others, which stay as they are."""

_AMENDED_FROM = 2025
"""The 2024 text, in force from 1 January 2025, added 除夕 and 2 May."""


@lru_cache(maxsize=64)
def statutory_days(year: int) -> dict[date, str]:
    """Days off by law in a year, with their names; without the lunar festivals where their dates are not tabled."""
    days = {date(year, 1, 1): "元旦", date(year, 5, 1): "劳动节"}
    if year >= _AMENDED_FROM:
        days[date(year, 5, 2)] = "劳动节"
    qingming = qingming_of(year)
    if qingming is not None:
        days[qingming] = "清明节"
    for day in (1, 2, 3):
        days[date(year, 10, day)] = "国庆节"
    if year in _LUNAR:
        days.update(_lunar_days(year))
    return days


def qingming_of(year: int) -> date | None:
    """The day of 清明 (solar longitude 15°) in this century; None outside it."""
    if not 2000 <= year <= 2099:
        return None
    last_two = year % 100
    return date(year, 4, int(last_two * 0.2422 + 4.81) - last_two // 4)


def _lunar_days(year: int) -> dict[date, str]:
    spring, dragon_boat, mid_autumn = (date(year, month, day) for month, day in _LUNAR[year])
    days = {spring + timedelta(days=offset): "春节" for offset in (-1, 0, 1, 2)}
    days[dragon_boat] = "端午节"
    days[mid_autumn] = "中秋节"
    return days
