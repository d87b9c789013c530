from __future__ import annotations

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.clock import DayMarkKind, day_marks

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
