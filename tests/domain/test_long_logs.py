"""Ten thousand entries in one log, in every shape that once made a reading slow: an answer in bounded time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain.logs import CALENDAR
from tracker.domain.case_log import LogEntry, parse_entry
from tracker.domain.clock import clocks_of, day_marks, find_refusal, fold, preview
from tracker.domain.sheet import sheet_of
from tracker.domain.stages import stage_of

HALF = 5_000
FIRST = date(2025, 3, 3)
TODAY = date(2026, 11, 23)
SECONDS = 10
"""Of processor, for each question asked of such a log: most take a tenth, read pair by pair they take minutes."""
Raw = dict[str, Any]


def on(days: int, first: date = FIRST) -> str:
    return (first + timedelta(days=days)).isoformat()


def overlapping() -> Iterator[Raw]:
    for n in range(HALF):
        yield {"type": "suspended", "on": on(n % 12), "cause": "third_party", "ref": f"r{n}"}
    for n in range(HALF):
        yield {"type": "resumed", "on": on(15 + n % 9), "ref": f"r{n}"}


def unordered() -> Iterator[Raw]:
    log = list(overlapping())
    random.Random(711).shuffle(log)
    yield from log


def on_one_day() -> Iterator[Raw]:
    for _ in range(HALF):
        yield {"type": "suspended", "on": on(2), "cause": "third_party"}
        yield {"type": "resumed", "on": on(2)}


def ordered_anew() -> Iterator[Raw]:
    for n in range(HALF):
        yield {"type": "dispatched", "on": on(1 + n), "by": "post"}
        yield {"type": "ordered_anew", "on": on(1 + n)}


def ordered_anew_on_one_day() -> Iterator[Raw]:
    return ({"type": "ordered_anew", "on": on(3)} for _ in range(2 * HALF))


def fees_paid_before_they_were_asked() -> Iterator[Raw]:
    yield from ({"type": "fee_paid", "on": on(1)} for _ in range(HALF))
    yield from ({"type": "fee_notified", "on": on(5)} for _ in range(HALF))


def fees() -> Iterator[Raw]:
    for n in range(HALF):
        yield {"type": "fee_notified", "on": on(n)}
        yield {"type": "fee_paid", "on": on(n + 1)}


def corrected_facts() -> Iterator[Raw]:
    for n in range(2 * HALF):
        yield {"type": "fact_corrected", "on": on(2), "details": {"seq": 1, "on": on(n % 9)}}


def answers_of_third_parties() -> Iterator[Raw]:
    for n in range(HALF // 2):
        yield {"type": "suspended", "on": on(1), "cause": "third_party", "ref": f"r{n}"}
        yield {"type": "consultation_delivered", "on": on(2), "ref": f"r{n}"}
        yield {"type": "resumed", "on": on(90), "ref": f"r{n}"}


def late_and_endless() -> Iterator[Raw]:
    for n in range(HALF):
        yield {"type": "extended", "on": on(n), "days": 10**30}
        yield {"type": "delayed", "on": on(n), "until": "9999-12-31"}


def far_from_every_notice() -> Iterator[Raw]:
    for n in range(2 * HALF):
        yield {"type": "ordered_anew", "on": on(1 + n * 300, date(1, 1, 1)), "days": 9_999_999}


SHAPES = (
    overlapping,
    unordered,
    on_one_day,
    ordered_anew,
    ordered_anew_on_one_day,
    fees_paid_before_they_were_asked,
    fees,
    corrected_facts,
    answers_of_third_parties,
    late_and_endless,
    far_from_every_notice,
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.__name__))
def test_ten_thousand_entries_are_read_in_bounded_time(shape: Any) -> None:
    first = "0001-01-01" if shape is far_from_every_notice else FIRST.isoformat()
    raw = [{"type": "received", "on": first}, *shape()]
    log = [parse_entry(entry, seq) for seq, entry in enumerate(raw, start=1)]
    questions: dict[str, Any] = {
        "refusal": lambda: find_refusal(log, TODAY),
        "reading": lambda: fold(log, CALENDAR, TODAY, steps=True, calendars=lambda _: CALENDAR),
        "clocks": lambda: clocks_of(log, CALENDAR, TODAY),
        "preview": lambda: preview(log[:-1], log[-1], CALENDAR, TODAY),
        "days": lambda: day_marks(log, CALENDAR, TODAY),
        "sheet": lambda: sheet_of(log, CALENDAR, TODAY),
        "stage": lambda: stage_of(log),
    }
    taken = {name: _seconds(ask) for name, ask in questions.items()}
    assert {name: seconds for name, seconds in taken.items() if seconds > SECONDS} == {}


def _seconds(ask: Any) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


def test_what_so_many_overlapping_letters_come_to_is_one_span() -> None:
    log: list[LogEntry] = [
        parse_entry(entry, seq)
        for seq, entry in enumerate([{"type": "received", "on": on(0)}, *unordered()], start=1)
    ]
    reading = fold(log, CALENDAR)
    assert [(span.start, span.end) for span in reading.spans] == [(FIRST, FIRST + timedelta(days=23))]
