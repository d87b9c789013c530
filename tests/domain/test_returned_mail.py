"""退件 and proof of delivery."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters.shipped_calendars import shipped_calendar
from tracker.domain.returned_mail import (
    NEXT_STEPS,
    PROOF_DAYS,
    RETURN_KIND_NAMES,
    ReturnKind,
    proof_overdue,
    told_return,
)

CALENDAR = shipped_calendar()


def test_every_reason_has_a_name_and_says_what_comes_next() -> None:
    assert set(RETURN_KIND_NAMES) == set(NEXT_STEPS) == set(ReturnKind)


@pytest.mark.parametrize(
    ("kind", "note", "told"),
    [
        (ReturnKind.REFUSED, "", "拒收"),
        (ReturnKind.MOVED, "迁往杭州", "迁移新址：迁往杭州"),
        (ReturnKind.OTHER, "信封破损", "信封破损"),
    ],
)
def test_what_is_kept_of_a_return(kind: ReturnKind, note: str, told: str) -> None:
    assert told_return(kind, note) == told


@given(st.dates(date(2026, 1, 5), date(2026, 10, 30)), st.integers(0, 40))
def test_proof_is_overdue_by_working_days(posted_on: date, days: int) -> None:
    today = posted_on + timedelta(days)
    assert proof_overdue(posted_on, today, CALENDAR) == max(0, CALENDAR.count(posted_on, today) - PROOF_DAYS)
    assert proof_overdue(posted_on, CALENDAR.nth_workday(posted_on, PROOF_DAYS), CALENDAR) == 0
    assert proof_overdue(posted_on, CALENDAR.nth_workday(posted_on, PROOF_DAYS + 1), CALENDAR) == 1
