"""归档: the closed file of a case with its frozen list, and pieces that exist on paper alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class ArchivedFile(Keyed, Base):
    """One 件 as it was closed, one row a run of the case; ``current`` is the last.

    ``contents`` is the list of materials, frozen, with ``contents_hash`` over it; ``lacking`` names the demands it was
    closed without, ``lacks`` counts them. ``year``, ``unit`` and ``serial`` are those of the number; ``retention`` is
    the one in force. ``title``, ``document_number``, ``responsible``, ``document_on``: its line of the 归档文件目录,
    naming no person.
    """

    __tablename__ = "archived_files"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    run: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True)
    number: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    retention: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str] = mapped_column(String(8))
    serial: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    document_number: Mapped[str] = mapped_column(String(64))
    responsible: Mapped[str] = mapped_column(String(100))
    document_on: Mapped[date]
    pages: Mapped[int]
    paper_pages: Mapped[int]
    contents: Mapped[list[Any]]
    contents_hash: Mapped[str] = mapped_column(String(64))
    lacking: Mapped[list[Any]] = mapped_column(default=list)
    lacks: Mapped[int] = mapped_column(default=0)
    archived_on: Mapped[date]
    archived_at: Mapped[datetime | None]
    archived_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    destroyed_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("case_id", "run"),
        CheckConstraint("pages >= 0 AND paper_pages >= 0 AND paper_pages <= pages", name="pages_counted"),
        CheckConstraint("retention IN ('Y', 'D30', 'D10')", name="retention_known"),
        Index("ix_archived_files_organ_year", "organ_id", "year"),
        Index("ix_archived_files_year", "year"),
    )


class PaperMaterial(Keyed, Base):
    """纸质材料: a piece of the file that is kept on paper alone. ``covers``: the demand it was added for."""

    __tablename__ = "paper_materials"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    made_on: Mapped[date | None]
    pages: Mapped[int]
    covers: Mapped[str] = mapped_column(String(64), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("pages BETWEEN 1 AND 9999", name="pages_sane"),)
