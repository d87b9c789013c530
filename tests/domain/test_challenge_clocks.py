"""《行政复议法》第四十八条、第五十四条，《行政诉讼法》第六十七条: the organ's periods as respondent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading, clocks_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.challenge_clocks import challenge_in
from tracker.domain.challenges import ANSWER_CLOCKS
from tracker.domain.clock_sheet import clock_part, clock_reasons
from tracker.domain.periods import last_day
from tracker.domain.reading import ClockState
from tracker.domain.statute import RuleKey
from tracker.domain.urgency import DEFAULT_THRESHOLDS, Thresholds
from tracker.domain.year_edition import SpecialDay, YearEdition

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


def test_an_answer_keeps_the_calendar_it_was_given_under() -> None:
    """A day off that was loaded only after the answer moves the due date of one still open, not of this one."""
    kept = WorkCalendar(CALENDAR.editions.values(), version=1)
    newly_off = YearEdition(2025, (*CALENDAR.editions[2025].days, SpecialDay(day("2025-04-14"), False, "")))
    newer = WorkCalendar([*CALENDAR.editions.values(), newly_off], version=2)
    begun = [*log(R, POSTED), replace(challenged(day("2025-04-08")), seq=3)]
    answered = replace(about(EntryType.CHALLENGE_ANSWERED, day("2025-04-22")), seq=4, calendar_version=1)

    def due_on(*entries: LogEntry) -> date | None:
        every = clocks_of([*begun, *entries], newer, calendars={1: kept, 2: newer}.__getitem__)
        [clock] = [c for c in every if c.kind in ANSWER_CLOCKS]
        return clock.due_on

    assert (due_on(), due_on(answered)) == (day("2025-04-23"), day("2025-04-22"))


def test_what_a_list_needs_of_an_open_challenge_and_of_one_answered() -> None:
    [running] = clocks(challenged(day("2025-04-08")))
    [stopped] = clocks(challenged(day("2025-04-08")), about(EntryType.CHALLENGE_ANSWERED, day("2025-04-15")))
    for clock in (running, stopped):
        assert (clock.run, clock.provisional, clock.calendar_version) == (1, False, CALENDAR.version)
    assert (running.state, running.next_alert_on) == (ClockState.RUNNING, day("2025-04-15"))
    assert (stopped.state, stopped.next_alert_on) == (ClockState.STOPPED, None)


def test_the_first_alert_follows_the_organ_and_comes_earlier_where_the_calendar_may_still_change() -> None:
    begun = [*log(R), replace(challenged(day("2025-04-08")), seq=2)]

    def first_alert(calendar: WorkCalendar, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> date | None:
        [clock] = [c for c in clocks_of(begun, calendar, thresholds=thresholds) if c.kind in ANSWER_CLOCKS]
        assert clock.provisional == (calendar is not CALENDAR)
        return clock.next_alert_on

    far = Thresholds(yellow=7)
    assert (first_alert(CALENDAR), first_alert(CALENDAR, far)) == (day("2025-04-15"), day("2025-04-11"))
    assert first_alert(WorkCalendar([])) == day("2025-04-08")


def test_only_a_number_names_a_challenge() -> None:
    assert [challenge_in({"challenge_id": given}) for given in (7, "7", None)] == [7, None, None]


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
