"""Art 18: reviewed a year after the reply or the last review, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dispositions import ROW_OF, Disposition, Group
from tracker.domain.refusal_reviews import (
    LAST,
    MAY_BE_PUBLIC,
    REVIEWED,
    ReviewResult,
    due_since,
    next_review_on,
)

DAYS = st.dates(date(2019, 5, 15), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2025, 11, 23), date(2026, 11, 23)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2025, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_year_later_to_the_day(since: date, due: date) -> None:
    assert next_review_on(since) == due


@given(DAYS)
def test_due_since_is_the_last_day_that_is_due(today: date) -> None:
    since = due_since(today)
    assert next_review_on(since) <= today < next_review_on(since + timedelta(days=1))


def test_leap_day() -> None:
    assert due_since(date(2025, 2, 28)) == date(2024, 2, 29)
    assert due_since(date(2024, 2, 29)) == date(2023, 2, 28)


def test_refusals_under_articles_14_to_16_are_reviewed_and_no_others() -> None:
    for code in Disposition:
        articles = {article.partition("(")[0] for v in ROW_OF[code].variants for article in v.articles}
        refused = ROW_OF[code].group is Group.REFUSED and bool(articles & {"14", "15", "16"})
        assert (code in REVIEWED) == (refused or code is Disposition.PARTLY_DISCLOSED), code


def test_what_may_be_public_is_reviewed_further_only_where_a_part_stays_refused() -> None:
    assert {ReviewResult.DISCLOSE} == MAY_BE_PUBLIC & LAST
    assert ReviewResult.UPHELD not in MAY_BE_PUBLIC | LAST
