"""统计期间: the year, quarter or month that figures of supervision and assessment speak of."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

_WRITTEN = re.compile(r"(?P<year>20[0-9]{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
MONTHS = range(1, 13)
QUARTERS = range(1, 5)


class Days(Protocol):
    """Any run of days, both ends included: what conditions on cases ask of a period."""

    @property
    def first_on(self) -> date:
        """Its first day."""

    @property
    def last_on(self) -> date:
        """Its last day."""


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A whole year, or one quarter or one month of it; never both."""

    year: int
    quarter: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        """2026, 2026-Q4 or 2026-11: how addresses write it."""
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def name(self) -> TrackerError:
        """2026年, 2026年第四季度, 2026年11月."""
        if self.month:
            return TrackerError(N_("%(year)d年%(month)d月"), year=self.year, month=self.month)
        if self.quarter:
            return TrackerError(N_("%(year)d年第%(quarter)d季度"), year=self.year, quarter=self.quarter)
        return TrackerError(N_("%(year)d年"), year=self.year)

    @property
    def months(self) -> range:
        """The months that belong to it, 1 to 12."""
        if self.month:
            return range(self.month, self.month + 1)
        if self.quarter:
            return range(3 * self.quarter - 2, 3 * self.quarter + 1)
        return MONTHS

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, self.months[0], 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        return date(self.year, self.months[-1], monthrange(self.year, self.months[-1])[1])

    @property
    def whole_year(self) -> ReportingPeriod:
        """The year it lies in."""
        return ReportingPeriod(self.year)


def read_period(text: str) -> ReportingPeriod | None:
    """The period an address names; None when it names none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    quarter, month = found["quarter"], found["month"]
    return ReportingPeriod(
        int(found["year"]), int(quarter) if quarter else None, int(month) if month else None
    )


def last_ended(today: date) -> tuple[ReportingPeriod, ReportingPeriod, ReportingPeriod]:
    """The quarter, the month and the year that ended last before today."""
    month = today.replace(day=1) - timedelta(days=1)
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)
    return (
        ReportingPeriod(quarter.year, quarter=quarter.month // 3),
        ReportingPeriod(month.year, month=month.month),
        ReportingPeriod(today.year - 1),
    )
