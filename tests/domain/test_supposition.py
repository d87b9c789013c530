"""Supposed logs: what cannot be is left out and named, everything else is the clock's own reading."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day, log
from tests.domain.strategies import likely_logs
from tracker.domain.case_log import LogEntry, parse_entry
from tracker.domain.clock import find_refusal, fold
from tracker.domain.supposition import suppose

TODAY = date(2026, 11, 23)
R = "received 2026-09-10"


def parsed(raw: list[dict[str, Any]]) -> list[LogEntry]:
    return [parse_entry(entry, seq) for seq, entry in enumerate(raw, start=1)]


@given(likely_logs())
def test_a_log_that_can_be_is_read_as_it_is(raw: list[dict[str, Any]]) -> None:
    entries = parsed(raw)
    found = suppose(entries, CALENDAR, TODAY)
    if find_refusal(entries) is None:
        assert (list(found.log), found.refused) == (entries, {})
        assert found.reading == fold(entries, CALENDAR, found.as_of, steps=True)


@given(likely_logs(), st.randoms())
def test_what_is_left_can_be_and_every_refusal_is_named(raw: list[dict[str, Any]], chance: Any) -> None:
    entries = parsed(raw)
    chance.shuffle(entries)
    entries = [e for e in entries if chance.random() < 0.8 or e.seq == 1]
    found = suppose(entries, CALENDAR, TODAY)
    assert find_refusal(found.log) is None
    first = find_refusal(entries)
    assert (first is None) == (not found.refused)
    assert first is None or first.code in found.refused.values()
    assert {e.seq for e in entries} == {e.seq for e in found.log} | set(found.refused)


def test_an_entry_that_cannot_be_changes_nothing() -> None:
    found = suppose(log(R, "resumed 2026-09-22"), CALENDAR, TODAY)
    assert found.refused == {2: "resume_without_suspend"}
    assert found.reading == fold(log(R), CALENDAR, TODAY, steps=True)


def test_what_is_still_to_come_counts_and_is_marked() -> None:
    found = suppose(log(R, "extended 2026-10-13 days=20"), CALENDAR, day("2026-10-01"))
    assert (found.to_come, found.reading.due_on) == (frozenset({2}), day("2026-11-11"))


def test_a_reply_still_to_come_is_looked_at_from_its_own_day() -> None:
    found = suppose(log(R, "dispatched 2026-10-15 by=post"), CALENDAR, day("2026-10-08"))
    assert (found.as_of, found.reading.used, found.reading.on_time) == (day("2026-10-15"), 21, False)
    past = suppose(log(R, "dispatched 2026-10-15 by=post"), CALENDAR, day("2026-11-02"))
    assert (past.as_of, past.reading.used) == (day("2026-11-02"), 21)


def test_without_a_receipt_nothing_is_counted() -> None:
    found = suppose(log("extended 2026-10-13 days=20"), CALENDAR, TODAY)
    assert (found.reading.refused, found.reading.due_on) == ("no_receipt", None)
