"""撤销本步: which steps, whose, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import fold
from tracker.domain.undoing import NOT_OF_THIS_KIND, NOT_THE_OWN, NOT_TODAYS, UNDOABLE, last_step, why_not

TODAY = date(2026, 11, 23)
ME, SOMEBODY = 7, 8


@pytest.mark.parametrize("kind", list(EntryType))
def test_only_a_record_alone_can_be_taken_back(kind: EntryType) -> None:
    fault = why_not(LogEntry(kind, TODAY, 3), TODAY, ME, actor_id=ME, today=TODAY)
    assert fault == (None if kind in UNDOABLE else NOT_OF_THIS_KIND)


def test_nothing_that_leaves_the_organ_or_carries_a_number_is_taken_back() -> None:
    kept = {"received", "registered", "correction_requested", "suspended", "extended", "fee_notified"}
    kept |= {"dispatched", "signed_off", "sealed", "archived", "ordered_anew", "notice_issued", "abandoned"}
    assert not {str(kind) for kind in UNDOABLE} & kept


@given(
    recorded=st.integers(-400, 400),
    by=st.sampled_from([ME, SOMEBODY, None]),
    kind=st.sampled_from(sorted(UNDOABLE)),
)
def test_by_whoever_took_it_on_the_day_it_was_written_down(
    recorded: int, by: int | None, kind: EntryType
) -> None:
    # The day of law may be long past: what counts is when it was written down.
    step = LogEntry(kind, TODAY - timedelta(days=30), 3)
    fault = why_not(step, TODAY + timedelta(days=recorded), by, actor_id=ME, today=TODAY)
    expected = NOT_THE_OWN if by != ME else None if recorded == 0 else NOT_TODAYS
    assert fault == expected


def test_what_the_system_recorded_is_nobodys_own() -> None:
    step = LogEntry(EntryType.RESUMED, TODAY, 3)
    assert why_not(step, TODAY, None, actor_id=None, today=TODAY) == NOT_THE_OWN


@given(st.lists(st.sampled_from(sorted(UNDOABLE)), max_size=6))
def test_taking_everything_back_leaves_the_clock_as_it_was(kinds: list[EntryType]) -> None:
    log = [LogEntry(EntryType.RECEIVED, date(2026, 9, 10), 1)]
    before = fold(log, CALENDAR, TODAY)
    log += [LogEntry(kind, date(2026, 9, 14), seq) for seq, kind in enumerate(kinds, start=2)]
    for _ in kinds:
        step = last_step(log)
        assert step is not None
        assert step.type in UNDOABLE
        details = {"seq": step.seq, "void": True}
        log.append(LogEntry(EntryType.FACT_CORRECTED, TODAY, len(log) + 1, details=details))
    step = last_step(log)
    assert step is not None
    assert step.seq == 1
    after = fold(log, CALENDAR, TODAY)
    assert (after.due_on, after.state, after.used) == (before.due_on, before.state, before.used)
