"""Running clocks whose date another calendar moves, read in chunks so that memory stays flat.

What it gives is number, organ and dates of a case, nothing of the request: that much whoever keeps or confirms a
calendar must see to answer for it, although administrators open no case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.calendar_changes import ClockMove, clock_moves, first_difference
from tracker.domain.errors import Forbidden
from tracker.domain.permissions import Permission
from tracker.domain.urgency import Thresholds
from tracker.domain.vocabulary import N_
from tracker.models import Case, Clock, Organ
from tracker.queries.calendars import calendar_at
from tracker.queries.case_conditions import answers_challenge
from tracker.queries.case_log import read_logs

CHUNK = 500


@dataclass(frozen=True, slots=True)
class MovedClock:
    """One clock that moves, and the case it belongs to. ``thresholds`` are those of the organ's lights."""

    case_id: int
    number: str
    organ_id: int
    organ: str
    thresholds: Thresholds
    move: ClockMove


def list_moves(
    session: Session, actor: Actor, old: WorkCalendar, new: WorkCalendar, today: date
) -> list[MovedClock]:
    """Every running clock that moves: dates that move before those that only become certain, most earlier first.
    Raises ``Forbidden`` for a person who may neither keep nor confirm calendars."""
    if not (
        actor.may_somewhere(Permission.CALENDAR_MANAGE) or actor.may_somewhere(Permission.CALENDAR_CONFIRM)
    ):
        raise Forbidden(N_("只有管理员和督查可以查看日历变动影响的期限。"))
    found = iter_moves(session, old, new, today)
    return sorted(found, key=lambda m: (not m.move.date_moves, m.move.shift, m.organ_id, m.number))


def iter_moves(session: Session, old: WorkCalendar, new: WorkCalendar, today: date) -> Iterator[MovedClock]:
    """The same in the order of cases, one chunk at a time: two statements for each five hundred cases."""
    since = first_difference(old, new)
    if since is None:
        return
    kept = _Kept(session)
    for chunk in _chunks(session, since):
        logs = read_logs(session, [row.id for row in chunk])
        for row in chunk:
            for move in clock_moves(logs[row.id], old, new, today, calendars=kept):
                limits = Thresholds(row.yellow_days, row.orange_days)
                yield MovedClock(row.id, row.number, row.organ_id, row.name, limits, move)


class _Kept:
    """Calendars of runs that have stopped, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, WorkCalendar] = {}

    def __call__(self, version: int) -> WorkCalendar:
        if version not in self._known:
            self._known[version] = calendar_at(self._session, version)
        return self._known[version]


def _chunks(session: Session, since: date) -> Iterator[Sequence[Any]]:
    """Running cases with a clock that waits or is due on or after the first day that counts otherwise."""
    touched = select(Clock.case_id).where(
        Clock.current.is_(True), or_(Clock.due_on >= since, Clock.due_on.is_(None))
    )
    last = 0
    while True:
        chunk = session.execute(
            select(Case.id, Case.number, Case.organ_id, Organ.name, Organ.yellow_days, Organ.orange_days)
            .join(Organ, Organ.id == Case.organ_id)
            .where(Case.id > last, or_(Case.stopped_on.is_(None), answers_challenge()), Case.id.in_(touched))
            .order_by(Case.id)
            .limit(CHUNK)
        ).all()
        if not chunk:
            return
        yield chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].id
