"""Heartbeats of the job runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import JobHeartbeat


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last run of a job; ``finished_at`` and ``succeeded`` are None while it runs."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    succeeded: bool | None
    outcome: str


def list_heartbeats(session: Session) -> Sequence[Heartbeat]:
    """Every job that has run, by name."""
    rows = session.execute(
        select(
            JobHeartbeat.name,
            JobHeartbeat.started_at,
            JobHeartbeat.finished_at,
            JobHeartbeat.succeeded,
            JobHeartbeat.outcome,
        ).order_by(JobHeartbeat.name)
    )
    return [Heartbeat(*row) for row in rows]
