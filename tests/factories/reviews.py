"""An advisor's opinion in one call: every point of the checklist answered, or a return with its reasons."""

from __future__ import annotations

from tracker.domain.return_reasons import ReturnReason
from tracker.domain.review_checklist import POINTS, Answer
from tracker.services.context import Context
from tracker.services.legal_review import Opinion, Verdict, review

ALL_MET: dict[str, str] = {p.point: Answer.MET for p in POINTS}


def approve(ctx: Context, letter_id: int, text: str = "同意", *, expected_version: int | None = None) -> None:
    """Nothing to complain of."""
    review(
        ctx, letter_id, Opinion(Verdict.APPROVED, text, answers=ALL_MET), expected_version=expected_version
    )


def send_back(ctx: Context, letter_id: int, text: str = "请补充理由", **given: object) -> None:
    """Back to the drafter."""
    opinion = Opinion(Verdict.RETURNED, text, reasons=(ReturnReason.FACTS,), **given)  # type: ignore[arg-type]
    review(ctx, letter_id, opinion, expected_version=None)


def ticked(**others: str) -> dict[str, str]:
    """The checklist as a browser sends it, all met but what is said otherwise."""
    return {f"answer-{point}": others.get(point, answer) for point, answer in ALL_MET.items()}
