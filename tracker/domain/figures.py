"""Statistics of supervision: rates, medians and percentiles of small whole numbers, each defined once.

**Days used** (办理用时) are the working days the reply clock had counted when it stopped: from the day after receipt
(or after the correction or payment that began the run) to the day of dispatch, without the days on which it stood
still.

**On-time rate** (按期答复率) is the share of requests answered in time among those answered; requests withdrawn or
abandoned have no answer and count in neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

Distribution = Mapping[int, int]
"""Value → how often it occurs."""


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How requests were answered: how many, how many of them in time, and in how many days (by value)."""

    answered: int = 0
    on_time: int = 0
    days: tuple[tuple[int, int], ...] = ()

    @property
    def late(self) -> int:
        """Answered after the due date."""
        return self.answered - self.on_time

    @property
    def rate(self) -> Fraction | None:
        """按期答复率; None when nothing was answered."""
        return rate(self.on_time, self.answered)

    @property
    def median(self) -> Fraction | None:
        """Median of the days used."""
        return median(dict(self.days))

    @property
    def ninetieth(self) -> int | None:
        """90th percentile of the days used."""
        return percentile(dict(self.days), 90)


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """So many requests answered in time (or late) after so many days; ``days`` is None where that is not known."""

    on_time: bool
    days: int | None
    count: int


def timeliness(counts: Iterable[AnswerCount]) -> Timeliness:
    """Sum up."""
    answered = on_time = 0
    days: dict[int, int] = {}
    for each in counts:
        answered += each.count
        on_time += each.count if each.on_time else 0
        if each.days is not None:
            days[each.days] = days.get(each.days, 0) + each.count
    return Timeliness(answered, on_time, tuple(sorted(days.items())))


def rate(part: int, whole: int) -> Fraction | None:
    """A share; None of nothing."""
    return Fraction(part, whole) if whole else None


def percent_tenths(share: Fraction) -> int:
    """A share in tenths of a per cent, rounded down: 100.0 % is said only where nothing is missing."""
    return floor(share * 1000)


def median(values: Distribution) -> Fraction | None:
    """The middle value; of an even number the mean of the two in the middle. None of nothing."""
    total = sum(values.values())
    if not total:
        return None
    return Fraction(_at(values, (total + 1) // 2) + _at(values, total // 2 + 1), 2)


def percentile(values: Distribution, share: int) -> int | None:
    """The smallest value that at least ``share`` per cent do not exceed (nearest rank), so that it is a number of
    days that really occurred. None of nothing."""
    total = sum(values.values())
    return _at(values, max(1, ceil(Fraction(share * total, 100)))) if total else None


def _at(values: Distribution, rank: int) -> int:
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= rank:
            return value
    raise ValueError(f"no value of rank {rank}")


def four_weeks(today: date) -> Sequence[Sequence[date]]:
    """The week of today and the three that follow, each from Monday."""
    monday = today.toordinal() - today.weekday()
    return [[date.fromordinal(monday + 7 * week + day) for day in range(7)] for week in range(4)]
