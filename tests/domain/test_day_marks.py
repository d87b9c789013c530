from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.calendar import WorkCalendar
from tracker.domain.clock import DayMark, DayMarkKind, day_marks, fold
from tracker.domain.day_marks import LONGEST, gap_in, period_marks, run_marks

R = "received 2026-09-10"


def test_days_of_a_plain_run_are_numbered_to_the_due_date() -> None:
    marks = day_marks(log(R), CALENDAR, day("2026-09-20"))
    assert (marks[0].kind, marks[0].on) == (DayMarkKind.RECEIPT, day("2026-09-10"))
    assert [m.number for m in marks if m.number] == list(range(1, 21))
    assert (marks[-1].on, marks[-1].is_due, marks[-1].number) == (day("2026-10-14"), True, 20)
    off = [m for m in marks if m.kind is DayMarkKind.OFF]
    assert all(m.note.name or m.on.weekday() >= 5 for m in off)
    assert [m.on for m in marks if m.is_today] == [day("2026-09-20")]


def test_suspended_days_are_marked_and_not_numbered() -> None:
    marks = day_marks(log(R, "suspended 2026-09-15 cause=third_party", "resumed 2026-09-22"), CALENDAR)
    suspended = [m.on.day for m in marks if m.kind is DayMarkKind.SUSPENDED]
    assert suspended == [16, 17, 18, 20, 21, 22]
    assert marks[-1].on == day("2026-10-22")
    assert [m.number for m in marks if m.number][-1] == 20


def test_a_late_reply_is_shown_beyond_the_due_date() -> None:
    marks = day_marks(log(R, "dispatched 2026-10-16 by=post"), CALENDAR)
    assert (marks[-1].on, marks[-1].is_stop, marks[-1].number) == (day("2026-10-16"), True, 22)


def test_while_the_applicant_is_awaited_days_up_to_today_are_shown_as_waiting() -> None:
    marks = day_marks(log(R, "correction_requested 2026-09-15"), CALENDAR, day("2026-09-18"))
    assert [m.on.day for m in marks if m.kind is DayMarkKind.WAITING] == [16, 17, 18]
    assert [m.number for m in marks if m.number] == [1, 2, 3]


def test_nothing_without_a_receipt_and_never_a_page_full() -> None:
    assert day_marks([], CALENDAR) == []
    huge = log(R, "dispatched 2026-09-11 by=post", "ordered_anew 2026-09-12 days=100000")
    assert len(day_marks(huge, CALENDAR)) == 800


def test_days_to_come_are_ahead_and_those_after_the_due_date_late_until_the_reply() -> None:
    marks = day_marks(log(R), CALENDAR, day("2026-09-20"))
    assert [m.on for m in marks if m.is_ahead] == [m.on for m in marks if m.on > day("2026-09-20")]
    late = day_marks(log(R, "dispatched 2026-10-16 by=post"), CALENDAR)
    assert [m.on for m in late if m.is_late] == [day("2026-10-15"), day("2026-10-16")]
    early = day_marks(log(R, "dispatched 2026-10-12 by=post"), CALENDAR)
    assert [m.on for m in early if m.is_unused] == [day("2026-10-13"), day("2026-10-14")]
    assert not [m for m in early if m.is_late]


def test_a_run_that_is_overdue_is_shown_to_today_where_that_is_asked() -> None:
    today = day("2026-10-16")
    reading = fold(log(R), CALENDAR, today, steps=True)
    [figures], [part] = reading.runs, reading.parts
    to_today = run_marks(figures, part, CALENDAR, today, to_today=True)
    assert (to_today[-1].on, to_today[-1].is_today, to_today[-1].is_late) == (today, True, True)
    assert [m.on for m in to_today if m.is_late] == [day("2026-10-15"), today]
    assert run_marks(figures, part, CALENDAR, today)[-1].on == day("2026-10-14")
    stopped = fold(log(R, "dispatched 2026-09-21 by=post"), CALENDAR, today, steps=True)
    shown = run_marks(stopped.runs[0], stopped.parts[0], CALENDAR, today, to_today=True)
    assert shown[-1].on == day("2026-10-14")


def test_a_run_that_another_followed_has_a_due_day_only_where_it_had_stopped() -> None:
    late = fold(log(R, "correction_requested 2026-09-15", "corrected 2026-11-02"), CALENDAR, steps=True)
    assert not [m for m in run_marks(late.runs[0], late.parts[0], CALENDAR) if m.is_due]
    anew = fold(log(R, "dispatched 2026-10-12 by=post", "ordered_anew 2026-10-20"), CALENDAR, steps=True)
    [due] = [m.on for m in run_marks(anew.runs[0], anew.parts[0], CALENDAR) if m.is_due]
    assert due == day("2026-10-14")


def test_two_consultations_leave_the_days_between_them_counted() -> None:
    lines = (
        "suspended 2026-09-14 cause=third_party ref=a",
        "resumed 2026-09-15 ref=a",
        "suspended 2026-09-21 cause=third_party ref=b",
        "resumed 2026-09-22 ref=b",
    )
    marks = day_marks(log(R, *lines), CALENDAR)
    assert [m.on.day for m in marks if m.kind is DayMarkKind.SUSPENDED] == [15, 22]
    assert [m.number for m in marks if m.number] == list(range(1, 21))


def test_while_an_answer_is_awaited_days_are_shown_to_the_letter_or_to_today() -> None:
    waiting = log(R, "suspended 2026-09-15 cause=third_party ref=a")
    assert day_marks(waiting, CALENDAR)[-1].on == day("2026-09-15")
    shown = day_marks(waiting, CALENDAR, day("2026-09-18"))
    assert [m.on.day for m in shown if m.kind is DayMarkKind.SUSPENDED] == [16, 17, 18]


def test_a_finished_run_is_shown_by_the_calendar_it_stopped_with() -> None:
    asked: list[int] = []

    def older(version: int) -> WorkCalendar:
        asked.append(version)
        return CALENDAR

    [received, sent] = log(R, "dispatched 2026-09-21 by=post")
    day_marks([received, replace(sent, calendar_version=7)], CALENDAR, calendars=older)
    assert asked == [7]


PLAIN = (day("2026-09-10"), day("2026-09-21"))


def marked(marks: list[DayMark], flag: str) -> list[int]:
    return [m.on.day for m in marks if getattr(m, flag)]


def test_a_plain_period_counts_working_days_with_their_notes() -> None:
    marks = period_marks(*PLAIN, CALENDAR, day("2026-09-16"))
    assert [(m.on.day, m.kind.value, m.number) for m in marks] == [
        (10, "receipt", None),
        (11, "counted", 1),
        (12, "off", None),
        (13, "off", None),
        (14, "counted", 2),
        (15, "counted", 3),
        (16, "counted", 4),
        (17, "counted", 5),
        (18, "counted", 6),
        (19, "off", None),
        (20, "counted", 7),
        (21, "counted", 8),
    ]
    assert [m.note for m in marks] == [CALENDAR.day_note(m.on) for m in marks]
    assert (marked(marks, "is_due"), marked(marks, "is_today")) == ([21], [16])
    assert (marked(marks, "is_ahead"), marked(marks, "is_stop")) == ([17, 18, 19, 20, 21], [])
    assert marked(marks, "is_late") == marked(marks, "is_unused") == []


def test_a_plain_period_of_calendar_days_counts_each() -> None:
    marks = period_marks(*PLAIN, CALENDAR, every_day=True)
    assert [m.number for m in marks] == [None, *range(1, 12)]
    assert {m.kind for m in marks[1:]} == {DayMarkKind.COUNTED}
    assert marked(marks, "is_ahead") == marked(marks, "is_late") == []


def test_a_plain_period_that_ended_early_or_late_says_so() -> None:
    early = period_marks(*PLAIN, CALENDAR, day("2026-10-08"), stopped_on=day("2026-09-18"))
    assert early[-1].on == day("2026-09-21")
    assert (marked(early, "is_stop"), marked(early, "is_unused")) == ([18], [19, 20, 21])
    assert (marked(early, "is_ahead"), marked(early, "is_late")) == ([19, 20, 21], [])
    late = period_marks(*PLAIN, CALENDAR, stopped_on=day("2026-09-23"))
    assert (late[-1].on, marked(late, "is_late"), marked(late, "is_unused")) == (
        day("2026-09-23"),
        [22, 23],
        [],
    )
    overdue = period_marks(*PLAIN, CALENDAR, day("2026-09-24"), stopped_on=day("2026-09-23"))
    assert marked(overdue, "is_late") == [22, 23]


def test_what_is_left_out_of_a_long_run_is_told_to_the_day() -> None:
    first = day("2026-01-01")
    whole = period_marks(first, first + timedelta(days=LONGEST - 1), CALENDAR)
    assert (len(whole), gap_in(whole)) == (LONGEST, None)
    longer = period_marks(first, first + timedelta(days=LONGEST), CALENDAR)
    half = LONGEST // 2
    assert len(longer) == LONGEST
    assert gap_in(longer) == (first + timedelta(days=half), first + timedelta(days=half))
    longest = period_marks(first, first + timedelta(days=LONGEST + 9), CALENDAR)
    assert gap_in(longest) == (first + timedelta(days=half), first + timedelta(days=half + 9))
