"""Which 计分规则 is in force: the latest day of beginning that has come, and of one day the latest made."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.points_rule import SHIPPED_RULE
from tracker.domain.points_versions import SHIPPED, RuleVersion, in_force_on, spans

DAY = date(2026, 1, 1)


def version(number: int, begins: date) -> RuleVersion:
    return RuleVersion(number, SHIPPED_RULE, begins)


VERSIONS = st.lists(st.integers(0, 30), max_size=8).map(
    lambda days: [version(n, DAY + timedelta(d)) for n, d in enumerate(days, start=2)]
)


@given(VERSIONS, st.integers(-5, 40))
def test_the_spans_say_which_version_is_in_force_on_every_day(versions: list[RuleVersion], at: int) -> None:
    day = DAY + timedelta(at)
    covering = [
        span.version
        for span in spans(versions)
        if not span.never
        and (span.version.in_force_from or date.min) <= day
        and (span.until is None or day <= span.until)
    ]
    assert covering == [in_force_on(versions, day)]
    assert [s.version.number for s in spans(versions)] == list(range(len(versions) + 1, 0, -1))


def test_the_first_day_counts_and_the_latest_made_of_one_day_wins() -> None:
    second, third = version(2, date(2026, 7, 1)), version(3, date(2026, 7, 1))
    assert in_force_on([second], date(2026, 6, 30)) is SHIPPED
    assert in_force_on([second], date(2026, 7, 1)) is second
    assert in_force_on([second, third], date(2026, 7, 1)) is third
    assert [(s.version.number, s.until, s.never) for s in spans([second, third])] == [
        (3, None, False),
        (2, date(2026, 6, 30), True),
        (1, date(2026, 6, 30), False),
    ]


def test_a_later_decision_for_an_earlier_day_ends_when_the_other_begins() -> None:
    next_year, this_autumn = version(2, date(2027, 1, 1)), version(3, date(2026, 9, 1))
    assert in_force_on([next_year, this_autumn], date(2026, 12, 31)) is this_autumn
    assert in_force_on([next_year, this_autumn], date(2027, 1, 1)) is next_year
