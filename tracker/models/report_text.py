"""The text of an annual report, parts 一 to 六, as an organ or the district's office types it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed

_OF_THE_DISTRICT = text("organ_id IS NULL")


class ReportText(Keyed, Base):
    """``parts`` by the names of ``domain/report_parts.py``, fields unfilled; without an organ it is the district's.
    Who saved it last, and when."""

    __tablename__ = "report_texts"

    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"))
    year: Mapped[int]
    parts: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    saved_by: Mapped[Account] = relationship()

    __table_args__ = (
        UniqueConstraint("organ_id", "year"),
        Index(
            "uq_report_texts_of_the_district",
            "year",
            unique=True,
            sqlite_where=_OF_THE_DISTRICT,
            postgresql_where=_OF_THE_DISTRICT,
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}
