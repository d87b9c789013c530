"""Properties of the clock over random logs, and its agreement with the slow oracle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, codes
from tests.domain.strategies import likely_logs, stored_logs
from tests.oracle import simulation
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause, parse_entry
from tracker.domain.clock import InternalLimits, Reading, clocks_of, day_marks, find_refusal, fold, preview

TODAY = date(2026, 11, 23)


def entries(log: list[dict[str, Any]]) -> list[LogEntry]:
    return [parse_entry(raw, seq) for seq, raw in enumerate(log, start=1)]


def essence(reading: Reading) -> tuple[object, ...]:
    return (
        reading.state,
        reading.due_on,
        reading.at_risk_on,
        reading.used,
        reading.remaining,
        reading.limit,
        reading.on_time,
        reading.provisional,
        codes(reading),
        reading.run,
        reading.spans,
        [(r.day_zero_on, r.due_on, r.on_time) for r in reading.runs],
    )


@given(likely_logs())
def test_the_oracle_agrees(log: list[dict[str, Any]]) -> None:
    expected = simulation.live(log)
    reading = fold(entries(log), CALENDAR)
    assert (str(reading.state), reading.due_on, reading.on_time, set(codes(reading))) == (
        expected.state,
        expected.due_on,
        expected.on_time,
        expected.breaches,
    )


@given(likely_logs(), st.randoms(use_true_random=False))
def test_d43_the_order_of_recording_does_not_matter(log: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)
    assert essence(fold(entries(log), CALENDAR, TODAY)) == essence(fold(entries(shuffled), CALENDAR, TODAY))


@given(likely_logs())
def test_d43_a_log_replayed_at_once_equals_the_log_appended_entry_by_entry(log: list[dict[str, Any]]) -> None:
    grown: list[LogEntry] = []
    reading = fold(grown, CALENDAR, TODAY)
    for entry in entries(log):
        effect = preview(grown, entry, CALENDAR, TODAY)
        assert essence(effect.before) == essence(reading)
        grown.append(entry)
        reading = effect.after
    assert essence(reading) == essence(fold(entries(log), CALENDAR, TODAY))


@given(likely_logs(), st.integers(0, 40), st.integers(0, 40))
def test_no_suspension_shortens_a_period(log: list[dict[str, Any]], after: int, length: int) -> None:
    plain = fold(entries(log), CALENDAR)
    assume(plain.due_on is not None and plain.day_zero_on is not None and plain.stopped_on is None)
    assert plain.due_on is not None and plain.day_zero_on is not None
    start = plain.day_zero_on + timedelta(days=after)
    more = [
        *entries(log),
        LogEntry(EntryType.SUSPENDED, start, 98, cause=SuspensionCause.THIRD_PARTY, ref="z"),
        LogEntry(EntryType.RESUMED, start + timedelta(days=length), 99, ref="z"),
    ]
    longer = fold(more, CALENDAR)
    assume(longer.run == plain.run and codes(longer) == codes(plain))
    assert longer.due_on is not None and longer.due_on >= plain.due_on


@given(likely_logs())
def test_never_a_due_date_on_a_day_off(log: list[dict[str, Any]]) -> None:
    reading = fold(entries(log), CALENDAR)
    for run in reading.runs:
        assert run.due_on is None or CALENDAR.is_workday(run.due_on)
    for clock in clocks_of(entries(log), CALENDAR):
        assert clock.due_on is None or CALENDAR.is_workday(clock.due_on)


@given(stored_logs, st.none() | st.dates())
def test_the_fold_never_raises_on_any_stored_log(log: list[LogEntry], today: date | None) -> None:
    reading = fold(log, CALENDAR, today, steps=True, calendars=lambda _: CALENDAR)
    assert reading.due_on is None or CALENDAR.is_workday(reading.due_on)
    internal = InternalLimits()
    assert clocks_of(log, CALENDAR, today, calendars=lambda _: CALENDAR, internal=internal) is not None
    assert len(day_marks(log, CALENDAR, today)) <= 800
    refusal = find_refusal(log, today)
    assert refusal is None or refusal.code
    for step in reading.steps:
        assert step.template % step.params


@given(likely_logs(), st.dates(date(2019, 1, 2), date(2026, 12, 31)))
def test_used_and_remaining_add_up_to_the_limit(log: list[dict[str, Any]], today: date) -> None:
    reading = fold(entries(log), CALENDAR, today)
    if reading.due_on is None:
        assert reading.used is None and reading.remaining is None
    else:
        assert reading.used is not None and reading.remaining is not None and reading.limit is not None
        assert reading.used + reading.remaining == reading.limit
        if reading.stopped_on is None:
            assert (reading.remaining < 0) == (CALENDAR.count(reading.due_on, today) > 0)


@given(likely_logs())
def test_d22_overdue_begins_with_the_day_after_the_due_date_working_day_or_not(
    log: list[dict[str, Any]],
) -> None:
    due = fold(entries(log), CALENDAR).due_on
    assume(due is not None)
    assert due is not None
    on_the_day, after = (fold(entries(log), CALENDAR, due + timedelta(days=d)) for d in (0, 1))
    if on_the_day.stopped_on is None:
        assert (on_the_day.overdue, after.overdue) == (False, True)


@given(likely_logs())
def test_a_likely_log_is_not_refused(log: list[dict[str, Any]]) -> None:
    assert find_refusal(entries(log)) is None
