"""审查统计: sums of decisions, whole and told apart."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.return_reasons import ReturnReason, known_reasons
from tracker.domain.review_figures import Grouping, Reviewed, ReviewOutcome, figures_of, grouped

REVIEWS = st.lists(
    st.builds(
        Reviewed,
        organ=st.integers(1, 3),
        advisor=st.integers(0, 2),
        on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        outcome=st.sampled_from(list(ReviewOutcome)),
        reasons=st.sets(st.sampled_from(list(ReturnReason)), max_size=3).map(tuple),
        days=st.none() | st.integers(0, 20),
    ),
    max_size=30,
)


@given(REVIEWS, st.sampled_from(list(Grouping)))
def test_groups_sum_up_to_the_whole(reviews: list[Reviewed], grouping: Grouping) -> None:
    whole, parts = figures_of(reviews), list(grouped(reviews, grouping).values())
    assert sum(p.decided for p in parts) == whole.decided == sum(whole.by_outcome.values())
    assert sum(p.timed for p in parts) == whole.timed
    for outcome in ReviewOutcome:
        assert sum(p.by_outcome[outcome] for p in parts) == whole.by_outcome[outcome]
    for reason in ReturnReason:
        assert sum(p.by_reason[reason] for p in parts) == whole.by_reason[reason]


def test_days_are_told_of_those_that_have_any() -> None:
    made = [Reviewed(1, 1, date(2026, 3, 2), ReviewOutcome.AS_READ, days=n) for n in (0, 1, 4, None)]
    figures = figures_of(made)
    assert (figures.decided, figures.timed) == (4, 3)
    assert (figures.median, figures.ninetieth, figures.longest) == (Fraction(1), 4, 4)
    assert figures_of([]).median is None


def test_reasons_nobody_knows_are_left_out() -> None:
    assert known_reasons(["law", "gone"]) == (ReturnReason.LAW,)
    assert known_reasons(None) == ()
