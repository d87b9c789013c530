"""The figures of one board together: read once, summed as the page asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.figures import Timeliness, four_weeks, timeliness
from tracker.domain.reporting_period import MONTHS, ReportingPeriod
from tracker.domain.stages import Stage
from tracker.queries.case_conditions import Due
from tracker.queries.chases import ChaseRow, list_chases
from tracker.queries.supervision import (
    BANDS,
    Answers,
    Holder,
    MonthCount,
    OpenCount,
    ReturnCount,
    count_answered,
    count_due_by_day,
    count_open,
    count_received,
    count_returned,
    list_organs_watched,
    longest_holders,
)

YEARS = 5


@dataclass(frozen=True, slots=True)
class Board:
    """What stands open is of today, whatever the period; what was received, answered and returned is of the period.

    ``organs``: (id, code, name). Without an organ, sums are those of everything on the board.
    """

    period: ReportingPeriod
    today: date
    organs: Sequence[tuple[int, str, str]]
    open_counts: Sequence[OpenCount]
    received_counts: Sequence[MonthCount]
    answers: Sequence[Answers]
    returns: Sequence[ReturnCount]
    due_days: dict[date, int]
    holders: Sequence[Holder]
    chases: Sequence[ChaseRow]

    def in_hand(
        self, organ_id: int | None = None, *, stage: Stage | None = None, due: Due | None = None
    ) -> int:
        """在办."""
        places = [BANDS.index(due)] if due else range(len(BANDS))
        return sum(
            each.bands[place]
            for each in self.open_counts
            if organ_id in (None, each.organ_id) and stage in (None, each.stage)
            for place in places
        )

    def received(self, organ_id: int | None = None, months: Collection[int] | None = None) -> int:
        """收到 in the period, or in other months of its year."""
        wanted = self.period.months if months is None else months
        return sum(
            each.count
            for each in self.received_counts
            if organ_id in (None, each.organ_id) and each.month in wanted
        )

    def answered(self, organ_id: int | None = None, months: Collection[int] | None = None) -> Timeliness:
        """答复 in the period, or in other months of its year."""
        wanted = self.period.months if months is None else months
        return timeliness(
            each.counts for each in self.answers if organ_id in (None, each.organ_id) and each.month in wanted
        )

    def answered_in_year(self, year: int) -> Timeliness:
        """答复 in one of the last years."""
        return timeliness(each.counts for each in self.answers if each.year == year)

    def returned(self, organ_id: int | None = None) -> int:
        """Cases of which a draft was returned in the period."""
        return sum(each.cases for each in self.returns if organ_id in (None, each.organ_id))

    def returns_in_all(self) -> int:
        """How often drafts were returned in the period."""
        return sum(each.times for each in self.returns)

    @property
    def months_shown(self) -> list[int]:
        """The months of the period's year that have begun."""
        if self.period.year == self.today.year:
            return list(range(1, self.today.month + 1))
        return list(MONTHS) if self.period.year < self.today.year else []


def read_board(
    session: Session,
    actor: Actor,
    organ_id: int | None,
    period: ReportingPeriod,
    calendar: WorkCalendar,
    today: date,
) -> Board:
    """The board of the district, or of one organ."""
    days = [day for week in four_weeks(today) for day in week]
    years = range(today.year - YEARS + 1, today.year + 1)
    return Board(
        period=period,
        today=today,
        organs=list_organs_watched(session, organ_id),
        open_counts=count_open(session, actor, organ_id, calendar, today),
        received_counts=count_received(session, actor, organ_id, period),
        answers=count_answered(session, actor, organ_id, period, years),
        returns=count_returned(session, actor, organ_id, period),
        due_days=count_due_by_day(session, actor, organ_id, days[0], days[-1]),
        holders=longest_holders(session, actor, organ_id, calendar, today),
        chases=list_chases(session, actor, organ_id, period),
    )
