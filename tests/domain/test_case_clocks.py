from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import CLOCK_RULES, ClockKind, ClockReading, clocks_of
from tracker.domain.clock import ClockState
from tracker.domain.urgency import Thresholds

R = "received 2025-03-03"


def of_kind(kind: ClockKind, *lines: str) -> list[ClockReading]:
    return [c for c in clocks_of(log(*lines), CALENDAR) if c.kind is kind]


def one(kind: ClockKind, *lines: str, **details: object) -> ClockReading:
    """The only clock of a kind; ``details`` stand in the last line's entry."""
    entries = log(*lines)
    entries[-1] = replace(entries[-1], details=details)
    [clock] = [c for c in clocks_of(entries, CALENDAR) if c.kind is kind]
    return clock


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
    kinds = [c.kind for c in clocks_of(log(*both), CALENDAR) if c.of_law]
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
    assert len(keys) == len(set(keys)) == 7


def test_every_kind_has_its_rule_as_data_and_only_law_is_of_law() -> None:
    assert set(CLOCK_RULES) == set(ClockKind)
    reminders = {kind for kind in ClockKind if not kind.of_law}
    assert reminders == {
        ClockKind.DELIVERY_PROOF,
        ClockKind.LAPSE_PROPOSAL,
        ClockKind.DRAFT_BY,
        ClockKind.REVIEW_BY,
        ClockKind.POST_BY,
    }
    for kind, rule in CLOCK_RULES.items():
        assert bool(rule.article) is kind.of_law, kind
        assert all((rule.name, rule.source, rule.starts, rule.ends)), kind


@pytest.mark.parametrize(
    ("asked_on", "on_time"),
    [("2026-09-17", True), ("2026-09-18", False)],
)
def test_art_30_day_7_is_in_time_and_day_8_is_not(asked_on: str, on_time: bool) -> None:
    [clock] = of_kind(ClockKind.CORRECTION_NOTICE, "received 2026-09-08", f"correction_requested {asked_on}")
    assert (clock.due_on, clock.on_time) == (day("2026-09-17"), on_time)


def test_the_make_up_sunday_2026_09_20_counts_among_the_7_days_and_among_the_5() -> None:
    [notice] = of_kind(ClockKind.CORRECTION_NOTICE, "received 2026-09-11")
    assert notice.due_on == day("2026-09-21")
    [proof] = of_kind(
        ClockKind.DELIVERY_PROOF,
        "received 2026-09-11",
        "suspended 2026-09-15 cause=third_party ref=a",
    )
    assert proof.due_on == day("2026-09-21")


def test_art_30_the_applicants_period_is_the_date_set_in_the_notice() -> None:
    asked = (R, "correction_requested 2025-03-06")
    clock = one(ClockKind.APPLICANT_CORRECTION, *asked, answer_due_on="2025-03-20")
    assert (clock.start_on, clock.due_on, clock.span) == (day("2025-03-06"), day("2025-03-20"), None)
    assert (clock.state, clock.provisional) == (ClockState.RUNNING, False)


@pytest.mark.parametrize(("corrected_on", "on_time"), [("2025-03-20", True), ("2025-03-21", False)])
def test_art_30_a_correction_on_the_date_set_is_in_time(corrected_on: str, on_time: bool) -> None:
    entries = log(R, "correction_requested 2025-03-06", f"corrected {corrected_on}")
    entries[1] = replace(entries[1], details={"answer_due_on": "2025-03-20"})
    found = {c.kind: c for c in clocks_of(entries, CALENDAR)}
    assert found[ClockKind.APPLICANT_CORRECTION].on_time is on_time
    assert (ClockKind.LAPSE_PROPOSAL in found) is not on_time


@pytest.mark.parametrize("stated", [None, "nonsense", 7, "2025-03-05"])
def test_entries_recorded_before_the_date_was_kept_still_replay(stated: object) -> None:
    clock = one(ClockKind.APPLICANT_CORRECTION, R, "correction_requested 2025-03-06", answer_due_on=stated)
    assert (clock.due_on, clock.state, clock.next_alert_on) == (None, ClockState.RUNNING, None)
    assert of_kind(ClockKind.LAPSE_PROPOSAL, R, "correction_requested 2025-03-06") == []


def test_a_second_notice_gives_the_applicant_no_second_period() -> None:
    lines = (R, "correction_requested 2025-03-06", "corrected 2025-03-10", "correction_requested 2025-03-12")
    [clock] = of_kind(ClockKind.APPLICANT_CORRECTION, *lines)
    assert (clock.start_on, clock.stopped_on) == (day("2025-03-06"), day("2025-03-10"))
    assert [c.run for c in of_kind(ClockKind.REPLY, *lines)] == [1, 2]


def test_the_lapse_of_a_correction_is_recalled_after_5_more_working_days_and_never_by_itself() -> None:
    asked = (R, "correction_requested 2025-03-06")
    lapse = one(ClockKind.LAPSE_PROPOSAL, *asked, answer_due_on="2025-03-20")
    assert (lapse.start_on, lapse.due_on) == (day("2025-03-20"), day("2025-03-27"))
    assert (lapse.next_alert_on, lapse.ref) == (day("2025-03-28"), "correction")
    assert (lapse.state, lapse.on_time) == (ClockState.RUNNING, None)


def test_the_lapse_of_a_payment_counts_from_its_20_working_days() -> None:
    [payment] = of_kind(ClockKind.PAYMENT, R, "fee_notified 2025-03-10")
    [lapse] = of_kind(ClockKind.LAPSE_PROPOSAL, R, "fee_notified 2025-03-10")
    assert lapse.start_on == payment.due_on == day("2025-04-08")
    assert (lapse.due_on, lapse.ref) == (day("2025-04-15"), "payment")


def test_a_person_who_decides_the_lapse_ends_the_proposal() -> None:
    [lapse] = of_kind(ClockKind.LAPSE_PROPOSAL, R, "fee_notified 2025-03-10", "abandoned 2025-04-17")
    assert (lapse.current, lapse.stopped_on, lapse.next_alert_on) == (False, day("2025-04-17"), None)


def test_no_lapse_is_proposed_where_the_applicant_withdrew_in_time() -> None:
    assert of_kind(ClockKind.LAPSE_PROPOSAL, R, "fee_notified 2025-03-10", "withdrawn 2025-03-20") == []


def test_a_fee_notice_after_the_due_date_proposes_no_lapse() -> None:
    late = (R, "fee_notified 2025-04-01")
    assert len(of_kind(ClockKind.PAYMENT, *late)) == 1
    assert of_kind(ClockKind.LAPSE_PROPOSAL, *late) == []


@pytest.mark.parametrize(
    ("received_on", "on_time"), [("2025-03-12", True), ("2025-03-13", False)], ids=["day 5", "day 6"]
)
def test_proof_of_receipt_is_due_on_the_5th_working_day_after_sending(
    received_on: str, on_time: bool
) -> None:
    out = "suspended 2025-03-05 cause=third_party ref=a"
    [waiting] = of_kind(ClockKind.DELIVERY_PROOF, R, out)
    assert (waiting.due_on, waiting.next_alert_on) == (day("2025-03-12"), day("2025-03-12"))
    [proved] = of_kind(ClockKind.DELIVERY_PROOF, R, out, f"consultation_delivered {received_on} ref=a")
    assert (proved.on_time, proved.current, proved.next_alert_on) == (on_time, False, None)


def test_a_letter_that_came_back_needs_no_other_proof() -> None:
    out = "suspended 2025-03-05 cause=other_organ ref=a"
    proof = one(ClockKind.DELIVERY_PROOF, R, out, "resumed 2025-03-11 ref=a", returned=True)
    assert (proof.stopped_on, proof.on_time) == (day("2025-03-11"), True)


DELIVERED = (
    R,
    "suspended 2025-03-05 cause=third_party ref=a",
    "consultation_delivered 2025-03-07 ref=a",
    "resumed 2025-03-28 ref=a",
)


@pytest.mark.parametrize(
    ("answered_on", "on_time"), [("2025-03-28", True), ("2025-03-31", False)], ids=["day 15", "day 16"]
)
def test_art_32_an_answer_on_day_15_is_in_time_and_on_day_16_late_though_nothing_more_is_counted_off(
    answered_on: str, on_time: bool
) -> None:
    answer = one(ClockKind.THIRD_PARTY, *DELIVERED, answer="object", answered_on=answered_on)
    assert (answer.due_on, answer.stopped_on, answer.on_time) == (
        day("2025-03-28"),
        day(answered_on),
        on_time,
    )


def test_art_32_silence_ends_the_period_and_is_no_breach_of_theirs() -> None:
    silence = one(ClockKind.THIRD_PARTY, *DELIVERED, answer="silent", answered_on="2025-04-02")
    assert (silence.stopped_on, silence.on_time, silence.current) == (day("2025-03-28"), None, False)


def test_a_silence_corrected_to_an_answer_that_came_in_time_is_an_answer() -> None:
    entries = log(*DELIVERED, "fact_corrected 2025-04-03")
    entries[3] = replace(entries[3], details={"answer": "silent", "answered_on": "2025-04-02"})
    entries[4] = replace(entries[4], details={"seq": 4, "on": "2025-03-26", "answer": "agree"})
    [answer] = [c for c in clocks_of(entries, CALENDAR) if c.kind is ClockKind.THIRD_PARTY]
    assert (answer.stopped_on, answer.on_time) == (day("2025-03-26"), True)


def test_two_consultations_side_by_side_are_two_of_each() -> None:
    lines = (
        R,
        "suspended 2025-03-05 cause=third_party ref=a",
        "suspended 2025-03-06 cause=co_producer ref=b",
        "consultation_delivered 2025-03-07 ref=a",
        "consultation_delivered 2025-03-10 ref=b",
        "resumed 2025-03-20 ref=a",
    )
    [third] = of_kind(ClockKind.THIRD_PARTY, *lines)
    [maker] = of_kind(ClockKind.CO_PRODUCER, *lines)
    assert (third.ref, third.current, maker.ref, maker.current) == ("a", False, "b", True)
    assert maker.due_on == day("2025-03-31")
    proofs = of_kind(ClockKind.DELIVERY_PROOF, *lines)
    assert [(c.ref, c.stopped_on) for c in proofs] == [("a", day("2025-03-07")), ("b", day("2025-03-10"))]


def test_a_fee_after_a_correction_has_a_period_of_its_own_beside_three_runs() -> None:
    lines = (
        R,
        "correction_requested 2025-03-06",
        "corrected 2025-03-10",
        "fee_notified 2025-03-12",
        "fee_paid 2025-03-20",
    )
    assert [c.start_on for c in of_kind(ClockKind.REPLY, *lines)] == [
        day("2025-03-03"),
        day("2025-03-10"),
        day("2025-03-20"),
    ]
    [paid] = of_kind(ClockKind.PAYMENT, *lines)
    assert (paid.run, paid.start_on, paid.on_time) == (1, day("2025-03-12"), True)


def test_a_payment_ends_the_notice_it_pays_and_not_another() -> None:
    entries = log(R, "fee_notified 2025-03-10", "fee_notified 2025-03-11", "fee_paid 2025-03-14")
    ids = (None, 1, 2, 2)
    entries = [
        e if i is None else replace(e, details={"fee_notice_id": i})
        for e, i in zip(entries, ids, strict=True)
    ]
    first, second = [c for c in clocks_of(entries, CALENDAR) if c.kind is ClockKind.PAYMENT]
    assert (first.current, second.current) == (True, False)


def test_an_order_to_reply_anew_wakes_no_clock_of_the_first_reply() -> None:
    lines = (
        R,
        "suspended 2025-03-05 cause=third_party ref=a",
        "consultation_delivered 2025-03-07 ref=a",
        "dispatched 2025-03-20 by=post",
        "ordered_anew 2025-06-03 days=10",
        "suspended 2025-06-04 cause=third_party ref=b",
    )
    [old] = of_kind(ClockKind.THIRD_PARTY, *lines)
    assert (old.state, old.current, old.next_alert_on) == (ClockState.STOPPED, False, None)
    proofs = of_kind(ClockKind.DELIVERY_PROOF, *lines)
    assert [(c.ref, c.current) for c in proofs] == [("a", False), ("b", True)]
    assert [(c.run, c.current) for c in of_kind(ClockKind.REPLY, *lines)] == [(1, False), (2, True)]


def test_the_clocks_of_a_finished_reply_keep_the_calendar_it_stopped_with() -> None:
    kept = WorkCalendar(CALENDAR.editions.values(), 3)
    newer = WorkCalendar(CALENDAR.editions.values(), 4)
    entries = log(
        R, "correction_requested 2025-03-06", "corrected 2025-03-10", "dispatched 2025-03-20 by=post"
    )
    entries[-1] = replace(entries[-1], calendar_version=3)
    clocks = clocks_of(entries, newer, calendars=lambda _: kept)
    assert {c.calendar_version for c in clocks} == {3}
