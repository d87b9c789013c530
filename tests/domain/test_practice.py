"""练习件 by the rules of real cases, apart from everything that is counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.source import names, python_files
from tracker.adapters.shipped_calendars import shipped_calendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.errors import RefusalCode
from tracker.domain.numbering import case_number
from tracker.domain.practice import (
    ACTS,
    SCENARIOS,
    breaches_of,
    entry_for,
    first_log,
    is_done,
    offers_of,
    practice_number,
    read_practice,
    supposed_day,
    try_act,
)
from tracker.domain.reading import BreachCode
from tracker.domain.workflow import Action
from tracker.models import Base

CALENDAR = shipped_calendar()
RECEIVED = date(2026, 3, 2)
KNOW_IT = {
    "tracker/models/practice.py",
    "tracker/models/__init__.py",
    "tracker/services/practice.py",
}


def after(*acts: tuple[Action, date]) -> tuple[LogEntry, ...]:
    log = first_log(RECEIVED)
    for action, on in acts:
        assert action in {offer.rule.action for offer in offers_of(log) if not offer.missing}, action
        log = (*log, entry_for(action, on, 20, len(log) + 1))
    return log


def test_the_usual_act_leads_from_the_receipt_to_the_archive() -> None:
    log = first_log(RECEIVED)
    for _ in range(20):
        usual = next((offer for offer in offers_of(log) if offer.usual), None)
        if usual is None:
            break
        log = (*log, entry_for(usual.rule.action, RECEIVED, None, len(log) + 1))
    assert is_done(log)
    assert breaches_of(log, CALENDAR) == ()
    assert read_practice(log, CALENDAR).on_time is True


def test_due_date_and_breaches_are_those_of_a_real_case() -> None:
    assert read_practice(first_log(RECEIVED), CALENDAR).due_on == date(2026, 3, 30)
    late = after((Action.REQUEST_CORRECTION, date(2026, 3, 12)))
    assert [breach.code for breach in breaches_of(late, CALENDAR)] == [BreachCode.LATE_CORRECTION_NOTICE]
    back = (*late, entry_for(Action.RECORD_CORRECTION, date(2026, 3, 16), None, len(late) + 1))
    assert read_practice(back, CALENDAR).due_on == date(2026, 4, 14)


def test_what_cannot_be_is_refused_here_too() -> None:
    before = entry_for(Action.ACCEPT, date(2026, 3, 1), None, 4)
    dispatched = entry_for(Action.DISPATCH, date(2026, 3, 1), None, 4)
    assert (
        try_act(first_log(RECEIVED), before, CALENDAR).refusal is not None
        or supposed_day((*first_log(RECEIVED), before)) == RECEIVED
    )
    refusal = try_act(first_log(RECEIVED), dispatched, CALENDAR).refusal
    assert refusal is not None
    assert refusal.code in RefusalCode


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=14))
def test_whatever_is_practised_the_page_can_be_drawn(choices: list[tuple[int, int]]) -> None:
    log = first_log(RECEIVED)
    for pick, days in choices:
        offers = [offer for offer in offers_of(log) if not offer.missing]
        if not offers:
            break
        on = date.fromordinal(supposed_day(log).toordinal() + days)
        entry = entry_for(offers[pick % len(offers)].rule.action, on, 20, len(log) + 1)
        if try_act(log, entry, CALENDAR).refusal is None:
            log = (*log, entry)
    assert read_practice(log, CALENDAR).runs
    assert len(log) >= len(first_log(RECEIVED))


@pytest.mark.parametrize("serial", [1, 12])
def test_its_number_is_no_number_of_the_register(serial: int) -> None:
    assert practice_number(2026, serial) == f"练习-2026-{serial}"
    assert practice_number(2026, serial) != case_number("椒民公开", 2026, serial)


def test_nothing_that_counts_can_meet_it() -> None:
    """No table refers to practice cases, they refer to no organ, and one service alone reads the table."""
    table = Base.metadata.tables["practice_cases"]
    pointing = [
        t.name for t in Base.metadata.sorted_tables for key in t.foreign_keys if key.column.table is table
    ]
    assert pointing == []
    assert [key.column.table.name for key in table.foreign_keys] == ["accounts"]
    told = {
        str(path)[str(path).index("tracker/") :]
        for path in python_files("tracker")
        if any(name == "PracticeCase" for _line, name in names(path))
    }
    assert told <= KNOW_IT
    assert {act.leaves for act in ACTS} <= set(EntryType)
    assert len({scenario.key for scenario in SCENARIOS}) == len(SCENARIOS)
