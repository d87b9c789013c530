"""When messages may leave: quiet hours at night, by day, and on days off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, ahead_of, earliest_leave, faults_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def weekday(day: date) -> bool:
    return day.weekday() < 5


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-11-23T10:05", "2026-11-23T10:05"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T19:59", "2026-11-23T19:59"),
        ("2026-11-23T20:00", "2026-11-24T08:00"),
        ("2026-11-27T20:00", "2026-11-30T08:00"),
        ("2026-11-28T10:00", "2026-11-30T08:00"),
    ],
)
def test_night_and_days_off_by_default(written: str, leaves: str) -> None:
    assert earliest_leave(at(written), DEFAULT_POLICY, weekday) == at(leaves)


def test_hours_within_a_day_and_none_at_all() -> None:
    siesta = AlertPolicy(quiet_from=12, quiet_until=14)
    assert earliest_leave(at("2026-11-23T13:30"), siesta, weekday) == at("2026-11-23T14:00")
    never = AlertPolicy(quiet_from=8, quiet_until=8, quiet_days_off=False)
    assert earliest_leave(at("2026-11-28T03:00"), never, weekday) == at("2026-11-28T03:00")


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("2026-01-01"), max_value=datetime.fromisoformat("2026-12-31")
    ),
    st.integers(0, 23),
    st.integers(0, 23),
    st.booleans(),
)
def test_it_is_never_earlier_and_asking_again_changes_nothing(
    local: datetime, start: int, end: int, off: bool
) -> None:
    policy = AlertPolicy(quiet_from=start, quiet_until=end, quiet_days_off=off)
    moment = local.replace(tzinfo=SHANGHAI)
    leaves = earliest_leave(moment, policy, weekday)
    assert leaves >= moment
    assert earliest_leave(leaves, policy, weekday) == leaves
    assert weekday(leaves.date()) or not off


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5、3、1、0", (5, 3, 1, 0)),
        (" 0, 3 ，5;1 5", (5, 3, 1, 0)),
        ("５、３", (5, 3)),
        ("", ()),
        ("3天", None),
        ("-1", None),
        ("²", None),
        ("1.5", None),
        ("1000", None),
    ],
)
def test_days_as_an_office_writes_them(text: str, days: tuple[int, ...] | None) -> None:
    assert ahead_of(text) == days


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("ahead", [(0,), (19,), (5, 3, 1, 0)], [(), (20,), (-1,)]),
        ("overdue_every", [1, 5], [0, 6, -1]),
        ("review_days", [1, 19], [0, 20]),
        ("sign_off_days", [1, 19], [0, 20]),
        ("quiet_from", [0, 23], [-1, 24]),
        ("quiet_until", [0, 23], [-1, 24]),
    ],
)
def test_what_cannot_be_set_is_named_by_its_field(field: str, good: list, bad: list) -> None:
    for value in good:
        assert faults_of(replace(DEFAULT_POLICY, **{field: value})) == {}
    for value in bad:
        assert list(faults_of(replace(DEFAULT_POLICY, **{field: value}))) == [field]
