"""Internal limits: counted back from the reply's due date, moving with it, and never beyond it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading, InternalLimits, clocks_of
from tracker.domain.case_log import LogEntry
from tracker.domain.clock import ClockState
from tracker.domain.internal_limits import KEPT, kept_limits
from tracker.domain.urgency import PROVISIONAL_MARGIN
from tracker.domain.year_edition import SpecialDay, YearEdition

R = "received 2025-03-03"
LIMITS = InternalLimits(8, 5, 2)
KINDS = (ClockKind.DRAFT_BY, ClockKind.REVIEW_BY, ClockKind.POST_BY)


def internal(
    entries: list[LogEntry], limits: InternalLimits | None = LIMITS, calendar: WorkCalendar = CALENDAR
) -> list[ClockReading]:
    return [c for c in clocks_of(entries, calendar, internal=limits) if c.kind in KINDS]


def due(*lines: str) -> list[str | None]:
    return [c.due_on.isoformat() if c.due_on else None for c in internal(log(*lines))]


def test_they_lie_so_many_working_days_before_the_due_date() -> None:
    assert due(R) == ["2025-03-19", "2025-03-24", "2025-03-27"]


def test_the_make_up_sunday_2026_09_20_is_a_working_day_on_the_way_back_too() -> None:
    [*_, post] = internal(log("received 2026-08-25"), InternalLimits(8, 5, 2))
    assert post.due_on == day("2026-09-18")
    [*_, shorter] = internal(log("received 2026-08-25"), InternalLimits(8, 5, 1))
    assert shorter.due_on == day("2026-09-20")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("extended 2025-03-20 days=5",), ["2025-03-26", "2025-03-31", "2025-04-03"]),
        (
            ("suspended 2025-03-05 cause=third_party ref=a", "resumed 2025-03-07 ref=a"),
            ["2025-03-21", "2025-03-26", "2025-03-31"],
        ),
        (("suspended 2025-03-05 cause=third_party ref=a",), [None, None, None]),
        (("correction_requested 2025-03-06",), [None, None, None]),
    ],
    ids=["extension", "resume", "suspension", "correction"],
)
def test_they_move_and_stand_still_with_the_reply(more: tuple[str, ...], expected: list[str | None]) -> None:
    assert due(R, *more) == expected


def test_a_changed_calendar_moves_them() -> None:
    closed = SpecialDay(day("2025-03-05"), False, "台风")
    editions = [e for y, e in CALENDAR.editions.items() if y != 2025]
    changed = WorkCalendar([*editions, YearEdition(2025, (*CALENDAR.editions[2025].days, closed))], 1)
    moved = [c.due_on for c in internal(log(R), calendar=changed)]
    assert moved == [day("2025-03-20"), day("2025-03-25"), day("2025-03-28")]


def test_a_waiting_limit_alerts_nobody_and_says_what_is_waited_for() -> None:
    for clock in internal(log(R, "suspended 2025-03-05 cause=third_party ref=a")):
        assert (clock.state, clock.due_on, clock.next_alert_on) == (ClockState.SUSPENDED, None, None)


def test_each_is_recalled_the_working_day_before() -> None:
    assert [c.next_alert_on for c in internal(log(R))] == [
        day("2025-03-18"),
        day("2025-03-21"),
        day("2025-03-26"),
    ]


@pytest.mark.parametrize(("sent", "on_time"), [("2025-03-19", True), ("2025-03-20", False)])
def test_the_draft_is_in_time_on_its_last_day_and_not_on_the_next(sent: str, on_time: bool) -> None:
    draft, review, post = internal(log(R, f"submitted {sent}"))
    assert (draft.stopped_on, draft.on_time, draft.current) == (day(sent), on_time, False)
    assert (review.current, post.current) == (True, True)


def test_a_return_does_not_end_the_review_and_an_approval_does() -> None:
    returned = (R, "submitted 2025-03-12", "review_returned 2025-03-13")
    assert [c.current for c in internal(log(*returned))] == [False, True, True]
    approved = internal(log(*returned, "submitted 2025-03-14", "review_approved 2025-03-17"))
    assert [c.stopped_on for c in approved] == [day("2025-03-12"), day("2025-03-17"), None]


def test_a_reply_that_left_ends_all_three() -> None:
    entries = log(R, "dispatched 2025-03-27 by=hand")
    assert [c.on_time for c in internal(entries)] == [False, False, True]
    assert {c.stopped_on for c in internal(entries)} == {day("2025-03-27")}


def test_an_organ_without_legal_review_has_no_limit_for_it() -> None:
    assert [c.kind for c in internal(log(R), InternalLimits(8, None, 2))] == [
        ClockKind.DRAFT_BY,
        ClockKind.POST_BY,
    ]


def test_no_limits_no_clocks() -> None:
    assert internal(log(R), None) == []


def finished(kept: object) -> list[LogEntry]:
    entries = log(R, "dispatched 2025-03-26 by=post")
    entries[-1] = replace(entries[-1], details={KEPT: kept})
    return entries


def test_a_finished_reply_is_judged_by_the_limits_it_was_sent_under() -> None:
    entries = finished({"draft_by": 4, "review_by": 3, "post_by": 3})
    assert [c.due_on for c in internal(entries)] == [day("2025-03-25"), day("2025-03-26"), day("2025-03-26")]
    assert internal(entries, InternalLimits(19, 19, 19)) == internal(entries)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        {},
        {"draft_by": -1, "post_by": 0},
        {"draft_by": True, "post_by": 1},
        {"draft_by": 3, "post_by": "2"},
    ],
)
def test_a_reply_sent_before_there_were_limits_has_none(kept: object) -> None:
    assert internal(finished(kept)) == []
    assert kept_limits({KEPT: kept}) is None


def test_limits_are_kept_as_they_were() -> None:
    for limits in (LIMITS, InternalLimits(3, None, 0)):
        assert kept_limits({KEPT: limits.as_details()}) == limits


def test_a_short_order_leaves_its_first_working_day() -> None:
    entries = finished(LIMITS.as_details()) + log("ordered_anew 2025-06-03 days=3")
    entries[-1] = replace(entries[-1], seq=3)
    anew = [c for c in internal(entries) if c.run == 2]
    assert [c.due_on for c in anew] == [day("2025-06-04"), day("2025-06-04"), day("2025-06-04")]
    assert [c.start_on for c in anew] == [day("2025-06-03")] * 3


def test_work_on_the_first_reply_does_not_count_for_the_reply_ordered_anew() -> None:
    entries = finished(LIMITS.as_details())
    entries += [
        replace(entry, seq=seq)
        for seq, entry in enumerate(log("submitted 2025-03-10", "ordered_anew 2025-03-26"), start=3)
    ]
    first, second = ([c for c in internal(entries) if c.run == run] for run in (1, 2))
    assert [c.stopped_on for c in first] == [day("2025-03-10"), day("2025-03-26"), day("2025-03-26")]
    assert [c.current for c in second] == [True, True, True]


def test_a_run_that_a_correction_ended_keeps_what_was_done_in_it() -> None:
    entries = log(R, "submitted 2025-03-05", "correction_requested 2025-03-06", "corrected 2025-03-10")
    found = [(c.kind, c.run, c.current) for c in internal(entries)]
    assert found == [
        (ClockKind.DRAFT_BY, 1, False),
        (ClockKind.DRAFT_BY, 2, True),
        (ClockKind.REVIEW_BY, 2, True),
        (ClockKind.POST_BY, 2, True),
    ]


def test_a_lapsed_request_has_no_internal_limits_to_miss() -> None:
    entries = log(R, "correction_requested 2025-03-06", "abandoned 2025-04-01")
    entries[-1] = replace(entries[-1], details={KEPT: LIMITS.as_details()})
    assert internal(entries) == []


def test_a_limit_an_organ_does_not_set_leaves_the_others() -> None:
    assert [c.kind for c in internal(log(R), InternalLimits(8, None, 2))] == [
        ClockKind.DRAFT_BY,
        ClockKind.POST_BY,
    ]


def test_rows_say_their_length_calendar_and_first_day() -> None:
    for clock, span in zip(internal(log(R)), (8, 5, 2), strict=True):
        assert (clock.span, clock.calendar_version, clock.provisional) == (span, CALENDAR.version, False)
        assert clock.start_on == day("2025-03-03")


def test_where_a_year_has_no_notice_they_are_provisional_and_recalled_earlier() -> None:
    for clock in internal(log("received 2026-12-17")):
        assert clock.provisional and clock.due_on is not None
        assert clock.next_alert_on == CALENDAR.workdays_before(clock.due_on, 1 + PROVISIONAL_MARGIN)


RESTARTED = ("correction_requested 2025-03-06", "corrected 2025-03-10")


@pytest.mark.parametrize(
    ("submitted", "runs"),
    [("2025-03-03", [1]), ("2025-03-07", [1]), ("2025-03-10", [2]), ("2025-03-12", [2])],
)
def test_work_belongs_to_the_run_whose_days_it_falls_in(submitted: str, runs: list[int]) -> None:
    clocks = internal(log(R, *RESTARTED, f"submitted {submitted}"))
    drafts = [c for c in clocks if c.kind is ClockKind.DRAFT_BY and c.stopped_on is not None]
    assert [(c.run, c.stopped_on) for c in drafts] == [(run, day(submitted)) for run in runs]


@pytest.mark.parametrize("sent", ["2025-03-10", "2025-03-11"])
def test_a_reply_after_a_restart_ends_no_limit_of_the_run_before_it(sent: str) -> None:
    entries = log(R, *RESTARTED, f"dispatched {sent} by=post")
    kept = {KEPT: {"draft_by": 8, "review_by": 5, "post_by": 2}}
    entries[-1] = replace(entries[-1], details=kept)
    posted = [c for c in internal(entries) if c.kind is ClockKind.POST_BY]
    assert [(c.run, c.stopped_on) for c in posted] == [(2, day(sent))]


def test_a_reply_carried_out_by_hand_on_the_first_day_ends_the_limits() -> None:
    clocks = internal(log(R, "dispatched 2025-03-03 by=hand"))
    assert {c.stopped_on for c in clocks} == {day("2025-03-03")}


def test_a_first_reply_without_limits_leaves_the_limits_of_the_second() -> None:
    clocks = internal(log(R, "dispatched 2025-03-11 by=post", "ordered_anew 2025-05-06"))
    assert [(c.run, c.kind) for c in clocks] == [(2, kind) for kind in KINDS]
