"""Who needs the first steps: people who seldom come and have not put them away."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.first_steps import FEW_SIGN_INS, SELDOM_DAYS
from tracker.models import Account, WebSession


def needs_first_steps(session: Session, account_id: int, now: datetime) -> bool:
    """Whether 入门指引 is shown to this person unasked."""
    lately = (
        select(func.count())
        .select_from(WebSession)
        .where(WebSession.account_id == account_id, WebSession.created_at > now - timedelta(SELDOM_DAYS))
        .scalar_subquery()
    )
    seldom = select(Account.id).where(
        Account.id == account_id, Account.first_steps_hidden.is_(False), lately < FEW_SIGN_INS
    )
    return session.scalar(seldom) is not None
