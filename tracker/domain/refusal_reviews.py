"""定期评估审查 (Art 18): refusals under Art 14–16 are looked at again, and what may be public by now is disclosed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.dispositions import REFUSALS, Disposition
from tracker.domain.vocabulary import N_

REVIEW_MONTHS = 12
"""Art 18 says 定期 and names no period: a year from the reply, then from each review, is the system's convention."""

REVIEWED: tuple[Disposition, ...] = (*(row.code for row in REFUSALS), Disposition.PARTLY_DISCLOSED)
"""Outcomes that refuse under Art 14–16, in whole or in part, in the order of the annual table."""


class ReviewResult(StrEnum):
    """What a review of a refusal came to."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISCLOSE = "disclose"
    NOTHING_REFUSED = "nothing_refused"


REVIEW_RESULT_NAMES: dict[ReviewResult, str] = {
    ReviewResult.UPHELD: N_("情况没有变化，仍不公开"),
    ReviewResult.PARTLY: N_("情况变化，一部分可以公开"),
    ReviewResult.DISCLOSE: N_("情况变化，可以公开"),
    ReviewResult.NOTHING_REFUSED: N_("没有依照第十四条至第十六条不予公开的内容"),
}
MAY_BE_PUBLIC: frozenset[ReviewResult] = frozenset({ReviewResult.PARTLY, ReviewResult.DISCLOSE})
"""Results after which Art 18 demands that it be disclosed."""
LAST: frozenset[ReviewResult] = frozenset({ReviewResult.DISCLOSE, ReviewResult.NOTHING_REFUSED})
"""Results after which there is nothing left to review."""


def next_review_on(since: date) -> date:
    """The day by which a refusal is reviewed, counted from its reply or its last review: the same day twelve months
    later, the last of the month where there is no such day."""
    year, month = since.year + REVIEW_MONTHS // 12, since.month
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def due_since(today: date) -> date:
    """The latest day from which the review is due today: what was answered or reviewed then or before is due."""
    day = date(today.year - REVIEW_MONTHS // 12, today.month, 1) + timedelta(days=today.day - 1)
    while next_review_on(day) > today:
        day -= timedelta(days=1)
    while next_review_on(day + timedelta(days=1)) <= today:
        day += timedelta(days=1)
    return day
