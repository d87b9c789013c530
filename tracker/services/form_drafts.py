"""草稿: what somebody is typing into a long form is kept for them until it is sent, dropped, or forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from tracker.adapters.cipher import DataUnreadable
from tracker.domain.errors import Invalid
from tracker.domain.vocabulary import N_
from tracker.models import FormDraft
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST = 200_000
"""Characters of one draft: the longest letter many times over."""

MOST = 60
"""Drafts of one person; the oldest makes room."""

LONGEST_PAGE, LONGEST_FORM = 200, 64


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft as it was left. ``content`` is what the page handed in."""

    form: str
    content: str
    saved_at: datetime


def keep_draft(ctx: Context, page: str, form: str, content: str) -> datetime:
    """Keep what was typed so far in place of what was kept before; the instant. Raises ``Invalid`` when too long."""
    if not form or len(page) > LONGEST_PAGE or len(form) > LONGEST_FORM or len(content) > LONGEST:
        raise Invalid({"": [N_("内容太长，不能自动保存，请先提交或者另存。")]})
    sealed = ctx.adapters.cipher.seal(content)
    with transaction(ctx) as session:
        row = session.scalar(select(FormDraft).where(*_this(ctx, page, form)).with_for_update())
        if row is None:
            _make_room(ctx)
            session.add(
                FormDraft(
                    account_id=ctx.actor.account_id,
                    page=page,
                    form=form,
                    content_cipher=sealed,
                    saved_at=ctx.now,
                )
            )
        else:
            row.content_cipher, row.saved_at = sealed, ctx.now
    return ctx.now


def drop_draft(ctx: Context, page: str, form: str) -> None:
    """Forget what was kept: it was sent, or is not wanted any more."""
    if ctx.session.scalar(select(FormDraft.id).where(*_this(ctx, page, form))) is None:
        return
    with transaction(ctx) as session:
        session.execute(delete(FormDraft).where(*_this(ctx, page, form)))


def list_drafts(ctx: Context, page: str) -> Sequence[KeptDraft]:
    """One's own drafts of the forms of a page; nobody else's are ever told."""
    rows = ctx.session.scalars(
        select(FormDraft).where(FormDraft.account_id == ctx.actor.account_id, FormDraft.page == page)
    )
    kept = []
    for row in rows:
        try:
            kept.append(KeptDraft(row.form, ctx.adapters.cipher.open(row.content_cipher), row.saved_at))
        except DataUnreadable:
            continue
    return kept


def _this(ctx: Context, page: str, form: str) -> tuple[ColumnElement[bool], ...]:
    return (FormDraft.account_id == ctx.actor.account_id, FormDraft.page == page, FormDraft.form == form)


def _make_room(ctx: Context) -> None:
    mine = FormDraft.account_id == ctx.actor.account_id
    count = ctx.session.scalar(select(func.count()).select_from(FormDraft).where(mine)) or 0
    if count >= MOST:
        oldest = (
            select(FormDraft.id)
            .where(mine)
            .order_by(FormDraft.saved_at, FormDraft.id)
            .limit(count - MOST + 1)
        )
        ids = ctx.session.scalars(oldest).all()
        ctx.session.execute(delete(FormDraft).where(FormDraft.id.in_(ids)))
