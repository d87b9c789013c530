"""The figures of a reading against plain walking, and what each clock's row says of its period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, codes, day, log, read
from tests.domain.strategies import likely_logs
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading, clocks_of
from tracker.domain.case_log import EntryType, LogEntry, parse_entry
from tracker.domain.clock import ClockState, Span, fold
from tracker.domain.errors import RefusalCode
from tracker.domain.small_clocks import MAX_REF
from tracker.domain.urgency import PROVISIONAL_MARGIN, Thresholds

R = "received 2025-03-03"
NEAR_THE_END = "received 2026-12-17"
"""Twenty working days from here lie in a year without a notice."""


def entries(raw: list[dict[str, Any]]) -> list[LogEntry]:
    return [parse_entry(entry, seq) for seq, entry in enumerate(raw, start=1)]


def walked(after: date, through: date) -> list[date]:
    days = [after + timedelta(days=n) for n in range(1, (through - after).days + 1)]
    return [on for on in days if CALENDAR.is_workday(on)]


def lies_in(on: date, span: Span) -> bool:
    return span.start < on and (span.end is None or on <= span.end)


@given(likely_logs(), st.integers(0, 150))
def test_days_not_counted_are_the_working_days_of_the_spans_walked_one_by_one(
    raw: list[dict[str, Any]], later: int
) -> None:
    received = date.fromisoformat(raw[0]["on"])
    today = received + timedelta(days=later)
    reading = fold(entries(raw), CALENDAR, today)
    until = min(today, reading.stopped_on or today)
    assert reading.day_zero_on is not None
    if until >= reading.day_zero_on:
        days = walked(reading.day_zero_on, until)
        out = [on for on in days if any(lies_in(on, span) for span in reading.spans)]
        assert reading.deducted_days == len(out)
        if reading.used is not None:
            assert reading.used == len(days) - len(out)


@given(likely_logs())
def test_spans_are_in_order_and_never_touch_and_only_the_last_is_open(raw: list[dict[str, Any]]) -> None:
    spans = fold(entries(raw), CALENDAR).spans
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.end is not None and before.start <= before.end < after.start
    assert all(span.end is not None for span in spans[:-1])


def test_spans_are_told_with_their_days() -> None:
    lines = (R, "suspended 2025-03-05 cause=third_party ref=a", "resumed 2025-03-10 ref=a")
    assert read(*lines).spans == (Span(day("2025-03-05"), day("2025-03-10")),)
    open_ = read(*lines, "suspended 2025-03-12 cause=third_party ref=b")
    assert open_.spans[-1] == Span(day("2025-03-12"), None)
    assert (open_.deducted_days, read(*lines).deducted_days) == (3, 3)


def test_days_not_counted_grow_with_today_and_end_with_the_reply() -> None:
    lines = (
        R,
        "suspended 2025-03-05 cause=third_party ref=a",
        "resumed 2025-03-10 ref=a",
        "suspended 2025-03-12 cause=third_party ref=b",
    )
    grown = [read(*lines, today=f"2025-03-{d:02}").deducted_days for d in (5, 6, 10, 11, 12, 13, 14)]
    assert grown == [0, 1, 3, 3, 3, 4, 5]
    sent = (*lines, "dispatched 2025-03-14 by=post")
    assert read(*sent, today="2025-03-12").deducted_days == 3
    assert read(*sent, today="2025-06-30").deducted_days == 5 == read(*sent).deducted_days


@pytest.mark.parametrize(
    ("lines", "since"),
    [
        ((R,), None),
        ((R, "correction_requested 2025-03-06"), "2025-03-06"),
        ((R, "fee_notified 2025-03-07"), "2025-03-07"),
        ((R, "suspended 2025-03-10 cause=third_party"), "2025-03-10"),
        ((R, "suspended 2025-03-10 cause=third_party", "dispatched 2025-03-11 by=post"), None),
        ((R, "suspended 2025-03-10 cause=third_party", "correction_requested 2025-03-11"), "2025-03-11"),
    ],
)
def test_since_when_the_clock_waits(lines: tuple[str, ...], since: str | None) -> None:
    assert read(*lines).paused_since == (day(since) if since else None)


def test_before_the_receipt_a_reading_says_why_and_keeps_its_day_and_calendar() -> None:
    reading = fold([], CALENDAR, day("2026-11-25"))
    assert (reading.state, reading.refused) == (ClockState.NOT_STARTED, RefusalCode.NO_RECEIPT)
    assert (reading.today, reading.calendar_version) == (day("2026-11-25"), CALENDAR.version)


def test_an_earlier_run_has_the_days_it_had_used_by_today() -> None:
    lines = (R, "correction_requested 2025-03-06", "corrected 2025-03-10")
    assert read(*lines, today="2025-03-12").runs[0].used == 7
    assert read(*lines).runs[0].used is None


def test_an_order_of_one_day_is_due_on_the_next_working_day() -> None:
    lines = (R, "dispatched 2025-03-10 by=post", "ordered_anew 2025-05-06 days=1")
    assert read(*lines).due_on == day("2025-05-07")


def test_what_the_clock_waits_for_and_who_carried_the_reply_outlast_a_new_run() -> None:
    waits = read(R, "correction_requested 2025-03-05", "fee_notified 2025-03-06", "fee_paid 2025-03-10")
    assert (waits.run, waits.state, waits.due_on) == (2, ClockState.AWAITING_CORRECTION, None)
    by_hand = (R, "correction_requested 2025-03-05", "dispatched 2025-03-06 by=hand", "corrected 2025-03-10")
    signed = read(*by_hand, "delivered 2025-03-11")
    assert (signed.run, signed.stopped_on) == (2, day("2025-03-11"))
    assert read(R, "delivered 2025-03-11").stopped_on is None


@pytest.mark.parametrize("days", [None, 0, -3])
def test_an_extension_without_days_extends_nothing_and_leaves_the_one_allowed(days: int | None) -> None:
    empty = LogEntry(EntryType.EXTENDED, day("2025-03-10"), 2, days=days)
    real = LogEntry(EntryType.EXTENDED, day("2025-03-11"), 3, days=5)
    reading = fold([*log(R), empty, real], CALENDAR)
    assert (reading.limit, codes(reading)) == (25, [])


def test_a_breach_has_the_day_of_the_entry_that_made_it() -> None:
    [breach] = read(R, "correction_requested 2025-03-13").breaches
    assert (breach.on, breach.seq) == (day("2025-03-13"), 2)


NO_EFFECT = "记录在案，不改变期限。"


@pytest.mark.parametrize(
    ("lines", "effect"),
    [
        (("correction_requested 2025-03-06",), True),
        (("correction_requested 2025-03-06", "correction_requested 2025-03-07"), False),
        (("correction_requested 2025-04-07",), False),
        (("corrected 2025-03-07",), False),
        (("correction_requested 2025-03-06", "corrected 2025-03-07"), True),
        (("fee_notified 2025-03-06",), True),
        (("fee_notified 2025-04-07",), False),
        (("fee_paid 2025-03-07",), False),
        (("fee_notified 2025-03-06", "fee_paid 2025-03-07"), True),
        (("suspended 2025-03-06 cause=third_party",), True),
        (("suspended 2025-04-07 cause=third_party",), False),
        (("resumed 2025-03-07",), False),
        (("suspended 2025-03-06 cause=third_party", "resumed 2025-03-07"), True),
        (("extended 2025-03-06 days=5",), True),
        (("extended 2025-03-06 days=5", "extended 2025-03-07 days=5"), False),
        (("extended 2025-04-07 days=5",), False),
        (("justification_requested 2025-03-06",), True),
        (("justified 2025-03-06",), True),
        (("delayed 2025-03-06 until=2025-05-06",), True),
        (("delayed 2025-04-07 until=2025-05-06",), False),
        (("dispatched 2025-03-06 by=hand",), True),
        (("dispatched 2025-03-06 by=post",), True),
    ],
)
def test_each_entry_is_told_once_with_or_without_effect(lines: tuple[str, ...], effect: bool) -> None:
    reading = fold(log(R, *lines), CALENDAR, steps=True)
    told = [step for step in reading.steps if step.breach is None]
    assert [step.seq for step in told] == list(range(1, len(lines) + 2))
    assert [step.on for step in told] == [entry.on for entry in log(R, *lines)]
    assert (told[-1].template != NO_EFFECT) == effect
    assert told[-1].due_on == reading.due_on


def test_two_breaches_of_one_entry_follow_it_in_the_order_they_were_found() -> None:
    lines = ("extended 2025-03-06 days=5", "extended 2025-05-07 days=30")
    reading = fold(log(R, *lines), CALENDAR, steps=True)
    assert [step.breach for step in reading.steps if step.breach] == [b.code for b in reading.breaches]
    assert len(reading.breaches) == 3


@given(likely_logs(), st.sampled_from([Thresholds(), Thresholds(9, 3)]))
def test_the_reply_s_rows_say_what_the_runs_say(raw: list[dict[str, Any]], thresholds: Thresholds) -> None:
    reading = fold(entries(raw), CALENDAR)
    rows = [c for c in clocks_of(entries(raw), CALENDAR, thresholds=thresholds) if c.kind is ClockKind.REPLY]
    assert len(rows) == len(reading.runs)
    for row, run in zip(rows, reading.runs, strict=True):
        assert (row.due_on, row.at_risk_on, row.stopped_on) == (run.due_on, run.at_risk_on, run.stopped_on)
        assert (row.on_time, row.provisional, row.span) == (run.on_time, run.provisional, run.limit)
        last = run is reading.runs[-1]
        assert (row.current, row.state) == (last, reading.state if last else ClockState.STOPPED)


def all_of(kind: ClockKind, log_: list[LogEntry], **more: Any) -> list[ClockReading]:
    return [c for c in clocks_of(log_, CALENDAR, **more) if c.kind is kind]


CONSULTED = (R, "suspended 2025-03-05 cause=third_party ref=a", "consultation_delivered 2025-03-06 ref=a")


@pytest.mark.parametrize(
    ("kind", "lines", "span"),
    [
        (ClockKind.REPLY, (R, "extended 2025-03-06 days=5"), 25),
        (ClockKind.CORRECTION_NOTICE, (R,), 7),
        (ClockKind.APPLICANT_CORRECTION, (R, "correction_requested 2025-03-06"), None),
        (ClockKind.PAYMENT, (R, "fee_notified 2025-03-06"), 20),
        (ClockKind.LAPSE_PROPOSAL, (R, "fee_notified 2025-03-06"), 5),
        (ClockKind.THIRD_PARTY, CONSULTED, 15),
        (ClockKind.THIRD_PARTY, (*CONSULTED, "resumed 2025-03-10 ref=a"), 15),
        (ClockKind.DELIVERY_PROOF, CONSULTED, 5),
    ],
)
def test_each_period_says_how_long_it_is(kind: ClockKind, lines: tuple[str, ...], span: int | None) -> None:
    [row] = all_of(kind, log(*lines))
    assert row.span == span


@pytest.mark.parametrize(
    ("kind", "lines", "margin"),
    [
        (ClockKind.REPLY, (NEAR_THE_END,), 5),
        (ClockKind.PAYMENT, (NEAR_THE_END, "fee_notified 2026-12-18"), 5),
        (ClockKind.CORRECTION_NOTICE, ("received 2026-12-28",), 5),
    ],
)
def test_where_a_year_has_no_notice_a_period_is_provisional_and_warns_earlier(
    kind: ClockKind, lines: tuple[str, ...], margin: int
) -> None:
    [row] = all_of(kind, log(*lines))
    assert row.provisional is True and row.due_on is not None
    assert row.next_alert_on == CALENDAR.workdays_before(row.due_on, margin + PROVISIONAL_MARGIN)
    [wider] = all_of(kind, log(*lines), thresholds=Thresholds(yellow=margin + 2))
    assert wider.next_alert_on == CALENDAR.workdays_before(row.due_on, margin + 2 + PROVISIONAL_MARGIN)


def test_a_period_in_loaded_years_or_without_a_date_is_certain() -> None:
    [certain] = all_of(ClockKind.CORRECTION_NOTICE, log(R))
    [no_date] = all_of(ClockKind.APPLICANT_CORRECTION, log(R, "correction_requested 2025-03-06"))
    assert (certain.provisional, no_date.provisional, no_date.due_on) == (False, False, None)
    assert certain.next_alert_on == CALENDAR.workdays_before(day("2025-03-12"), 5)


def with_details(lines: tuple[str, ...], **details: object) -> list[LogEntry]:
    found = log(*lines)
    return [*found[:-1], replace(found[-1], details=details)]


@pytest.mark.parametrize(
    ("stated", "start", "known"),
    [
        (None, "2025-03-06", False),
        ("2025-03-05", "2025-03-06", False),
        ("2025-03-06", "2025-03-06", True),
        ("2025-03-10", "2025-03-10", True),
    ],
)
def test_art_42_payment_counts_from_receipt_where_it_is_known(
    stated: str | None, start: str, known: bool
) -> None:
    [row] = all_of(ClockKind.PAYMENT, with_details((R, "fee_notified 2025-03-06"), received_on=stated))
    assert (row.start_on, row.start_known) == (day(start), known)
    assert row.due_on == CALENDAR.nth_workday(day(start), 20)


def test_art_30_a_date_set_for_the_day_of_the_notice_counts() -> None:
    lines = (R, "correction_requested 2025-03-06")
    [row] = all_of(ClockKind.APPLICANT_CORRECTION, with_details(lines, answer_due_on="2025-03-06"))
    assert row.due_on == day("2025-03-06")
    [none] = all_of(ClockKind.APPLICANT_CORRECTION, with_details(lines, answer_due_on="2025-03-05"))
    assert none.due_on is None


def test_proposed_lapses_carry_the_number_of_what_they_recall_and_are_never_judged() -> None:
    asked = with_details((R, "correction_requested 2025-03-06"), answer_due_on="2025-03-20")
    [lapse] = all_of(ClockKind.LAPSE_PROPOSAL, asked)
    assert (lapse.run, lapse.ref, lapse.on_time) == (1, "correction", None)
    late = replace(log(R, R, "corrected 2025-04-10")[-1], seq=3)
    [ended] = all_of(ClockKind.LAPSE_PROPOSAL, [*asked, late])
    assert (ended.stopped_on, ended.on_time) == (day("2025-04-10"), None)
    paid = log(R, "fee_notified 2025-03-06", "fee_paid 2025-03-10", "fee_notified 2025-03-12")
    [second] = all_of(ClockKind.LAPSE_PROPOSAL, paid)
    assert (second.run, second.ref, second.current) == (2, "payment", True)


def test_a_reply_after_the_applicant_s_period_ends_the_proposal_without_a_day_of_its_own() -> None:
    asked = with_details((R, "correction_requested 2025-03-06"), answer_due_on="2025-03-20")
    sent = replace(log(R, R, "dispatched 2025-04-01 by=post")[-1], seq=3)
    [lapse] = all_of(ClockKind.LAPSE_PROPOSAL, [*asked, sent])
    assert (lapse.current, lapse.stopped_on) == (False, None)


def test_a_payment_before_the_second_notice_does_not_pay_it() -> None:
    lines = (R, "fee_notified 2025-03-06", "fee_paid 2025-03-10", "fee_notified 2025-03-12")
    first, second = all_of(ClockKind.PAYMENT, log(*lines))
    assert (first.stopped_on, second.stopped_on, second.current) == (day("2025-03-10"), None, True)


def test_art_30_after_a_payment_nobody_need_ask_for_a_correction_any_more() -> None:
    lines = (R, "fee_notified 2025-03-05", "fee_paid 2025-03-06")
    assert all_of(ClockKind.CORRECTION_NOTICE, log(*lines)) == []


def test_a_consultation_received_on_the_day_it_was_sent_is_proved_that_day() -> None:
    lines = (R, "suspended 2025-03-05 cause=third_party ref=a", "consultation_delivered 2025-03-05 ref=a")
    [proof] = all_of(ClockKind.DELIVERY_PROOF, log(*lines))
    [answer] = all_of(ClockKind.THIRD_PARTY, log(*lines))
    assert (proof.stopped_on, proof.on_time) == (day("2025-03-05"), True)
    assert answer.due_on == CALENDAR.nth_workday(day("2025-03-05"), 15)


@pytest.mark.parametrize(("length", "rows"), [(MAX_REF, 1), (MAX_REF + 1, 0)])
def test_a_reference_longer_than_the_column_has_no_row(length: int, rows: int) -> None:
    found = log(R, f"suspended 2025-03-05 cause=third_party ref={'a' * length}")
    assert len(all_of(ClockKind.DELIVERY_PROOF, found)) == rows


def test_a_letter_that_came_back_ends_their_period_without_a_judgement() -> None:
    back = replace(log(R, R, R, "resumed 2025-03-12 ref=a")[-1], seq=4, details={"returned": True})
    [row] = all_of(ClockKind.THIRD_PARTY, [*log(*CONSULTED), back])
    assert (row.stopped_on, row.on_time, row.current) == (day("2025-03-12"), None, False)


def test_a_reading_that_the_caller_lacks_is_made_with_the_calendars_of_finished_runs() -> None:
    asked: list[int] = []

    def older(version: int) -> WorkCalendar:
        asked.append(version)
        return CALENDAR

    [received, sent] = log(R, "dispatched 2025-03-10 by=post")
    clocks_of([received, replace(sent, calendar_version=7)], CALENDAR, calendars=older)
    assert set(asked) == {7}
