"""What stands beside a log for lists, as values: worked out from a reading alone, whoever writes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_schedule import Timetable
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.challenges import ANSWER_CLOCKS
from tracker.domain.clock import ClockReading, InternalLimits, Reading, days_used_of
from tracker.domain.first_result import first_result_of
from tracker.domain.stages import standing_of
from tracker.models import Organ


def is_dormant(historic: bool, handler_id: int | None) -> bool:
    """Imported from a register and taken up by nobody: it has no internal limits, and nobody is recalled to it."""
    return historic and handler_id is None


def limits_for(organ: Organ, historic: bool, handler_id: int | None) -> InternalLimits | None:
    """The internal limits that a running case of the organ is worked by; none for one imported from a register that
    nobody has taken up."""
    return None if is_dormant(historic, handler_id) else organ.internal_limits


def standing_values(log: Sequence[LogEntry], reading: Reading) -> dict[str, Any]:
    """Columns of the case that follow from its log and the reading of it."""
    stage, since = standing_of(log)
    return {
        "stage": str(stage),
        "stage_since_on": since,
        "clock_state": str(reading.state),
        "stopped_on": reading.stopped_on,
        "on_time": reading.on_time,
        "days_used": days_used_of(reading),
        "run": reading.run,
    }


def breach_codes(reading: Reading) -> list[str]:
    """违法情形 of the log, each code once."""
    return sorted({str(breach.code) for breach in reading.breaches})


def first_result_values(
    log: Sequence[LogEntry], reading: Reading, outcome: str | None, kept: str | None = None
) -> dict[str, Any]:
    """The one result the annual table counts: the case's own outcome while no new reply was ordered, afterwards that
    of the log, or what was ``kept``."""
    result = first_result_of(reading, log)
    if result is None:
        first = None
    elif result.standing:
        first = outcome
    else:
        first = result.told or kept or outcome
    return {"first_result_on": result.on if result else None, "first_disposition": first}


def clock_values(reading: ClockReading) -> dict[str, Any]:
    """Columns of one clock but those that say which it is and when it next alerts."""
    return {
        "state": str(reading.state),
        "current": reading.current,
        "start_on": reading.start_on,
        "due_on": reading.due_on,
        "at_risk_on": reading.at_risk_on,
        "provisional": reading.provisional,
        "stopped_on": reading.stopped_on,
        "on_time": reading.on_time,
        "calendar_version": reading.calendar_version,
    }


def clock_key(reading: ClockReading) -> tuple[str, int, str]:
    """Which clock of its case it is: kind, run, ref."""
    return str(reading.kind), reading.run, reading.ref or ""


def is_recalled(reading: ClockReading, dormant: bool) -> bool:
    """Whether anybody is alerted of this clock; the organ's own periods as respondent wake a dormant case."""
    return (
        (not dormant or reading.kind in ANSWER_CLOCKS)
        and reading.next_alert_on is not None
        and reading.due_on is not None
    )


def first_alert_of(reading: ClockReading, calendar: WorkCalendar, policy: AlertPolicy) -> date | None:
    """The first day on which the organ wants to be alerted of a clock that is recalled."""
    assert reading.due_on is not None
    return Timetable(str(reading.kind), reading.due_on, reading.provisional, calendar, policy).first_on()
