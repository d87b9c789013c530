"""The preview tells what the sweep would, day by day, and no more."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day
from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_preview import LATE_ROUNDS, foretell
from tracker.domain.alert_schedule import Owed, Timetable
from tracker.domain.alerts import AlertKind
from tracker.domain.case_clocks import ClockKind
from tracker.domain.stages import Stage

DUE = day("2026-10-13")


def timetable(policy: AlertPolicy) -> Timetable:
    return Timetable(ClockKind.REPLY, DUE, False, CALENDAR, policy)


def test_the_default_in_full() -> None:
    told = [
        (told.on.isoformat(), str(told.owed.audience), str(told.owed.kind), told.owed.step)
        for told in foretell(timetable(AlertPolicy()))
    ]
    assert told == [
        ("2026-09-30", "handler", "due_soon", 5),
        ("2026-10-09", "handler", "due_soon", 3),
        ("2026-10-12", "handler", "due_soon", 1),
        ("2026-10-12", "disclosure_head", "due_soon", 1),
        ("2026-10-13", "handler", "due_today", 0),
        ("2026-10-14", "handler", "overdue", 0),
        ("2026-10-14", "disclosure_head", "overdue", 0),
        ("2026-10-14", "supervisor", "overdue", 0),
        ("2026-10-16", "handler", "overdue", 2),
        ("2026-10-16", "disclosure_head", "overdue", 2),
        ("2026-10-16", "supervisor", "overdue", 2),
    ]


@given(st.sets(st.integers(0, 19), min_size=1), st.integers(1, 5))
def test_it_agrees_with_looking_every_day(ahead: set[int], every: int) -> None:
    days = timetable(AlertPolicy(ahead=tuple(sorted(ahead, reverse=True)), overdue_every=every))
    foretold = list(foretell(days))
    told: dict[Owed, date] = {}
    on = DUE - timedelta(days=60)
    while on <= foretold[-1].on:
        for owed in days.owed_on(on, Stage.PROCESSING):
            told.setdefault(owed, on)
        on += timedelta(days=1)
    assert {each.owed: each.on for each in foretold} == told
    late = {each.owed.step for each in foretold if each.owed.kind is AlertKind.OVERDUE}
    assert len(late) == LATE_ROUNDS
