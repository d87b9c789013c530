"""The order in which entries take effect, and what stops a run."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry
from tracker.domain.clock import fold
from tracker.domain.order_of_law import answers_capped, in_order_of_law, stop_of


def told(entries: list[LogEntry]) -> list[tuple[str, str]]:
    return [(entry.type.value, entry.on.isoformat()) for entry in in_order_of_law(entries)]


@pytest.mark.parametrize(
    ("lines", "stop"),
    [
        (("dispatched 2026-09-21 by=post",), 1),
        (("dispatched 2026-09-21 by=hand",), None),
        (("delivered 2026-09-22",), None),
        (("dispatched 2026-09-21 by=hand", "delivered 2026-09-22"), 2),
        (("dispatched 2026-09-21 by=portal", "delivered 2026-09-22"), 1),
        (("extended 2026-09-21 days=5", "abandoned 2026-09-22"), 2),
        (("withdrawn 2026-09-22", "dispatched 2026-09-23 by=post"), 1),
    ],
)
def test_235_what_stops_a_run(lines: tuple[str, ...], stop: int | None) -> None:
    found = stop_of(log(*lines))
    assert (found.seq if found else None) == stop


@pytest.mark.parametrize(
    "lines",
    [
        ("extended 2026-09-21 days=5", "extended 2026-09-21 days=10"),
        ("suspended 2026-09-21 cause=third_party", "suspended 2026-09-21 cause=third_party ref=1"),
        ("suspended 2026-09-21 cause=third_party ref=1", "suspended 2026-09-21 cause=third_party ref=2"),
        ("suspended 2026-09-21 cause=co_producer", "suspended 2026-09-21 cause=third_party"),
        ("delayed 2026-09-21 until=2026-11-30", "delayed 2026-09-21 until=2026-10-30"),
        ("dispatched 2026-09-21 by=hand", "dispatched 2026-09-21 by=post"),
        ("ordered_anew 2026-09-21", "ordered_anew 2026-09-21 days=1"),
    ],
)
def test_two_of_one_kind_on_one_day_are_ordered_by_what_they_say(lines: tuple[str, ...]) -> None:
    first, second = lines
    forth = in_order_of_law(log("received 2026-09-10", first, second))
    back = in_order_of_law(log("received 2026-09-10", second, first))
    assert [entry.seq for entry in forth] == [1, 2, 3]
    assert [entry.seq for entry in back] == [1, 3, 2]


def test_of_two_delays_on_one_day_the_earlier_date_holds() -> None:
    delays = ("delayed 2026-09-21 until=2026-10-30", "delayed 2026-09-21 until=2026-11-30")
    for lines in permutations(delays):
        assert fold(log("received 2026-09-10", *lines), CALENDAR).due_on == day("2026-10-30")


def test_an_order_comes_after_the_reply_of_its_day_and_before_it_where_the_case_had_stopped() -> None:
    same_day = ("ordered_anew 2026-09-21", "dispatched 2026-09-21 by=post")
    assert told(log("received 2026-09-10", *same_day))[-1][0] == "ordered_anew"
    stopped = ("received 2026-09-10", "dispatched 2026-09-15 by=post")
    assert told(log(*stopped, *same_day))[-1][0] == "dispatched"


def test_a_reply_signed_by_hand_had_stopped_the_case_before_the_order() -> None:
    lines = ("dispatched 2026-09-14 by=hand", "delivered 2026-09-15")
    same_day = ("ordered_anew 2026-09-21", "dispatched 2026-09-21 by=post")
    assert told(log("received 2026-09-10", *lines, *same_day))[-1][0] == "dispatched"


def test_a_reply_carried_out_by_hand_before_an_order_is_none_after_it() -> None:
    before = ("received 2026-09-10", "dispatched 2026-09-14 by=hand", "delivered 2026-09-15")
    after = ("ordered_anew 2026-09-16", "delivered 2026-09-18")
    same_day = ("ordered_anew 2026-09-21", "dispatched 2026-09-21 by=post")
    assert told(log(*before, *after, *same_day))[-1][0] == "ordered_anew"


CONSULTED = ("received 2026-09-01", "suspended 2026-09-03 cause=third_party ref=a")


def answered(*lines: str) -> str:
    entries = [*log(*CONSULTED, *lines), LogEntry(EntryType.RESUMED, day("2026-12-01"), 9, ref="a")]
    return answers_capped(entries, CALENDAR)[-1].on.isoformat()


def test_art_32_of_several_receipts_the_first_begins_the_15_working_days() -> None:
    first, second = "consultation_delivered 2026-09-08 ref=a", "consultation_delivered 2026-09-11 ref=a"
    expected = CALENDAR.nth_workday(day("2026-09-08"), 15).isoformat()
    assert answered(first) == answered(first, second) == answered(second, first) == expected


def test_art_32_a_receipt_on_the_day_of_sending_counts_and_one_before_it_does_not() -> None:
    expected = CALENDAR.nth_workday(day("2026-09-03"), 15).isoformat()
    assert answered("consultation_delivered 2026-09-03 ref=a") == expected
    assert answered("consultation_delivered 2026-09-02 ref=a") == "2026-12-01"


def test_ways_of_dispatch_are_those_that_stop_at_once_but_for_the_hand() -> None:
    for way in DispatchWay:
        entry = LogEntry(EntryType.DISPATCHED, day("2026-09-21"), 1, by=way)
        assert (stop_of([entry]) is None) == (way is DispatchWay.HAND)
