"""年度报告表二 of one organ and year, as typed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class ProactiveFigures(Keyed, Base):
    """``figures`` by the names of ``domain/proactive.py``; fees in 分. Who saved them last, and when."""

    __tablename__ = "proactive_figures"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    year: Mapped[int]
    figures: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    saved_by: Mapped[Account] = relationship()

    __table_args__ = (UniqueConstraint("organ_id", "year"),)
    __mapper_args__ = {"version_id_col": version_id}
