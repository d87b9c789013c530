"""Every clock of one case, computed from its log by the rules and limits that hold for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockReading, clocks_of
from tracker.domain.case_log import LogEntry
from tracker.models import Case
from tracker.queries.calendars import calendar_at


def case_clocks(
    session: Session, case: Case, log: Sequence[LogEntry], calendar: WorkCalendar, today: date
) -> list[ClockReading]:
    """The clocks of a case that has been fetched and authorised already."""
    return clocks_of(
        log,
        calendar,
        today,
        calendars=lambda version: calendar_at(session, version),
        thresholds=case.organ.thresholds,
        internal=None if case.historic and case.handler_id is None else case.organ.internal_limits,
    )
