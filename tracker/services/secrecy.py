"""保密审查 (Art 17): comes before anything is disclosed."""

from __future__ import annotations

from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.secrecy import SecrecyVerdict
from tracker.domain.workflow import Action
from tracker.models import SecrecyReview
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def review_secrecy(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    reviewed_by: str,
    verdict: SecrecyVerdict,
    opinion: str,
    expected_version: int | None,
) -> Reading:
    """登记保密审查: who reviewed, when, with what opinion. The opinion names no classified content."""
    with acting(ctx, case_id, Action.REVIEW_SECRECY, expected_version) as case:
        review = SecrecyReview(
            case_id=case.id,
            reviewed_by=reviewed_by,
            reviewed_on=on,
            verdict=str(verdict),
            opinion=opinion,
        )
        ctx.session.add(review)
        ctx.session.flush()
        details = {"secrecy_review_id": review.id, "verdict": str(verdict)}
        return append(ctx, case, NewEntry(EntryType.SECRECY_REVIEWED, on, details))
