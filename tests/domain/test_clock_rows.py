"""Properties of all clocks of a case over random logs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR
from tests.domain.strategies import likely_logs
from tracker.domain.case_clocks import ClockKind, ClockReading, InternalLimits, clocks_of
from tracker.domain.case_log import EntryType, LogEntry, parse_entry
from tracker.domain.internal_limits import MOST
from tracker.domain.order_of_law import RANK
from tracker.domain.reading import ClockState

READ = {
    EntryType.FACT_CORRECTED,
    EntryType.SUBMITTED,
    EntryType.REVIEW_APPROVED,
    EntryType.REVIEW_WAIVED,
    EntryType.CONSULTATION_DELIVERED,
    *RANK,
}
UNRELATED = sorted(set(EntryType) - READ)
INTERNAL = (ClockKind.DRAFT_BY, ClockKind.REVIEW_BY, ClockKind.POST_BY)


@st.composite
def limits(draw: st.DrawFn) -> InternalLimits:
    post, review, draft = sorted(draw(st.integers(0, MOST)) for _ in range(3))
    return InternalLimits(draft, draw(st.sampled_from([review, None])), post)


@st.composite
def worked_logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A likely log with the work on the reply, receipts of consultations and dates set in notices strewn in."""
    log = draw(likely_logs())
    first = date.fromisoformat(log[0]["on"])
    for entry in log:
        if entry["type"] == "correction_requested" and draw(st.booleans()):
            until = date.fromisoformat(entry["on"]) + timedelta(days=draw(st.integers(-3, 20)))
            entry["details"] = {"answer_due_on": until.isoformat()}
    kinds = st.sampled_from(["submitted", "review_approved", "review_waived", "consultation_delivered"])
    for _ in range(draw(st.integers(0, 5))):
        on = first + timedelta(days=draw(st.integers(0, 60)))
        more: dict[str, Any] = {"type": draw(kinds), "on": on.isoformat()}
        if more["type"] == "consultation_delivered":
            more["ref"] = draw(st.sampled_from(["a", "b"]))
        log.insert(draw(st.integers(1, len(log))), more)
    return log


def entries(log: list[dict[str, Any]]) -> list[LogEntry]:
    return [parse_entry(raw, seq) for seq, raw in enumerate(log, start=1)]


def rows(log: list[LogEntry], own: InternalLimits | None = None) -> list[ClockReading]:
    return clocks_of(log, CALENDAR, internal=own)


@given(worked_logs(), limits(), st.dates(date(2019, 1, 2), date(2027, 12, 31)))
def test_every_row_follows_from_the_log_alone_and_never_from_today(
    log: list[dict[str, Any]], own: InternalLimits, today: date
) -> None:
    assert clocks_of(entries(log), CALENDAR, today, internal=own) == rows(entries(log), own)


@given(worked_logs(), limits(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(
    log: list[dict[str, Any]], own: InternalLimits, random: Any
) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)
    assert rows(entries(shuffled), own) == rows(entries(log), own)


@given(
    worked_logs(),
    limits(),
    st.lists(st.tuples(st.sampled_from(UNRELATED), st.dates(date(2018, 1, 1), date(2028, 1, 1))), max_size=4),
)
def test_entries_that_are_none_of_its_business_move_no_clock(
    log: list[dict[str, Any]], own: InternalLimits, more: list[tuple[EntryType, date]]
) -> None:
    known = entries(log)
    longer = known + [
        LogEntry(kind, on, len(known) + n, ref="a", details={"answer": "silent", "received_on": "2020-01-02"})
        for n, (kind, on) in enumerate(more, start=1)
    ]
    assert rows(longer, own) == rows(known, own)


@given(worked_logs(), st.integers(1, 30), st.integers(1, 25))
def test_an_order_to_reply_anew_changes_no_closed_clock(
    log: list[dict[str, Any]], later: int, days: int
) -> None:
    known = entries(log)
    last = max(entry.on for entry in known)
    anew = LogEntry(EntryType.ORDERED_ANEW, last + timedelta(days=later), len(known) + 1, days=days)
    after = {(c.kind, c.run, c.ref): c for c in rows([*known, anew])}
    for clock in rows(known):
        if clock.kind is not ClockKind.REPLY and clock.state is ClockState.STOPPED:
            assert after[clock.kind, clock.run, clock.ref] == clock


@given(worked_logs(), limits())
def test_an_internal_limit_never_lies_after_the_reply_s_due_date_nor_out_of_order(
    log: list[dict[str, Any]], own: InternalLimits
) -> None:
    found = rows(entries(log), own)
    due = {c.run: c.due_on for c in found if c.kind is ClockKind.REPLY}
    for clock in found:
        if clock.kind in INTERNAL and clock.due_on is not None:
            reply = due[clock.run]
            assert reply is not None and clock.start_on < clock.due_on <= reply
            assert CALENDAR.is_workday(clock.due_on)
    by_run: dict[int, list[date]] = {}
    for kind in INTERNAL:
        for clock in found:
            if clock.kind is kind and clock.due_on is not None:
                by_run.setdefault(clock.run, []).append(clock.due_on)
    assert all(days == sorted(days) for days in by_run.values())


@given(worked_logs(), limits())
def test_keys_are_unique_and_a_stopped_clock_alerts_nobody(
    log: list[dict[str, Any]], own: InternalLimits
) -> None:
    found = rows(entries(log), own)
    assert len({(c.kind, c.run, c.ref or "") for c in found}) == len(found)
    for clock in found:
        assert clock.next_alert_on is None or (clock.current and clock.due_on is not None)
        assert clock.on_time is None or clock.stopped_on is not None
        assert clock.due_on is None or clock.start_on <= clock.due_on
