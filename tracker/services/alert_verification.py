"""核对提醒: no running clock may wait for a later day than the one on which its next alert is owed.

``clocks.next_alert_on`` is no figure of law and may lie in the past until the next sweep looks; what would lose an
alert is a day too late, or none at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.alert_schedule import Timetable
from tracker.domain.challenges import ANSWER_CLOCKS
from tracker.domain.reading import ClockState
from tracker.models import Case, Clock, Organ
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar


def overlooked_alerts(session: Session, today: date) -> Iterator[tuple[int, str, str, date | None, date]]:
    """Case, number, clock, stored day and the latest day it should be, for every clock that would be told too late."""
    calendar = current_calendar(session)
    policies = policies_of(session, session.scalars(select(Organ.id)).all())
    alerted = or_(
        Case.historic.is_(False),
        Case.handler_id.is_not(None),
        Clock.kind.in_([str(kind) for kind in ANSWER_CLOCKS]),
    )
    rows = session.execute(
        select(
            Clock.case_id,
            Case.number,
            Clock.kind,
            Clock.run,
            Clock.ref,
            Clock.due_on,
            Clock.provisional,
            Clock.next_alert_on,
            Case.organ_id,
        )
        .join(Case, Case.id == Clock.case_id)
        .where(Clock.state == str(ClockState.RUNNING), Clock.current, Clock.due_on.is_not(None), alerted)
        .order_by(Clock.case_id, Clock.id)
        .execution_options(yield_per=500)
    )
    for row in rows:
        assert row.due_on is not None
        days = Timetable(row.kind, row.due_on, row.provisional, calendar, policies[row.organ_id])
        owed = days.next_after(today)
        if owed is not None and (row.next_alert_on is None or row.next_alert_on > owed):
            name = f"{row.kind} {row.run} {row.ref}".strip()
            yield row.case_id, row.number, name, row.next_alert_on, owed
