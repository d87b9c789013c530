"""Who needs the first steps: people who seldom come."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.first_steps import FEW_SIGN_INS, SELDOM_DAYS
from tracker.models import WebSession


def comes_seldom(session: Session, account_id: int, now: datetime) -> bool:
    """Whether this person has hardly signed in lately."""
    lately = select(func.count()).where(
        WebSession.account_id == account_id, WebSession.created_at > now - timedelta(SELDOM_DAYS)
    )
    return (session.scalar(lately) or 0) < FEW_SIGN_INS
