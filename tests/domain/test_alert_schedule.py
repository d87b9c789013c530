"""Which alert is owed on which day, and that no day is skipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR, day
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy
from tracker.domain.alert_schedule import OF_OTHERS, OWED, Ahead, Audience, Timetable, rules_of
from tracker.domain.alerts import ALERT_NAMES, ALERT_TEXTS, AlertKind
from tracker.domain.case_clocks import ClockKind
from tracker.domain.stages import Stage

DUE = day("2026-10-13")
WORK = Stage.PROCESSING


def reply(
    due_on: date = DUE, *, provisional: bool = False, policy: AlertPolicy = DEFAULT_POLICY
) -> Timetable:
    return Timetable(ClockKind.REPLY, due_on, provisional, CALENDAR, policy)


def owed(days: Timetable, today: str) -> set[tuple[str, str, int]]:
    return {(str(o.audience), str(o.kind), o.step) for o in days.owed_on(day(today), WORK)}


def of_handler(days: Timetable, today: date) -> tuple[AlertKind, int] | None:
    return next(((o.kind, o.step) for o in days.owed_on(today, WORK) if o.audience is Audience.HANDLER), None)


def test_d35_five_working_days_ahead_is_before_the_long_holiday() -> None:
    assert reply().first_on() == day("2026-09-30")
    assert owed(reply(), "2026-09-29") == set()
    assert owed(reply(), "2026-09-30") == {("handler", "due_soon", 5)}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-07", {("handler", "due_soon", 5)}),
        ("2026-10-09", {("handler", "due_soon", 3)}),
        ("2026-10-11", {("handler", "due_soon", 3)}),
        ("2026-10-12", {("handler", "due_soon", 1), ("disclosure_head", "due_soon", 1)}),
        ("2026-10-13", {("handler", "due_today", 0), ("disclosure_head", "due_soon", 1)}),
    ],
)
def test_the_latest_step_that_has_come_is_the_one_owed(
    today: str, expected: set[tuple[str, str, int]]
) -> None:
    assert owed(reply(), today) == expected


def test_overdue_from_the_next_midnight_then_every_second_working_day() -> None:
    everybody = {"handler", "disclosure_head", "supervisor"}
    friday = day("2026-11-27")
    days = reply(friday)
    steps = {
        "2026-11-28": 0,  # a Saturday: 00:00 of the day after, working day or not
        "2026-11-30": 0,
        "2026-12-01": 2,
        "2026-12-02": 2,
        "2026-12-03": 4,
    }
    for today, step in steps.items():
        assert owed(days, today) == {(who, "overdue", step) for who in everybody}, today
    assert days.next_after(friday) == day("2026-11-28")
    assert days.next_after(day("2026-11-28")) == day("2026-12-01")
    assert days.next_after(day("2026-12-01")) == day("2026-12-03")


def test_a_provisional_date_is_treated_as_five_working_days_earlier_and_never_called_today() -> None:
    firm, provisional = reply(), reply(provisional=True)
    assert CALENDAR.count(provisional.first_on(), firm.first_on()) == 5
    kinds = {o.kind for n in range(40) for o in provisional.owed_on(DUE - timedelta(n), WORK)}
    assert kinds == {AlertKind.DUE_SOON}
    assert of_handler(provisional, DUE + timedelta(1)) == (AlertKind.OVERDUE, 0)


policies = st.builds(
    AlertPolicy,
    ahead=st.lists(st.integers(0, 12), min_size=1, max_size=5, unique=True).map(tuple),
    overdue_every=st.integers(1, 10),
)
dates = st.dates(date(2025, 3, 1), date(2026, 11, 1))


@given(dates, policies, st.booleans(), st.sampled_from([*ClockKind, "some_other"]), st.integers(-30, 30))
def test_before_the_date_never_overdue_after_it_never_soon(
    due_on: date, policy: AlertPolicy, provisional: bool, kind: str, offset: int
) -> None:
    today = due_on + timedelta(offset)
    days = Timetable(kind, due_on, provisional, CALENDAR, policy)
    for stage in Stage:
        kinds = {o.kind for o in days.owed_on(today, stage)}
        assert not kinds & ({AlertKind.OVERDUE} if offset <= 0 else {AlertKind.DUE_SOON, AlertKind.DUE_TODAY})


@given(dates, policies, st.booleans())
def test_following_the_days_tells_the_same_as_looking_every_day(
    due_on: date, policy: AlertPolicy, provisional: bool
) -> None:
    days = reply(due_on, provisional=provisional, policy=policy)
    end = due_on + timedelta(40)
    start = days.first_on() - timedelta(3)
    every = {o for n in range((end - start).days + 1) for o in days.owed_on(start + timedelta(n), WORK)}
    followed, today = set(), days.first_on()
    while today is not None and today <= end:
        followed.update(days.owed_on(today, WORK))
        following = days.next_after(today)
        assert following is None or following > today
        today = following  # type: ignore[assignment]
    assert followed == every


def test_every_clock_owes_its_handler_something() -> None:
    elsewhere = {kind for kind in ClockKind if not kind.of_law}
    for kind in set(ClockKind) - elsewhere:
        assert any(isinstance(r, Ahead) and r.audience is Audience.HANDLER for r in rules_of(kind)), kind
    for kind in elsewhere:
        days = Timetable(kind, DUE, False, CALENDAR, DEFAULT_POLICY)
        assert (days.first_on(), days.next_after(DUE), list(days.owed_on(DUE, Stage.PROCESSING))) == (
            None,
            None,
            [],
        )
    assert rules_of("not_known_yet") == OF_OTHERS
    assert set(OWED) <= set(ClockKind)


def test_a_correction_notice_is_asked_for_only_before_acceptance() -> None:
    days = Timetable(ClockKind.CORRECTION_NOTICE, DUE, False, CALENDAR, DEFAULT_POLICY)
    assert [o.kind for o in days.owed_on(DUE, Stage.REGISTERED)] == [AlertKind.DUE_TODAY]
    assert not list(days.owed_on(DUE, Stage.PROCESSING))


def test_every_kind_has_its_words() -> None:
    assert set(ALERT_NAMES) == set(ALERT_TEXTS) == set(AlertKind)
    late = "超期"
    assert [kind for kind, name in ALERT_NAMES.items() if late in name] == [AlertKind.OVERDUE]
    assert not [kind for kind, text in ALERT_TEXTS.items() if late in text]
