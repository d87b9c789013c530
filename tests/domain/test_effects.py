"""What several entries do is what each does after those before it, however they were told."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR
from tests.domain.strategies import likely_logs, stored_logs
from tracker.domain.case_log import EntryType, LogEntry, parse_entry
from tracker.domain.clock import preview
from tracker.domain.effects import effects_of
from tracker.domain.errors import RefusalCode
from tracker.domain.fold import fold
from tracker.domain.order_of_law import recorded_in_order

TODAY = date(2026, 11, 23)
MARCH = [
    {"type": "received", "on": "2026-03-02"},
    {"type": "suspended", "on": "2026-04-01", "cause": "third_party", "ref": "a"},
    {"type": "extended", "on": "2026-03-20", "days": 20},
]


def told_one_by_one(log: list[LogEntry], entries: list[LogEntry], today: date | None) -> list[Any]:
    told = []
    for at, entry in enumerate(entries):
        effect = preview([*log, *entries[:at]], entry, CALENDAR, today)
        told.append((effect.refusal.code if effect.refusal else None, effect.new_breaches))
    return told


def told_together(log: list[LogEntry], entries: list[LogEntry], today: date | None) -> list[Any]:
    effects = list(effects_of(log, entries, CALENDAR, today))
    assert not effects or effects[-1].reading == fold([*log, *entries], CALENDAR, today)
    return [(effect.refusal.code if effect.refusal else None, effect.new_breaches) for effect in effects]


@given(likely_logs(), st.integers(0, 4), st.sampled_from([None, TODAY, date(2026, 3, 31)]))
@example(MARCH, 0, TODAY)
def test_likely_logs(raw: list[dict[str, Any]], recorded: int, today: date | None) -> None:
    entries = [parse_entry(each, seq) for seq, each in enumerate(raw, start=1)]
    log, new = entries[:recorded], entries[recorded:]
    assert told_together(log, new, today) == told_one_by_one(log, new, today)


@given(stored_logs, st.integers(0, 4))
def test_any_log_our_table_can_hold(entries: list[LogEntry], recorded: int) -> None:
    log, new = entries[:recorded], entries[recorded:]
    assert told_together(log, new, TODAY) == told_one_by_one(log, new, TODAY)


def test_a_late_record_brings_out_a_breach_of_an_earlier_entry_and_takes_another_away() -> None:
    """An extension told after a consultation beyond the old due date: only in the order of telling was that late."""
    entries = [parse_entry(each, seq) for seq, each in enumerate(MARCH, start=1)]
    assert not recorded_in_order(entries)
    assert [[str(b.code) for b in added] for _, added in told_together([], entries, TODAY)] == [
        [],
        ["suspension_after_due"],
        [],
    ]
    in_order = sorted(entries, key=lambda entry: entry.on)
    assert recorded_in_order(in_order)


def test_the_first_reason_is_told() -> None:
    entries = [
        LogEntry(EntryType.RECEIVED, date(2026, 3, 2), 1),
        LogEntry(EntryType.RESUMED, date(2026, 12, 1), 2, ref="a"),
    ]
    assert [code for code, _ in told_together([], entries, TODAY)] == [None, RefusalCode.IN_FUTURE]
