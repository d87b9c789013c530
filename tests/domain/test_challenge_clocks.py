"""《行政复议法》第四十八条、第五十四条，《行政诉讼法》第六十七条: the organ's periods as respondent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.case_clocks import ClockKind, ClockReading, clocks_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.challenges import ANSWER_CLOCKS
from tracker.domain.clock_sheet import clock_part, clock_reasons
from tracker.domain.periods import last_day
from tracker.domain.reading import ClockState
from tracker.domain.statute import RuleKey

R = "received 2025-03-03"
POSTED = "dispatched 2025-03-20 by=post"


def challenged(
    on: date, kind: str = "reconsideration", *, number: int = 1, simplified: bool = False
) -> LogEntry:
    details = {"challenge_id": number, "kind": kind, "simplified": simplified}
    return LogEntry(EntryType.CHALLENGED, on, details=details)


def about(kind: EntryType, on: date, number: int = 1) -> LogEntry:
    return LogEntry(kind, on, details={"challenge_id": number})


def clocks(*entries: LogEntry, replied: bool = True) -> list[ClockReading]:
    begun = log(R, POSTED) if replied else log(R)
    numbered = [replace(e, seq=len(begun) + n) for n, e in enumerate(entries, start=1)]
    return [c for c in clocks_of([*begun, *numbered], CALENDAR) if c.kind in ANSWER_CLOCKS]


@pytest.mark.parametrize(
    ("kind", "simplified", "clock_kind", "due"),
    [
        ("reconsideration", False, ClockKind.RECONSIDERATION_ANSWER, "2025-04-22"),
        ("reconsideration", True, ClockKind.RECONSIDERATION_ANSWER_SIMPLE, "2025-04-15"),
        ("direct_suit", False, ClockKind.LITIGATION_ANSWER, "2025-04-23"),
        ("suit_after_reconsideration", False, ClockKind.LITIGATION_ANSWER, "2025-04-23"),
    ],
)
def test_the_period_follows_from_the_kind(
    kind: str, simplified: bool, clock_kind: ClockKind, due: str
) -> None:
    [clock] = clocks(challenged(day("2025-04-08"), kind, simplified=simplified))
    assert (clock.kind, clock.due_on, clock.ref) == (clock_kind, day(due), "1")
    assert (clock.state, clock.current) == (ClockState.RUNNING, True)


def test_fifteen_days_of_a_court_that_end_on_a_day_off_end_on_the_next_working_day() -> None:
    """From 17 April the 15th day is 2 May 2025, within the holiday of 1 to 5 May."""
    [clock] = clocks(challenged(day("2025-04-17"), "direct_suit"))
    assert clock.due_on == day("2025-05-06")
    assert any("逐日计算" in str(reason) for reason in clock_reasons(clock))
    shown = clock_part(clock, CALENDAR, day("2025-04-18"))
    assert shown is not None


@pytest.mark.parametrize(("answered", "on_time"), [("2025-04-22", True), ("2025-04-23", False)])
def test_the_answer_is_judged_by_its_day(answered: str, on_time: bool) -> None:
    [clock] = clocks(challenged(day("2025-04-08")), about(EntryType.CHALLENGE_ANSWERED, day(answered)))
    assert (clock.stopped_on, clock.on_time, clock.next_alert_on) == (day(answered), on_time, None)


@pytest.mark.parametrize(("closed", "on_time"), [("2025-04-22", None), ("2025-04-23", False)])
def test_one_that_ended_without_an_answer_is_late_only_after_its_period(
    closed: str, on_time: bool | None
) -> None:
    [clock] = clocks(challenged(day("2025-04-08")), about(EntryType.CHALLENGE_CLOSED, day(closed)))
    assert (clock.stopped_on, clock.on_time) == (day(closed), on_time)


def test_the_result_does_not_move_the_day_of_the_answer() -> None:
    [clock] = clocks(
        challenged(day("2025-04-08")),
        about(EntryType.CHALLENGE_CLOSED, day("2025-06-03")),
        about(EntryType.CHALLENGE_ANSWERED, day("2025-04-15")),
    )
    assert (clock.stopped_on, clock.on_time) == (day("2025-04-15"), True)


def test_each_challenge_has_its_own_clock_and_an_open_request_may_be_challenged() -> None:
    both = clocks(
        challenged(day("2025-04-08"), number=1),
        challenged(day("2025-04-10"), "direct_suit", number=2),
        about(EntryType.CHALLENGE_ANSWERED, day("2025-04-11"), 1),
        replied=False,
    )
    assert [(c.ref, c.current) for c in both] == [("1", False), ("2", True)]


def test_one_recorded_by_mistake_has_no_clock() -> None:
    void = LogEntry(EntryType.FACT_CORRECTED, day("2025-04-09"), details={"seq": 3, "void": True})
    assert clocks(challenged(day("2025-04-08")), void) == []


@given(st.integers(0, 400), st.sampled_from([False, True]))
def test_the_days_are_those_of_the_calculator(offset: int, simplified: bool) -> None:
    on = day("2025-04-01") + timedelta(days=offset)
    [clock] = clocks(challenged(on, simplified=simplified))
    key = RuleKey.RECONSIDERATION_ANSWER_SIMPLE if simplified else RuleKey.RECONSIDERATION_ANSWER
    assert clock.due_on == last_day(key, on, CALENDAR)
