"""Deadline traps other trackers fell into, one test each, by the number they have in our notes."""

from __future__ import annotations

import pytest

from tests.domain.logs import CALENDAR, codes, day, log, read
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import clocks_of, find_refusal, fold
from tracker.domain.urgency import first_alert_on, urgency_of
from tracker.domain.year_edition import SpecialDay, YearEdition

R = "received 2026-09-10"
PAUSE = ("suspended 2026-09-15 cause=third_party", "resumed 2026-09-22")


@pytest.mark.parametrize(
    ("trap", "received", "due"),
    [
        ("D01 make-up Saturdays around Spring Festival", "2026-01-30", "2026-03-05"),
        ("D02 a calendar without make-up days", "2026-02-10", "2026-03-16"),
        ("D03 received on a make-up Saturday", "2026-02-14", "2026-03-20"),
        ("D04 received on a holiday", "2026-02-18", "2026-03-20"),
        ("D05 Labour Day and its make-up", "2026-04-17", "2026-05-19"),
        ("D06 Mid-Autumn and National Day", "2026-09-10", "2026-10-14"),
        ("D15 across the year", "2025-12-25", "2026-01-23"),
    ],
)
def test_weekday_counting_is_wrong(trap: str, received: str, due: str) -> None:
    assert read(f"received {received}").due_on == day(due), trap


@pytest.mark.parametrize(("on", "late"), [("2026-09-20", False), ("2026-09-21", True)])
def test_d07_the_7th_working_day_may_be_a_sunday(on: str, late: bool) -> None:
    assert codes(read(R, f"correction_requested {on}")) == (["late_correction_notice"] if late else [])


def test_d08_base_and_extension() -> None:
    assert read(R, "extended 2026-10-13 days=20").due_on == day("2026-11-11")


def test_d09_a_pause_by_remaining_days_and_by_shift() -> None:
    reading = read(R, *PAUSE)
    assert (reading.due_on, reading.deducted_days) == (day("2026-10-22"), 6)


def test_d10_two_pauses_are_one_pass_and_not_a_chain_of_shifts() -> None:
    assert read(R, *PAUSE, "suspended 2026-10-09 cause=other_organ", "resumed 2026-10-12").due_on == day(
        "2026-10-26"
    )


def test_d11_a_pause_over_holidays_alone_changes_nothing() -> None:
    assert read(R, "suspended 2026-09-30 cause=third_party", "resumed 2026-10-07").due_on == day("2026-10-14")


def test_d12_a_correction_resets_and_does_not_resume() -> None:
    assert read(R, "correction_requested 2026-09-18", "corrected 2026-10-08").due_on == day("2026-11-04")


def test_d13_pause_then_extension() -> None:
    assert read(R, *PAUSE, "extended 2026-10-13 days=20").due_on == day("2026-11-19")


def test_d14_the_third_partys_15_days_are_a_clock_of_their_own() -> None:
    entries = log(
        R, "suspended 2026-09-14 cause=third_party ref=a", "consultation_delivered 2026-09-15 ref=a"
    )
    [clock] = [c for c in clocks_of(entries, CALENDAR) if c.kind == "third_party"]
    assert clock.due_on == day("2026-10-12")


def test_d16_beyond_the_loaded_calendar_the_date_is_provisional_and_moves_when_the_year_is_loaded() -> None:
    before = read("received 2026-12-04")
    assert before.provisional
    bridge = tuple(SpecialDay(day(on), False, "元旦") for on in ("2027-01-01", "2027-01-04"))
    loaded = WorkCalendar([*CALENDAR.editions.values(), YearEdition(2027, bridge)], 1)
    after = fold(log("received 2026-12-04"), loaded)
    assert not after.provisional
    assert before.due_on is not None and after.due_on is not None
    assert after.due_on > before.due_on


@pytest.mark.parametrize(
    "more",
    [(), ("extended 2026-10-13 days=20",), ("suspended 2026-09-15 cause=third_party", "resumed 2026-09-22")],
)
def test_d17_d18_a_changed_calendar_moves_running_clocks_extended_or_paused(more: tuple[str, ...]) -> None:
    off = SpecialDay(day("2026-09-11"), False, "台风")
    changed = WorkCalendar(
        [
            *(e for y, e in CALENDAR.editions.items() if y != 2026),
            YearEdition(2026, (*CALENDAR.editions[2026].days, off)),
        ],
        1,
    )
    before, after = fold(log(R, *more), CALENDAR), fold(log(R, *more), changed)
    assert before.due_on is not None
    assert after.due_on == CALENDAR.next_workday(before.due_on)


def test_d22_d23_late_from_the_day_after_and_the_day_of_posting_counts() -> None:
    assert not read(R, today="2026-10-14").overdue
    assert read(R, today="2026-10-15").overdue
    assert read(R, "dispatched 2026-10-14 by=post", today="2026-10-15").on_time is True


def test_d22_overdue_on_a_day_off_too() -> None:
    friday = read("received 2026-10-23", today="2026-11-21")
    assert (friday.due_on, friday.remaining, friday.overdue) == (day("2026-11-20"), 0, True)
    assert urgency_of(friday) == "red"


def test_d24_sending_again_changes_nothing() -> None:
    plain = read(R, "dispatched 2026-10-14 by=post")
    again = read(R, "dispatched 2026-10-14 by=post", "redispatched 2026-11-05")
    assert (again.stopped_on, again.on_time) == (plain.stopped_on, plain.on_time)


def test_d25_a_pause_when_already_late_gives_no_day_back() -> None:
    late = read(R, "suspended 2026-10-16 cause=third_party", today="2026-10-20")
    assert (late.due_on, late.overdue, codes(late)) == (day("2026-10-14"), True, ["suspension_after_due"])


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((R, "suspended 2026-09-15 cause=third_party", "resumed 2026-09-14"), "resume_without_suspend"),
        ((R, "suspended 2026-09-09 cause=third_party"), "before_receipt"),
        ((R, "suspended 2026-09-15 cause=third_party", "resumed 2026-10-30"), "in_future"),
        ((R, *PAUSE, "resumed 2026-09-23"), "resume_without_suspend"),
    ],
)
def test_d26_dates_that_cannot_be(lines: tuple[str, ...], code: str) -> None:
    refusal = find_refusal(log(*lines), day("2026-10-20"))
    assert refusal is not None and refusal.code == code


def test_d27_two_pauses_on_one_day_add_nothing() -> None:
    twice = ("suspended 2026-09-15 cause=third_party", "resumed 2026-09-15") * 2
    assert read(R, *twice).due_on == day("2026-10-14")


def test_d28_overlapping_causes_union_and_not_sum() -> None:
    overlapping = ("suspended 2026-09-16 cause=co_producer", "resumed 2026-09-21")
    assert read(R, *PAUSE, *overlapping).due_on == day("2026-10-22")


def test_d29_d30_late_second_or_excessive_extensions_are_breaches_without_effect() -> None:
    assert codes(read(R, "extended 2026-10-15 days=5")) == ["extension_after_due"]
    second = read(R, "extended 2026-10-09 days=20", "extended 2026-10-12 days=20")
    assert (second.limit, codes(second)) == (40, ["second_extension"])


def test_d31_d32_an_entry_voided_or_moved_equals_a_log_without_it() -> None:
    lines = (R, *PAUSE, "extended 2026-10-13 days=20")
    voided = [
        *log(*lines),
        LogEntry(EntryType.FACT_CORRECTED, day("2026-10-20"), 5, details={"seq": 4, "void": True}),
    ]
    assert fold(voided, CALENDAR).due_on == read(R, *PAUSE).due_on
    moved = [
        *log(*lines),
        LogEntry(EntryType.FACT_CORRECTED, day("2026-10-20"), 5, details={"seq": 1, "on": "2026-09-09"}),
    ]
    assert fold(moved, CALENDAR).due_on == read("received 2026-09-09", *lines[1:]).due_on


def test_d33_a_case_opened_again_keeps_the_first_verdict() -> None:
    reading = read(R, "dispatched 2026-10-15 by=post", "ordered_anew 2026-11-02 days=10")
    assert (reading.due_on, reading.runs[0].on_time) == (day("2026-11-16"), False)


def test_d34_days_late_are_working_days() -> None:
    assert read(R, today="2026-10-21").remaining == -5


def test_d34_a_late_reply_keeps_its_days_beside_those_of_the_order_that_followed() -> None:
    lines = (R, *PAUSE, "dispatched 2026-10-26 by=post", "ordered_anew 2026-11-02 days=10")
    reading = read(*lines, today="2026-11-18")
    first = reading.runs[0]
    assert (first.limit, first.used, first.due_on) == (20, 22, day("2026-10-22"))
    assert (reading.used, reading.remaining, reading.due_on) == (12, -2, day("2026-11-16"))


def test_d35_five_days_ahead_falls_before_the_long_holiday() -> None:
    assert first_alert_on(day("2026-10-13"), CALENDAR) == day("2026-09-30")


def test_d37_d38_the_alert_date_does_not_depend_on_today_and_follows_the_due_date() -> None:
    def alert(*lines: str, today: str) -> object:
        return clocks_of(log(*lines), CALENDAR, day(today))[0].next_alert_on

    assert alert(R, today="2026-09-10") == alert(R, today="2026-10-20") == day("2026-10-08")
    assert alert(R, "extended 2026-10-13 days=20", today="2026-10-20") == day("2026-11-04")


def test_d39_nobody_is_alerted_about_a_clock_that_has_stopped() -> None:
    assert all(c.next_alert_on is None for c in clocks_of(log(R, "dispatched 2026-10-12 by=post"), CALENDAR))


def test_d44_each_skipped_day_has_its_reason_and_notice() -> None:
    notes = [CALENDAR.day_note(day(f"2025-10-0{n}")) for n in range(1, 9)]
    assert all(note.name and note.notice == "国办发明电〔2024〕12号" for note in notes)
