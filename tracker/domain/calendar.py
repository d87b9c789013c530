"""工作日历: which days are working days, why not, and on whose authority.

A working day is Monday to Friday less the days off of the State Council's yearly notice, plus its make-up working days
(调休). A year without a notice is computed with weekends and the days of law, and everything that touches it is
provisional.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.statutory_days import statutory_days
from tracker.domain.year_edition import SpecialDay, YearEdition

_FIRST = date.min.toordinal()
_LAST = date.max.toordinal()
_YEARS_BEFORE, _YEARS_AFTER = 2, 6
_NEVER_MORE = 3_700_000
"""More working days than there are days between the years 1 and 9999."""


class DayKind(StrEnum):
    """What a day is in the working-day calendar."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayNote:
    """What a day is and why: ``name`` of the holiday or of the holiday it makes up for, ``notice`` the number of the
    notice that says so (None: a plain day, a day of law, or a notice whose number is not verified). ``by_law``: off by
    law, in a year whose notice is not loaded."""

    kind: DayKind
    name: str | None = None
    notice: str | None = None
    by_law: bool = False


class WorkCalendar:
    """All loaded years as one calendar. Immutable; a new notice makes a new calendar with a higher ``version``.

    Counting costs two look-ups in the years around the loaded ones, a logarithm elsewhere; any date from year 1 to
    9999 gets an answer. Results beyond 9999 are its last working day.
    """

    __slots__ = ("_base", "_counts", "_cumulated", "_end", "_special", "_workdays", "editions", "version")

    def __init__(self, editions: Iterable[YearEdition], version: int = 0) -> None:
        """``editions``: one a year; where a year comes twice the later one counts. A notice may also speak of the
        last days of the year before its own."""
        self.version = version
        self.editions: Mapping[int, YearEdition] = {e.year: e for e in editions}
        self._special: dict[int, tuple[SpecialDay, YearEdition]] = {}
        for year in sorted(self.editions):
            for special in self.editions[year].days:
                self._special[special.day.toordinal()] = (special, self.editions[year])
        first = max(min(self.editions, default=2000) - _YEARS_BEFORE, 1)
        last = min(max(self.editions, default=2040) + _YEARS_AFTER, 9998)
        self._base = date(first, 1, 1).toordinal()
        self._end = date(last, 12, 31).toordinal()
        self._workdays: list[date] = []
        self._counts: list[int] = []
        for ordinal in range(self._base, self._end + 1):
            if self._works(ordinal):
                self._workdays.append(date.fromordinal(ordinal))
            self._counts.append(len(self._workdays))
        self._cumulated: list[int] | None = None

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        return self._works(day.toordinal())

    def is_covered(self, year: int) -> bool:
        """Whether a notice for the year is loaded."""
        return year in self.editions

    def covers(self, after: date, through: date) -> bool:
        """Whether every day d with after < d <= through lies in a loaded year."""
        first, last = after.year, through.year
        if first == last:
            return first in self.editions
        if (after.month, after.day) == (12, 31) and first < last:
            first += 1
        return all(map(self.editions.__contains__, range(min(first, last), last + 1)))

    @property
    def covered_until(self) -> date | None:
        """The last day of the unbroken row of loaded years that ends with the newest; None when nothing is loaded."""
        return date(max(self.editions), 12, 31) if self.editions else None

    def count(self, after: date, through: date) -> int:
        """Working days d with after < d <= through; 0 when through is not later."""
        a, b = after.toordinal(), through.toordinal()
        if b <= a:
            return 0
        base = self._base
        if a >= base and b <= self._end:
            return self._counts[b - base] - self._counts[a - base]
        return self._rank(b) - self._rank(a)

    def nth_workday(self, after: date, n: int) -> date:
        """The n-th working day after a day (the day itself is not counted; n at least 1)."""
        offset = after.toordinal() - self._base
        if offset >= 0:
            try:
                return self._workdays[self._counts[offset] + n - 1]
            except IndexError:
                pass
        return self._nth_far(after, n)

    def next_workday(self, day: date) -> date:
        """The first working day later than this one."""
        return self.nth_workday(day, 1)

    def workday_on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        ordinal = day.toordinal()
        while ordinal > _FIRST and not self._works(ordinal):
            ordinal -= 1
        return date.fromordinal(ordinal)

    def workdays_before(self, day: date, n: int) -> date:
        """The working day that lies n working days before a working day; the first of all days at the beginning."""
        ordinal = day.toordinal()
        while n > 0 and ordinal > _FIRST:
            ordinal -= 1
            n -= self._works(ordinal)
        return date.fromordinal(ordinal)

    def day_note(self, day: date) -> DayNote:
        """Kind, name and authority of one day."""
        known = self._special.get(day.toordinal())
        if known is not None:
            special, edition = known
            kind = DayKind.MAKE_UP if special.is_workday else DayKind.HOLIDAY
            return DayNote(kind, special.name, edition.notice_number)
        if not self.is_covered(day.year) and day in statutory_days(day.year):
            return DayNote(DayKind.HOLIDAY, statutory_days(day.year)[day], by_law=True)
        return DayNote(DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY)

    def _works(self, ordinal: int) -> bool:
        known = self._special.get(ordinal)
        if known is not None:
            return known[0].is_workday
        if (ordinal - 1) % 7 >= 5:
            return False
        day = date.fromordinal(ordinal)
        return day.year in self.editions or day not in statutory_days(day.year)

    def _nth_far(self, after: date, n: int) -> date:
        cumulated = self._by_year()
        target = self._rank(after.toordinal()) + min(n, _NEVER_MORE)
        if target > cumulated[-1]:
            return self.workday_on_or_before(date.max)
        year = bisect_left(cumulated, target)
        days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        return date.fromordinal(days[bisect_left(days, target, key=self._rank)])

    def _rank(self, ordinal: int) -> int:
        """Working days from the first of all days through this one."""
        year = date.fromordinal(ordinal).year
        return self._by_year()[year - 1] + self._in_year(year, ordinal)

    def _by_year(self) -> list[int]:
        """Working days through the end of each year; built once, and only for dates far from the loaded years."""
        if self._cumulated is None:
            cumulated = [0]
            for year in range(1, 10_000):
                cumulated.append(cumulated[-1] + self._in_year(year, date(year, 12, 31).toordinal()))
            self._cumulated = cumulated
        return self._cumulated

    def _in_year(self, year: int, through: int) -> int:
        """Working days of a year through a day of it."""
        before = date(year, 1, 1).toordinal() - 1
        if self._base <= before and through <= self._end:
            return self._counts[through - self._base] - self._counts[before - self._base]
        off = sum(day.weekday() < 5 and day.toordinal() <= through for day in statutory_days(year))
        return _weekdays_through(through) - _weekdays_through(before) - off


def _weekdays_through(ordinal: int) -> int:
    """Mondays to Fridays among the ordinals 1 to this one (ordinal 1 is a Monday)."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)
