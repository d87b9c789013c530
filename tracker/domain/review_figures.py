"""审查统计: how long reviews took and why drafts went back, by organ, advisor, month or reason.

**Days** (审查用时) are the working days from the day after a draft was handed in to the day it was decided: 0 when that
was the same day. Decisions on paper and those the head let pass count among the decided, without days of an advisor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tracker.domain.figures import median, percentile
from tracker.domain.return_reasons import ReturnReason
from tracker.domain.vocabulary import N_


class ReviewOutcome(StrEnum):
    """How a review ended."""

    AS_READ = "as_read"
    AMENDED = "amended"
    RETURNED = "returned"
    WAIVED = "waived"


OUTCOME_NAMES: dict[ReviewOutcome, str] = {
    ReviewOutcome.AS_READ: N_("通过"),
    ReviewOutcome.AMENDED: N_("修改通过"),
    ReviewOutcome.RETURNED: N_("退回修改"),
    ReviewOutcome.WAIVED: N_("免予审查"),
}


class Grouping(StrEnum):
    """By what reviews are told apart."""

    ORGAN = "organ"
    ADVISOR = "advisor"
    MONTH = "month"


GROUPING_NAMES: dict[Grouping, str] = {
    Grouping.ORGAN: N_("机关"),
    Grouping.ADVISOR: N_("审查人"),
    Grouping.MONTH: N_("月份"),
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One decision. ``advisor`` is a key: the account, or 0 for one on paper; ``days`` None where not known."""

    organ: int
    advisor: int
    on: date
    outcome: ReviewOutcome
    reasons: tuple[ReturnReason, ...] = ()
    days: int | None = None

    def key(self, grouping: Grouping) -> int:
        """What it is counted under; a month as 1 to 12."""
        return {
            Grouping.ORGAN: self.organ,
            Grouping.ADVISOR: self.advisor,
            Grouping.MONTH: self.on.month,
        }[grouping]


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """Sums of some decisions."""

    decided: int
    by_outcome: dict[ReviewOutcome, int]
    by_reason: dict[ReturnReason, int]
    timed: int
    median: Fraction | None
    ninetieth: int | None
    longest: int | None


def figures_of(reviews: Iterable[Reviewed]) -> ReviewFigures:
    """Sum up. A return for several reasons counts once among the returned, and once under each reason."""
    told = list(reviews)
    days = Counter(r.days for r in told if r.days is not None)
    outcomes = Counter(r.outcome for r in told)
    reasons = Counter(reason for r in told for reason in r.reasons)
    return ReviewFigures(
        decided=len(told),
        by_outcome={outcome: outcomes[outcome] for outcome in ReviewOutcome},
        by_reason={reason: reasons[reason] for reason in ReturnReason},
        timed=sum(days.values()),
        median=median(days),
        ninetieth=percentile(days, 90),
        longest=max(days, default=None),
    )


def grouped(reviews: Sequence[Reviewed], grouping: Grouping) -> dict[int, ReviewFigures]:
    """Figures by key, in the order of the keys; groups without a decision are left out."""
    keys = sorted({r.key(grouping) for r in reviews})
    return {key: figures_of(r for r in reviews if r.key(grouping) == key) for key in keys}
