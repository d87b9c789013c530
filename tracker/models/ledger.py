"""Imports of registers kept before the system, so that nothing is imported twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class LedgerImport(Keyed, Base):
    """One file handed in: its hash, how far it is (``ImportState``), and what became of its rows.

    ``storage_key`` names the file while it is still needed, None before the page existed and after it was thrown away;
    ``faults`` what was said of which row; ``headings`` the header nobody recognised yet. Of an import that was voided
    it keeps who, when and why, and which 受理号 its cases had.
    """

    __tablename__ = "ledger_imports"

    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    imported: Mapped[int] = mapped_column(default=0)
    continued: Mapped[int] = mapped_column(default=0)
    already_there: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default="done")
    total: Mapped[int] = mapped_column(default=0)
    storage_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    faults: Mapped[dict[str, Any] | None]
    headings: Mapped[list[Any] | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None] = mapped_column(String(500))
    voided_numbers: Mapped[list[Any] | None]

    __table_args__ = (
        CheckConstraint(
            "state IN ('unknown_header', 'checked', 'queued', 'running', 'done', 'failed', 'discarded', 'voided')",
            name="state_known",
        ),
    )


class LedgerHeading(Keyed, Base):
    """What a heading of another office's register means, once somebody said so; ``column`` empty: nothing of ours."""

    __tablename__ = "ledger_headings"

    heading: Mapped[str] = mapped_column(String(100), unique=True)
    column: Mapped[str | None] = mapped_column(String(32))


class LedgerRow(Keyed, Base):
    """The register row a case came from. ``identity`` is a keyed hash of organ, receipt date, applicant and
    description; ``occurrence`` tells identical rows of one register apart."""

    __tablename__ = "ledger_rows"

    import_id: Mapped[int] = mapped_column(ForeignKey("ledger_imports.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    register: Mapped[str] = mapped_column(String(100))
    sequence: Mapped[int]
    row: Mapped[int]
    identity: Mapped[str] = mapped_column(String(64), index=True)
    occurrence: Mapped[int] = mapped_column(default=1)
    remark: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (UniqueConstraint("register", "identity", "occurrence"),)
