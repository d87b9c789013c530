"""代岗: who stands in for whom in an organ, and from which day to which."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class StandIn(Keyed, Base):
    """One arrangement. It runs from ``from_on`` through ``to_on`` and then ends by itself; ``ended_at``: it was ended
    earlier. ``shared_at``, ``taken_back_at``: when the alerts of the person away went to the stand-in as well, and
    when those that were left stopped concerning the stand-in."""

    __tablename__ = "stand_ins"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    away_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    named_at: Mapped[datetime]
    from_on: Mapped[date]
    to_on: Mapped[date] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    shared_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("away_id <> stand_in_id", name="somebody_else"),
        CheckConstraint("from_on <= to_on", name="days_in_order"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
    )
