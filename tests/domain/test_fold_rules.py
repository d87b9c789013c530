"""The rows of the clock's table, each with its boundary."""

from __future__ import annotations

import pytest

from tests.domain.logs import CALENDAR, codes, day, log, read
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import ClockState, fold
from tracker.domain.year_edition import SpecialDay, YearEdition

R = "received 2025-03-03"
DUE = "2025-03-31"


def test_art_33_the_day_of_receipt_is_day_0_and_the_20th_working_day_is_due() -> None:
    reading = read(R)
    assert (reading.due_on, reading.limit, reading.day_zero_on) == (day(DUE), 20, day("2025-03-03"))


@pytest.mark.parametrize(("on", "late"), [("2025-03-12", False), ("2025-03-13", True)])
def test_art_30_correction_notice_within_7_working_days(on: str, late: bool) -> None:
    reading = read(R, f"correction_requested {on}")
    assert reading.state is ClockState.AWAITING_CORRECTION
    assert reading.due_on is None
    assert codes(reading) == (["late_correction_notice"] if late else [])
    assert reading.at_risk_on == (day(DUE) if late else None)


def test_the_date_at_risk_stays_shown_after_the_correction_came_in() -> None:
    reading = read(R, "correction_requested 2025-03-14", "corrected 2025-03-24")
    assert (reading.due_on, reading.at_risk_on) == (day("2025-04-22"), day(DUE))


def test_a_correction_nobody_asked_for_restarts_nothing() -> None:
    assert read(R, "corrected 2025-03-10").due_on == day(DUE)


@pytest.mark.parametrize(("on", "codes_"), [(DUE, []), ("2025-04-01", ["extension_after_due"])])
def test_art_33_extension_up_to_the_due_date(on: str, codes_: list[str]) -> None:
    reading = read(R, f"extended {on} days=10")
    assert codes(reading) == codes_
    assert (reading.due_on == day(DUE)) == bool(codes_)


@pytest.mark.parametrize(
    ("days", "limit", "codes_"), [(20, 40, []), (21, 40, ["extension_over_20"]), (1, 21, [])]
)
def test_art_33_extension_of_at_most_20(days: int, limit: int, codes_: list[str]) -> None:
    reading = read(R, f"extended 2025-03-18 days={days}")
    assert (reading.limit, codes(reading)) == (limit, codes_)


def test_extension_once_a_run_and_again_after_a_restart() -> None:
    reading = read(
        R,
        "extended 2025-03-04 days=5",
        "correction_requested 2025-03-06",
        "corrected 2025-03-10",
        "extended 2025-03-20 days=5",
    )
    assert (reading.limit, codes(reading)) == (25, [])


def test_a_suspension_on_the_due_date_itself_moves_nothing_but_stops_the_clock() -> None:
    assert read(R, f"suspended {DUE} cause=third_party").state is ClockState.SUSPENDED
    reading = read(R, f"suspended {DUE} cause=third_party", "resumed 2025-04-10")
    assert (reading.due_on, codes(reading)) == (day(DUE), [])


def test_suspensions_are_a_union_however_they_overlap() -> None:
    one = read(R, "suspended 2025-03-06 cause=third_party", "resumed 2025-03-19")
    two = read(
        R,
        "suspended 2025-03-06 cause=third_party ref=a",
        "suspended 2025-03-10 cause=other_organ ref=b",
        "resumed 2025-03-14 ref=a",
        "resumed 2025-03-19 ref=b",
    )
    assert one.due_on == two.due_on == day("2025-04-14")
    assert one.deducted_days == two.deducted_days == 9


def test_suspensions_that_touch_count_each_day_once() -> None:
    touching = read(
        R,
        "suspended 2025-03-06 cause=third_party",
        "resumed 2025-03-10",
        "suspended 2025-03-10 cause=third_party",
        "resumed 2025-03-19",
    )
    assert touching.due_on == day("2025-04-14")


def test_spans_without_ref_first_in_first_out_stay_open_until_the_last_answer() -> None:
    lines = (
        R,
        "suspended 2025-03-06 cause=third_party",
        "suspended 2025-03-10 cause=co_producer",
        "resumed 2025-03-14",
    )
    assert read(*lines).state is ClockState.SUSPENDED
    assert read(*lines, "resumed 2025-03-19").due_on == day("2025-04-14")


def test_an_answer_to_a_suspension_voided_by_a_correction_changes_nothing() -> None:
    reading = read(
        R,
        "suspended 2025-03-04 cause=other_organ",
        "correction_requested 2025-03-06",
        "corrected 2025-03-19",
        "resumed 2025-03-25",
    )
    assert (reading.state, reading.due_on) == (ClockState.RUNNING, day("2025-04-17"))


def test_art_42_a_fee_notice_waits_and_payment_starts_anew() -> None:
    waiting = read("received 2025-03-03", "fee_notified 2025-03-10", today="2025-03-12")
    assert (waiting.state, waiting.due_on, waiting.used, waiting.remaining) == (
        ClockState.AWAITING_PAYMENT,
        None,
        None,
        None,
    )
    assert waiting.paused_since == day("2025-03-10")
    assert read(R, "fee_notified 2025-03-31", "fee_paid 2025-04-03").due_on == CALENDAR.nth_workday(
        day("2025-04-03"), 20
    )
    assert codes(read(R, "fee_notified 2025-04-01")) == ["fee_after_due"]


def test_art_35_asking_for_reasons_moves_nothing_and_a_delay_sets_the_date() -> None:
    assert read(R, "justification_requested 2025-03-05", "justified 2025-03-10").due_on == day(DUE)
    assert read(R, "delayed 2025-03-14 until=2025-05-15").due_on == day("2025-05-15")


def test_art_35_a_date_that_is_a_day_off_counts_as_the_working_day_before() -> None:
    assert read(R, "delayed 2025-03-14 until=2025-05-04").due_on == day("2025-04-30")


def test_art_35_a_date_told_within_the_days_off_it_lies_in_counts_as_the_next_working_day() -> None:
    may = ("received 2025-04-28", "delayed 2025-05-01 until=2025-05-03")
    assert read(*may).due_on == day("2025-05-06")
    assert read(may[0], "delayed 2025-04-30 until=2025-05-03").due_on == day("2025-04-30")


def test_art_35_after_the_due_date_a_delay_gives_nothing_back() -> None:
    reading = read(R, "delayed 2025-04-01 until=2025-05-15")
    assert (reading.due_on, codes(reading)) == (day(DUE), ["delay_after_due"])


def test_figures_under_a_delay_count_to_its_date() -> None:
    reading = read(R, "delayed 2025-03-14 until=2025-04-08", today="2025-04-07")
    assert (reading.limit, reading.used, reading.remaining) == (25, 24, 1)


def test_figures_under_a_delay_leave_out_the_days_of_consultation_before_it() -> None:
    """Six of the working days between receipt and the new date were not counted."""
    reading = read(
        "received 2026-09-10",
        "suspended 2026-09-15 cause=third_party",
        "resumed 2026-09-22",
        "delayed 2026-10-16 until=2026-11-20",
        today="2026-11-20",
    )
    between = CALENDAR.count(day("2026-09-10"), day("2026-11-20"))
    assert (reading.limit, reading.used, reading.remaining) == (between - 6, between - 6, 0)


@pytest.mark.parametrize("by", ["post", "portal", "email"])
@pytest.mark.parametrize(("on", "on_time"), [(DUE, True), ("2025-04-01", False)])
def test_235_dispatch_stops_the_clock_on_its_day(by: str, on: str, on_time: bool) -> None:
    reading = read(R, f"dispatched {on} by={by}")
    assert (reading.state, reading.stopped_on, reading.on_time) == (ClockState.STOPPED, day(on), on_time)


def test_235_by_hand_only_the_signature_counts() -> None:
    assert read(R, f"dispatched {DUE} by=hand").state is ClockState.RUNNING
    late = read(R, f"dispatched {DUE} by=hand", "delivered 2025-04-01")
    assert (late.on_time, late.stopped_on) == (False, day("2025-04-01"))
    assert read(R, "dispatched 2025-03-20 by=hand", "dispatched 2025-03-24 by=post").on_time is True


def test_delivery_of_a_posted_reply_changes_nothing() -> None:
    assert read(R, f"dispatched {DUE} by=post", "delivered 2025-04-08").on_time is True


def test_a_reply_sent_while_an_answer_is_awaited_ends_the_suspension() -> None:
    reading = read(R, "suspended 2025-03-20 cause=third_party", "dispatched 2025-04-10 by=post")
    assert (reading.on_time, reading.due_on) == (True, CALENDAR.nth_workday(day("2025-04-10"), 7))


@pytest.mark.parametrize("waiting", ["correction_requested 2025-03-06", "fee_notified 2025-03-06"])
def test_a_reply_sent_while_the_applicant_is_awaited_is_in_time(waiting: str) -> None:
    reading = read(R, waiting, "dispatched 2025-06-10 by=post")
    assert (reading.state, reading.due_on, reading.on_time) == (ClockState.STOPPED, None, True)


def test_of_two_extensions_on_one_day_the_shorter_counts_however_they_were_recorded() -> None:
    for lines in (
        ("extended 2025-03-18 days=5", "extended 2025-03-18 days=9"),
        ("extended 2025-03-18 days=9", "extended 2025-03-18 days=5"),
    ):
        reading = read(R, *lines)
        assert (reading.limit, codes(reading)) == (25, ["second_extension"])


def test_lapse_and_withdrawal_have_neither_due_date_nor_verdict() -> None:
    for last in ("abandoned 2025-04-18", "withdrawn 2025-04-18"):
        reading = read(R, last, today="2025-05-01")
        assert (reading.state, reading.due_on, reading.on_time, reading.used) == (
            ClockState.STOPPED,
            None,
            None,
            None,
        )


def test_an_order_to_reply_anew_keeps_the_first_figures() -> None:
    reading = read(
        R, "dispatched 2025-04-02 by=post", "ordered_anew 2025-06-10 days=15", "dispatched 2025-06-30 by=post"
    )
    assert (reading.due_on, reading.on_time, reading.run) == (day("2025-07-01"), True, 2)
    first = reading.runs[0]
    assert (first.due_on, first.stopped_on, first.on_time, first.order) == (
        day(DUE),
        day("2025-04-02"),
        False,
        1,
    )
    assert reading.runs[1].order == 2


def test_an_order_without_days_gives_20_and_voids_what_was_before() -> None:
    reading = read(
        R, "extended 2025-03-18 days=5", "dispatched 2025-03-20 by=post", "ordered_anew 2025-06-10"
    )
    assert (reading.limit, reading.due_on) == (20, CALENDAR.nth_workday(day("2025-06-10"), 20))


def test_a_reply_revoked_and_replaced_on_one_day() -> None:
    reading = read(
        R, "dispatched 2025-03-20 by=post", "ordered_anew 2025-04-01", "dispatched 2025-04-01 by=post"
    )
    assert (reading.state, reading.stopped_on, reading.run) == (ClockState.STOPPED, day("2025-04-01"), 2)


def test_art_32_a_late_answer_counts_off_no_more_than_15_working_days_from_their_receipt() -> None:
    lines = (R, "suspended 2025-03-05 cause=third_party ref=a", "consultation_delivered 2025-03-07 ref=a")
    fifteenth = CALENDAR.nth_workday(day("2025-03-07"), 15)
    late, in_time = read(*lines, "resumed 2025-05-20 ref=a"), read(*lines, f"resumed {fifteenth} ref=a")
    assert late.due_on == in_time.due_on
    assert read(*lines, "resumed 2025-03-12 ref=a").due_on != late.due_on


def test_art_33_other_organs_have_no_term() -> None:
    lines = (
        R,
        "suspended 2025-03-05 cause=other_organ ref=a",
        "consultation_delivered 2025-03-07 ref=a",
        "resumed 2025-05-20 ref=a",
    )
    assert read(*lines).deducted_days == CALENDAR.count(day("2025-03-05"), day("2025-05-20"))


def test_no_receipt_is_a_state_and_not_an_error() -> None:
    reading = fold(log("extended 2025-03-03 days=5"), CALENDAR)
    assert (reading.state, reading.due_on, reading.refused) == (ClockState.NOT_STARTED, None, "no_receipt")


def test_a_stopped_run_keeps_the_calendar_it_stopped_with() -> None:
    closed_office = YearEdition(2025, (SpecialDay(day("2025-03-10"), False, "甲"),))
    new = WorkCalendar([closed_office], version=2)
    stopped = LogEntry(EntryType.DISPATCHED, day(DUE), 2, by=None, calendar_version=1)
    entries = [log(R)[0], stopped]
    kept = fold(entries, new, calendars={1: WorkCalendar(CALENDAR.editions.values(), 1), 2: new}.__getitem__)
    assert (kept.due_on, kept.on_time, kept.calendar_version) == (day(DUE), True, 1)
    running = fold(log(R), new, calendars={2: new}.__getitem__)
    assert (running.due_on, running.calendar_version) == (day("2025-04-01"), 2)


def test_after_an_order_the_first_run_keeps_its_calendar_and_the_second_uses_the_current_one() -> None:
    new = WorkCalendar([YearEdition(2025, (SpecialDay(day("2025-03-10"), False, "甲"),))], version=2)
    stopped = LogEntry(EntryType.DISPATCHED, day(DUE), 2, by=None, calendar_version=1)
    entries = [log(R)[0], stopped, LogEntry(EntryType.ORDERED_ANEW, day("2025-06-10"), 3)]
    reading = fold(entries, new, calendars={1: WorkCalendar(CALENDAR.editions.values(), 1)}.__getitem__)
    assert [run.calendar_version for run in reading.runs] == [1, 2]
    assert reading.runs[0].due_on == day(DUE)


def test_corrections_of_fact_replay_the_log() -> None:
    moved = [
        *log(R, "extended 2025-03-18 days=5"),
        LogEntry(EntryType.FACT_CORRECTED, day("2025-03-20"), 3, details={"seq": 1, "on": "2025-03-04"}),
    ]
    assert fold(moved, CALENDAR).day_zero_on == day("2025-03-04")
    void = [
        *log(R, "extended 2025-03-18 days=5"),
        LogEntry(EntryType.FACT_CORRECTED, day("2025-03-20"), 3, details={"seq": 2, "void": True}),
    ]
    assert fold(void, CALENDAR).due_on == day(DUE)
    fewer = [
        *log(R, "extended 2025-03-18 days=5"),
        LogEntry(EntryType.FACT_CORRECTED, day("2025-03-20"), 3, details={"seq": 2, "days": 3}),
    ]
    assert fold(fewer, CALENDAR).limit == 23


def test_steps_name_article_and_due_date_of_each_entry_and_are_made_only_on_request() -> None:
    entries = log(R, "correction_requested 2025-03-14", "corrected 2025-03-24", "extended 2025-04-01 days=10")
    assert fold(entries, CALENDAR).steps == ()
    steps = fold(entries, CALENDAR, steps=True).steps
    assert [(s.article, s.breach) for s in steps] == [
        ("第三十三条第二款", None),
        ("第三十条", None),
        ("第三十条", "late_correction_notice"),
        ("第三十条", None),
        ("第三十三条第二款", None),
    ]
    assert [s.due_on for s in steps][-2:] == [day("2025-04-22"), day("2025-05-08")]
    assert all((s.template % s.params) for s in steps)


@pytest.mark.parametrize(
    ("received", "provisional"),
    [("2026-12-03", False), ("2026-12-04", True), ("2018-12-31", False), ("2018-12-28", True)],
)
def test_a_year_without_notice_makes_the_result_provisional(received: str, provisional: bool) -> None:
    assert read(f"received {received}").provisional is provisional
