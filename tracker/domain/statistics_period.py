"""统计分析的期间: a year, quarter or month, any days from–to, or one that moves with today (本年, 上季度)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.domain.vocabulary import N_

_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""The days a period may begin and end on."""


class Relative(StrEnum):
    """A period told by today, so that what is saved speaks of the present whenever it is opened."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    TWELVE_MONTHS = "twelve_months"


RELATIVE_NAMES: dict[Relative, str] = {
    Relative.THIS_YEAR: N_("本年"),
    Relative.LAST_YEAR: N_("上年"),
    Relative.THIS_QUARTER: N_("本季度"),
    Relative.LAST_QUARTER: N_("上季度"),
    Relative.THIS_MONTH: N_("本月"),
    Relative.LAST_MONTH: N_("上月"),
    Relative.TWELVE_MONTHS: N_("近十二个月"),
}


@dataclass(frozen=True, slots=True)
class DayRange:
    """Both days included. Raises ``ValueError`` where it ends before it begins or lies outside this century."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first_on <= self.last_on <= LATEST:
            raise ValueError("a period ends no earlier than it begins, within 2000 to 2099")

    def __str__(self) -> str:
        """2026-01-15..2026-03-31: how addresses write it."""
        return f"{self.first_on.isoformat()}..{self.last_on.isoformat()}"


Settled = ReportingPeriod | DayRange
Asked = Settled | Relative


def read_asked(text: str) -> Asked | None:
    """The period an address names; None when it names none."""
    if text in set(Relative):
        return Relative(text)
    return read_settled(text)


def read_settled(text: str) -> Settled | None:
    """As ``read_asked``, of fixed days alone."""
    found = _DAYS.fullmatch(text)
    if found is None:
        return read_period(text)
    try:
        return DayRange(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except ValueError:
        return None


def settle(asked: Asked, today: date) -> Settled:
    """The days meant, seen from today."""
    if not isinstance(asked, Relative):
        return asked
    year, month = today.year, today.month
    quarter = (month + 2) // 3
    settled: dict[Relative, Settled] = {
        Relative.THIS_YEAR: ReportingPeriod(year),
        Relative.LAST_YEAR: ReportingPeriod(year - 1),
        Relative.THIS_QUARTER: ReportingPeriod(year, quarter=quarter),
        Relative.LAST_QUARTER: quarter_before(year, quarter),
        Relative.THIS_MONTH: ReportingPeriod(year, month=month),
        Relative.LAST_MONTH: month_before(year, month),
        Relative.TWELVE_MONTHS: DayRange(
            date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1),
            ReportingPeriod(year, month=month).last_on,
        ),
    }
    return settled[asked]


def quarter_before(year: int, quarter: int) -> ReportingPeriod:
    """The quarter that precedes."""
    return ReportingPeriod(year, quarter=quarter - 1) if quarter > 1 else ReportingPeriod(year - 1, quarter=4)


def month_before(year: int, month: int) -> ReportingPeriod:
    """The month that precedes."""
    return ReportingPeriod(year, month=month - 1) if month > 1 else ReportingPeriod(year - 1, month=12)
