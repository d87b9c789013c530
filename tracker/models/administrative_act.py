"""管理操作记录 and the anchors of all chains: rows that are added and never changed (triggers hold that as well)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class AdministrativeAct(Keyed, Base):
    """One thing of the installation that somebody made, changed or removed; ``actor`` empty: the system, or somebody
    at its terminal.

    ``details`` gives each field as ``[before, after]``; what is personal, secret or long shows as ``*``. ``seq`` counts
    from 1 without gaps; ``digest`` is SHA-256 over the digest before and this row.
    """

    __tablename__ = "administrative_acts"

    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    subject: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64))
    operation: Mapped[str] = mapped_column(String(16))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[Account | None] = relationship()

    __table_args__ = (
        UniqueConstraint("seq"),
        CheckConstraint("seq >= 1", name="seq_positive"),
        CheckConstraint("operation IN ('made', 'changed', 'removed')", name="operation_known"),
        Index("ix_administrative_acts_subject", "subject", "seq"),
    )


class ChainAnchor(Keyed, Base):
    """校验锚 of one day: what all logs held when the day began.

    ``entries_digest`` covers the ``entries`` of cases recorded since the anchor before and until ``until_at``;
    ``acts`` and ``acts_digest`` are number and last digest of the administrative acts; ``digest`` covers all of it and
    the anchor before.
    """

    __tablename__ = "chain_anchors"

    day: Mapped[date]
    until_at: Mapped[datetime]
    entries: Mapped[int]
    entries_digest: Mapped[str] = mapped_column(String(64))
    acts: Mapped[int]
    acts_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("day"),)


class VoidedEntry(Keyed, Base):
    """What is left of an entry that went with a voided import: its place and its digest, so that anchors still hold.

    No foreign key to the case, which is gone as well.
    """

    __tablename__ = "voided_entries"

    import_id: Mapped[int] = mapped_column(ForeignKey("ledger_imports.id"), index=True)
    case_id: Mapped[int]
    seq: Mapped[int]
    recorded_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_voided_entries_digest", "digest"),)
