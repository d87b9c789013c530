"""Heartbeats of the job runner: pages and the health check show when it has gone silent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class JobHeartbeat(Base):
    """The last run of one job: started, finished, what it said."""

    __tablename__ = "job_heartbeats"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(500), default="")
    succeeded: Mapped[bool | None]
