"""销毁清册: lists of files to be destroyed, approved by a second person; and files kept beyond their period."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed


class Destruction(Keyed, Base):
    """One list with who proposed and who decided: never the same person. It stays for good."""

    __tablename__ = "destructions"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    grounds: Mapped[str] = mapped_column(String(500))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(500))
    version_id: Mapped[int] = mapped_column(default=1)

    files: Mapped[list[DestructionFile]] = relationship(order_by="DestructionFile.id")

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("organ_id", "year", "serial"),
        CheckConstraint("state IN ('proposed', 'carried_out', 'returned', 'withdrawn')", name="state_known"),
        CheckConstraint(
            "state NOT IN ('carried_out', 'returned') OR decided_by_id <> proposed_by_id", name="two_people"
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}


class DestructionFile(Keyed, Base):
    """One file of a list, described without personal data. ``contents_hash`` of its list of materials and ``chain``,
    the last digest of its log, tie the line to what is left. ``kept_because``: blocks that came up in between."""

    __tablename__ = "destruction_files"

    destruction_id: Mapped[int] = mapped_column(ForeignKey("destructions.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    case_number: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(300))
    year: Mapped[int]
    retention: Mapped[str] = mapped_column(String(8))
    ended_on: Mapped[date]
    pages: Mapped[int]
    materials: Mapped[int]
    contents_hash: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(16))
    kept_because: Mapped[str | None] = mapped_column(String(200))
    chain: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("destruction_id", "case_id"),
        CheckConstraint("outcome IN ('destroyed', 'kept')", name="outcome_known"),
    )


class DestructionDeferral(Keyed, Base):
    """暂缓销毁 of one file, with its reason; ``until`` empty: until somebody lifts it."""

    __tablename__ = "destruction_deferrals"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    reason: Mapped[str] = mapped_column(String(500))
    until: Mapped[date | None]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[datetime]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    lifted_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_destruction_deferrals_case", "case_id"),)
