"""批注: what a reviewer remarks on single paragraphs of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.errors import Invalid, NotLawfulNow, TrackerError
from tracker.domain.letter_document import LetterDocument, clean
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Letter, ReviewComment
from tracker.services.context import Context
from tracker.services.draft_comments import open_comments
from tracker.services.letter_act import on_letter, require_other_hand

LONGEST = 1000


def comment(
    ctx: Context, letter_id: int, comments: Mapping[str, str], *, expected_version: int | None
) -> int:
    """Keep comments on paragraphs, by the keys of the paragraphs, while the draft is under review; how many were new.

    Raises ``Invalid`` for a paragraph the draft does not have or a comment that is too long, else as ``review``.
    """
    with on_letter(ctx, letter_id, Action.REVIEW, expected_version) as (_case, letter):
        require_other_hand(ctx, letter)
        return add_comments(ctx, letter, comments)


def add_comments(ctx: Context, letter: Letter, comments: Mapping[str, str]) -> int:
    """Comments within the caller's transaction. The same words on the same paragraph twice are one comment."""
    paragraphs = {b.key: b.text for b in LetterDocument.from_data(letter.content).blocks}
    made = 0
    for key, typed in comments.items():
        text = clean(typed)
        if not text:
            continue
        if key not in paragraphs:
            raise NotLawfulNow(N_("稿件已经没有这一段，请刷新页面后再批注。"))
        if len(text) > LONGEST:
            too_long = TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST)
            raise Invalid({f"comment-{key}": [too_long]})
        if _is_there(ctx, letter, key, text):
            continue
        letter.comments.append(
            ReviewComment(
                block_key=key,
                paragraph=paragraphs[key],
                text=text,
                author_id=ctx.actor.account_id,
                made_at=ctx.now,
            )
        )
        made += 1
    ctx.session.flush()
    return made


def _is_there(ctx: Context, letter: Letter, key: str, text: str) -> bool:
    return any(
        c.block_key == key and c.text == text and c.author_id == ctx.actor.account_id
        for c in open_comments(letter)
    )
