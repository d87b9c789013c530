"""What is kept for a time only goes when the time is over, and nothing else goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.jobs.schedule import JOBS
from tracker.models import OutboxMessage, SignInAttempt, WebSession
from tracker.services import retention
from tracker.services.context import Context
from tracker.services.retention import clear_expired


def web_session(ctx: Context, cast: Cast, token: str, seen: int, revoked: int | None = None) -> WebSession:
    return WebSession(
        token_hash=token,
        account_id=cast.clerk.account_id,
        created_at=ctx.now - timedelta(days=90),
        last_seen_at=ctx.now - timedelta(days=seen),
        revoked_at=ctx.now - timedelta(days=revoked) if revoked else None,
        address="10.0.0.1",
        browser="",
    )


def message(ctx: Context, cast: Cast, name: str, state: str, days_ago: int) -> OutboxMessage:
    at = ctx.now - timedelta(days=days_ago)
    return OutboxMessage(
        message_id=name,
        channel="mail",
        recipient_id=cast.clerk.account_id,
        state=state,
        created_at=at,
        next_attempt_at=at,
    )


def test_sessions_and_attempts_are_kept_as_long_as_they_must(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.administrator)
    session.add_all(
        [
            web_session(ctx, cast, "old", 31),
            web_session(ctx, cast, "new", 29),
            web_session(ctx, cast, "ended", 5, 31),
        ]
    )
    for days in (184, 185):
        session.add(
            SignInAttempt(login="x", address="10.0.0.1", at=ctx.now - timedelta(days=days), succeeded=False)
        )
    session.commit()
    assert clear_expired(ctx) == {"sign_in_attempts": 1, "web_sessions": 2}
    assert session.scalars(select(WebSession.token_hash)).all() == ["new"]
    assert clear_expired(ctx) == {}


@pytest.mark.parametrize("state", ["sent", "cancelled"])
def test_a_message_stays_six_months_after_it_was_carried(
    session: Session, cast: Cast, ctx_for: ContextFor, state: str
) -> None:
    ctx = ctx_for(cast.administrator)
    session.add_all([message(ctx, cast, "gone", state, 185), message(ctx, cast, "kept", state, 184)])
    session.commit()
    assert clear_expired(ctx) == {"outbox_messages": 1}
    assert session.scalars(select(OutboxMessage.message_id)).all() == ["kept"]


@pytest.mark.parametrize("state", ["pending", "dead"])
def test_a_message_nobody_got_never_goes_by_itself(
    session: Session, cast: Cast, ctx_for: ContextFor, state: str
) -> None:
    ctx = ctx_for(cast.administrator)
    session.add(message(ctx, cast, "waiting", state, 900))
    session.commit()
    assert clear_expired(ctx) == {}


def test_more_than_one_statement_takes_goes_in_one_run(
    session: Session, cast: Cast, ctx_for: ContextFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "A_STATEMENT", 2)
    ctx = ctx_for(cast.administrator)
    session.add_all([message(ctx, cast, str(n), "sent", 200) for n in range(5)])
    session.commit()
    [job] = [job for job in JOBS if job.name == "retention"]
    assert job.act(ctx) == "outbox_messages: 5 removed"
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    assert job.act(ctx) == "nothing was due"
