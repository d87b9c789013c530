"""Working-day calendars as published, one edition a load; an edition is never changed, a later one supersedes it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed


class CalendarEdition(Keyed, Base):
    """One year's calendar as loaded. Its id is the calendar version: the calendar at version v uses, for each
    year, the newest edition with id ≤ v. ``notice_number`` empty means 未核; ``digest`` is SHA-256 over the content;
    ``cases_moved`` counts the running cases with a date that moved (empty where it came with the program)."""

    __tablename__ = "calendar_editions"

    year: Mapped[int] = mapped_column(index=True)
    notice_number: Mapped[str | None] = mapped_column(String(100))
    notice_on: Mapped[date | None]
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    cases_moved: Mapped[int | None]

    days: Mapped[list[CalendarDay]] = relationship(
        back_populates="edition", cascade="all, delete-orphan", order_by="CalendarDay.day"
    )


class CalendarDay(Keyed, Base):
    """A day that differs from the plain week: a holiday on a weekday, or a make-up working day (调休) at a weekend,
    and holidays at weekends for their name."""

    __tablename__ = "calendar_days"

    edition_id: Mapped[int] = mapped_column(ForeignKey("calendar_editions.id"))
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(50))

    edition: Mapped[CalendarEdition] = relationship(back_populates="days")

    __table_args__ = (
        UniqueConstraint("edition_id", "day"),
        CheckConstraint("kind IN ('off', 'work')", name="kind_known"),
    )
