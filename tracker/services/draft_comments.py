"""批注 as the drafter meets them: which are open, and the tick that one is dealt with."""

from __future__ import annotations

from collections.abc import Collection

from tracker.domain.vocabulary import N_
from tracker.models import Letter, ReviewComment
from tracker.services.context import Context

OPEN_COMMENTS = N_("对审查批注的处理（在拟稿页逐条勾选“已处理”）")
"""What a draft lacks while comments are open."""


def deal_with(ctx: Context, letter: Letter, comment_ids: Collection[int]) -> int:
    """Mark open comments of the letter as dealt with, within the caller's transaction; how many there were."""
    done = [c for c in letter.comments if c.id in comment_ids and c.dealt_with_at is None]
    for each in done:
        each.dealt_with_at, each.dealt_with_by_id = ctx.now, ctx.actor.account_id
    return len(done)


def open_comments(letter: Letter) -> list[ReviewComment]:
    """Comments the drafter has not dealt with yet."""
    return [each for each in letter.comments if each.dealt_with_at is None]
