"""Days as months of weeks from Monday to Sunday: the shape of every calendar on a page or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from tracker.domain.vocabulary import N_

WEEKDAY_HEADS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))


class Dated(Protocol):
    """Anything that is about one day."""

    @property
    def on(self) -> date: ...


Day = TypeVar("Day", bound=Dated)


@dataclass(frozen=True, slots=True)
class GridCell(Generic[Day]):
    """One place of a month: a date of that month, and what is known of it; None outside the days shown."""

    on: date
    day: Day | None


@dataclass(frozen=True, slots=True)
class MonthGrid(Generic[Day]):
    """One month: weeks of seven places each; None where another month begins or ends."""

    year: int
    number: int
    weeks: tuple[tuple[GridCell[Day] | None, ...], ...]

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return last_of_month(self.year, self.number)

    @property
    def heads(self) -> tuple[str, ...]:
        """Heads of the seven columns."""
        return WEEKDAY_HEADS


def last_of_month(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if number == 12 else date(year, number + 1, 1) - timedelta(days=1)


def months_of(days: Sequence[Day]) -> tuple[MonthGrid[Day], ...]:
    """The months the days lie in, in their order; months without any of the days are left out."""
    months: dict[tuple[int, int], dict[date, Day]] = {}
    for day in days:
        months.setdefault((day.on.year, day.on.month), {})[day.on] = day
    return tuple(_month(year, number, known) for (year, number), known in months.items())


def _month(year: int, number: int, known: dict[date, Day]) -> MonthGrid[Day]:
    first = date(year, number, 1)
    places: list[GridCell[Day] | None] = [None] * first.weekday()
    for offset in range(last_of_month(year, number).day):
        on = first + timedelta(days=offset)
        places.append(GridCell(on, known.get(on)))
    places += [None] * (-len(places) % 7)
    weeks = tuple(tuple(places[at : at + 7]) for at in range(0, len(places), 7))
    return MonthGrid(year, number, weeks)
