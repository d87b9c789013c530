"""The same form sent twice makes one thing: a double click, a reload, a second try after a slow answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from tracker.models import SentForm
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_TOKEN = 64
GIVEN_UP = timedelta(minutes=2)
"""Whoever dealt with it this long ago and left no trace broke down: it may be sent again."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """It was sent before. ``led_to``: where its sender was led; None while it is still being dealt with."""

    led_to: str | None


def begin(ctx: Context, token: str) -> Earlier | None:
    """Take the token for this sending; or what became of it when it was taken before."""
    with transaction(ctx) as session:
        row = session.scalar(select(SentForm).where(*_this(ctx, token)).with_for_update())
        if row is not None and (row.led_to is not None or ctx.now - row.sent_at < GIVEN_UP):
            return Earlier(row.led_to)
        if row is None:
            session.add(SentForm(account_id=ctx.actor.account_id, token=token, sent_at=ctx.now))
        else:
            row.sent_at = ctx.now
    return None


def finish(ctx: Context, token: str, led_to: str) -> None:
    """It was done, and its sender was led there."""
    with transaction(ctx) as session:
        session.execute(update(SentForm).where(*_this(ctx, token)).values(led_to=led_to[:500]))


def release(ctx: Context, token: str) -> None:
    """Nothing was made of it: the form came back and may be sent again."""
    with transaction(ctx) as session:
        session.execute(delete(SentForm).where(*_this(ctx, token)))


def _this(ctx: Context, token: str) -> tuple[ColumnElement[bool], ...]:
    return (SentForm.account_id == ctx.actor.account_id, SentForm.token == token)
