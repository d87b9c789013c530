from __future__ import annotations

from dataclasses import replace

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.case_clocks import ClockKind, ClockReading, clocks_of
from tracker.domain.clock import ClockState
from tracker.domain.urgency import Thresholds

R = "received 2025-03-03"


def of_kind(kind: ClockKind, *lines: str) -> list[ClockReading]:
    return [c for c in clocks_of(log(*lines), CALENDAR) if c.kind is kind]


def test_no_receipt_no_clock() -> None:
    assert clocks_of([], CALENDAR) == []


def test_a_reply_clock_for_each_run_and_only_the_last_is_current() -> None:
    first, second = of_kind(ClockKind.REPLY, R, "correction_requested 2025-03-06", "corrected 2025-03-10")
    assert (first.current, first.next_alert_on, second.current) == (False, None, True)
    assert (second.due_on, second.run) == (day("2025-04-08"), 2)
    assert second.next_alert_on == CALENDAR.workdays_before(day("2025-04-08"), 5)


def test_thresholds_of_the_organ_move_the_first_alert() -> None:
    [clock] = [
        c for c in clocks_of(log(R), CALENDAR, thresholds=Thresholds(yellow=8)) if c.kind is ClockKind.REPLY
    ]
    assert clock.next_alert_on == CALENDAR.workdays_before(day("2025-03-31"), 8)


def test_a_waiting_clock_alerts_nobody() -> None:
    [clock] = of_kind(ClockKind.REPLY, R, "suspended 2025-03-06 cause=third_party")
    assert (clock.state, clock.due_on, clock.next_alert_on) == (ClockState.SUSPENDED, None, None)


def test_art_30_the_correction_notice_has_7_working_days_until_it_is_asked_or_the_case_is_over() -> None:
    [clock] = of_kind(ClockKind.CORRECTION_NOTICE, R)
    assert (clock.due_on, clock.current, clock.on_time) == (day("2025-03-12"), True, None)
    [asked] = of_kind(ClockKind.CORRECTION_NOTICE, R, "correction_requested 2025-03-13")
    assert (asked.current, asked.stopped_on, asked.on_time) == (False, day("2025-03-13"), False)
    assert of_kind(ClockKind.CORRECTION_NOTICE, R, "dispatched 2025-03-06 by=post") == []


def test_art_32_the_third_partys_clock_runs_from_their_receipt_and_only_when_that_is_known() -> None:
    out = "suspended 2025-03-05 cause=third_party ref=a"
    assert of_kind(ClockKind.THIRD_PARTY, R, out) == []
    [clock] = of_kind(ClockKind.THIRD_PARTY, R, out, "consultation_delivered 2025-03-07 ref=a")
    assert (clock.due_on, clock.ref, clock.current) == (day("2025-03-28"), "a", True)
    [late] = of_kind(
        ClockKind.THIRD_PARTY, R, out, "consultation_delivered 2025-03-07 ref=a", "resumed 2025-03-31 ref=a"
    )
    assert (late.current, late.on_time) == (False, False)


def test_art_34_the_co_producers_clock_and_none_for_other_organs() -> None:
    both = (
        R,
        "suspended 2025-03-05 cause=co_producer ref=a",
        "suspended 2025-03-05 cause=other_organ ref=b",
        "consultation_delivered 2025-03-07 ref=a",
        "consultation_delivered 2025-03-07 ref=b",
    )
    kinds = [c.kind for c in clocks_of(log(*both), CALENDAR)]
    assert kinds == [ClockKind.REPLY, ClockKind.CORRECTION_NOTICE, ClockKind.CO_PRODUCER]


def test_payment_has_20_working_days_from_receipt_of_the_notice() -> None:
    [clock] = of_kind(ClockKind.PAYMENT, R, "fee_notified 2025-03-10")
    assert clock.due_on == CALENDAR.nth_workday(day("2025-03-10"), 20)
    entries = log(R, "fee_notified 2025-03-10")
    entries[1] = replace(entries[1], details={"received_on": "2025-03-12"})
    [known] = [c for c in clocks_of(entries, CALENDAR) if c.kind is ClockKind.PAYMENT]
    assert known.due_on == CALENDAR.nth_workday(day("2025-03-12"), 20)
    [paid] = of_kind(ClockKind.PAYMENT, R, "fee_notified 2025-03-10", "fee_paid 2025-03-14")
    assert (paid.current, paid.on_time) == (False, True)


def test_keys_of_rows_are_unique() -> None:
    clocks = clocks_of(
        log(
            R,
            "fee_notified 2025-03-05",
            "fee_paid 2025-03-06",
            "fee_notified 2025-03-10",
            "fee_paid 2025-03-12",
            "suspended 2025-03-13 cause=third_party ref=a",
            "consultation_delivered 2025-03-14 ref=a",
            "resumed 2025-03-17 ref=a",
            "suspended 2025-03-18 cause=third_party ref=a",
        ),
        CALENDAR,
    )
    keys = [(c.kind, c.run, c.ref) for c in clocks]
    assert len(keys) == len(set(keys)) == 6
