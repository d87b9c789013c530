"""移交: cases of one handler offered to a colleague of the same organ, and the colleague's answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed


class Handover(Keyed, Base):
    """One offer. ``from_id`` handles the cases until ``to_id`` accepts; ``offered_by_id`` is the handler or whoever
    heads the disclosure office."""

    __tablename__ = "handovers"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    offered_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="offered")
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    version_id: Mapped[int] = mapped_column(default=1)

    cases: Mapped[list[HandoverCase]] = relationship(
        cascade="all, delete-orphan", order_by="HandoverCase.id", back_populates="handover"
    )

    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="to_somebody_else"),
        CheckConstraint("state IN ('offered', 'accepted', 'declined', 'withdrawn')", name="state_known"),
        CheckConstraint("(state = 'offered') = (decided_on IS NULL)", name="decided_with_day"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class HandoverCase(Keyed, Base):
    """One case of an offer. A case waits in one offer at a time."""

    __tablename__ = "handover_cases"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(16), default="waiting")

    handover: Mapped[Handover] = relationship(back_populates="cases")

    __table_args__ = (
        UniqueConstraint("handover_id", "case_id"),
        CheckConstraint("outcome IN ('waiting', 'handed', 'kept', 'closed', 'moved')", name="outcome_known"),
    )


_WAITING = HandoverCase.__table__.c.outcome == "waiting"
Index(
    "uq_handover_cases_waiting",
    HandoverCase.case_id,
    unique=True,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)
