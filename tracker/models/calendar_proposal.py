"""Calendar years proposed by one person and waiting for, or decided by, a second."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class CalendarProposal(Keyed, Base):
    """A year as one person read it from its notice. ``days`` lists ``{"day", "kind", "name"}``; ``digest`` is SHA-256
    over the content, ``source_digest`` over the file it was read from, where it was. ``reason`` says why a year that
    is loaded already is corrected. Nobody confirms or rejects their own proposal, and a year has one open proposal."""

    __tablename__ = "calendar_proposals"

    year: Mapped[int]
    notice_number: Mapped[str] = mapped_column(String(100))
    notice_on: Mapped[date]
    days: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    source_name: Mapped[str | None] = mapped_column(String(200))
    source_digest: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_editions.id"), unique=True)

    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'applied', 'rejected', 'withdrawn')", name="status_known"),
        CheckConstraint(
            "(status = 'proposed' AND decided_by_id IS NULL AND decided_at IS NULL)"
            " OR (status <> 'proposed' AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "status NOT IN ('applied', 'rejected') OR decided_by_id <> proposed_by_id", name="two_people"
        ),
        CheckConstraint(
            "(status = 'applied' AND edition_id IS NOT NULL) OR (status <> 'applied' AND edition_id IS NULL)",
            name="applied_has_edition",
        ),
        Index(
            "uq_calendar_proposals_one_open_a_year",
            "year",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
        Index("ix_calendar_proposals_status", "status"),
    )
