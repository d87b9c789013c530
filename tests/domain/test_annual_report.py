"""The way of an annual report, and the day of article 49 with both its neighbours."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tracker.domain.annual_report import SUBMISSION, ReportAct, ReportState, acts_offered, state_after
from tracker.domain.errors import NotLawfulNow

WAYS = {
    ("drafting", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("accepted", "return"): "returned",
    ("submitted", "accept"): "accepted",
    ("accepted", "publish"): "published",
}


@pytest.mark.parametrize(("state", "act"), list(product(ReportState, ReportAct)))
def test_an_act_leads_where_it_says_or_is_refused(state: ReportState, act: ReportAct) -> None:
    to = WAYS.get((str(state), str(act)))
    assert (act in acts_offered(state)) == (to is not None)
    if to is None:
        with pytest.raises(NotLawfulNow):
            state_after(state, act)
    else:
        assert state_after(state, act) == to


@pytest.mark.parametrize(
    ("on", "late"), [(date(2026, 1, 30), False), (date(2026, 1, 31), False), (date(2026, 2, 1), True)]
)
def test_the_report_on_2025_is_in_time_through_31_january_2026(on: date, late: bool) -> None:
    assert SUBMISSION.after(2025) == date(2026, 1, 31)
    assert SUBMISSION.is_late(2025, on) is late


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 2, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_the_organ_is_reminded_from_1_january(today: date, told: bool) -> None:
    assert SUBMISSION.is_told(today) is told
