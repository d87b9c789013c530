"""延期 (Art 33(2)): asked by the handler, decided by the head of the disclosure office, notified to the applicant."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Extension(Keyed, Base):
    """``days`` are working days. Status: asked, approved, refused."""

    __tablename__ = "extensions"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    asked_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    opinion: Mapped[str | None] = mapped_column(Text)
    notified_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))

    __table_args__ = (
        CheckConstraint("status IN ('asked', 'approved', 'refused')", name="status_known"),
        CheckConstraint("days >= 1", name="days_positive"),
    )
