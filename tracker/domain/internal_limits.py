"""内部时限: how many working days before the reply's due date an organ means to have drafted, reviewed and posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.statute import REPLY_DAYS

MOST = REPLY_DAYS - 1
"""Working days before the due date at most: a limit must leave a day to work on."""

KEPT = "internal_limits"
"""Name of the limits among the details of the entry that stops a run: later settings never judge a finished reply."""


@dataclass(frozen=True, slots=True)
class InternalLimits:
    """Working days before the reply's due date; ``review_by`` is None where the organ has no legal review."""

    draft_by: int = 8
    review_by: int | None = 5
    post_by: int = 2

    def as_details(self) -> dict[str, int | None]:
        """As the stopping entry keeps them."""
        return {"draft_by": self.draft_by, "review_by": self.review_by, "post_by": self.post_by}


def kept_limits(details: Mapping[str, Any]) -> InternalLimits | None:
    """The limits a stopping entry keeps; None where it keeps none, or nothing that makes sense."""
    raw = details.get(KEPT)
    if not isinstance(raw, Mapping):
        return None
    draft, review, post = (_days(raw.get(name)) for name in ("draft_by", "review_by", "post_by"))
    if draft is None or post is None or (review is None and raw.get("review_by") is not None):
        return None
    return InternalLimits(draft, review, post)


def _days(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MOST else None
