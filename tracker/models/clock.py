"""Clocks of a case as last computed: what lists, lights and alerts select by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Clock(Keyed, Base):
    """One clock: kind (reply, correction_notice, … draft_by), the run it belongs to, its due date.

    ``start_on`` is the day it is counted from; empty only in rows written before it was kept. ``ref`` tells several
    clocks of one kind apart (two third parties). ``next_alert_on`` is empty while nobody is to be alerted.
    ``calendar_version`` is the calendar the due date was computed with.
    """

    __tablename__ = "clocks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(32))
    run: Mapped[int]
    ref: Mapped[str] = mapped_column(String(32), default="")
    state: Mapped[str] = mapped_column(String(32))
    current: Mapped[bool] = mapped_column(default=True)
    start_on: Mapped[date | None]
    due_on: Mapped[date | None]
    at_risk_on: Mapped[date | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    stopped_on: Mapped[date | None]
    on_time: Mapped[bool | None]
    next_alert_on: Mapped[date | None]
    calendar_version: Mapped[int]

    __table_args__ = (
        UniqueConstraint("case_id", "kind", "run", "ref"),
        Index("ix_clocks_kind_current_due_on", "kind", "current", "due_on"),
        Index("ix_clocks_next_alert_on", "next_alert_on"),
    )
