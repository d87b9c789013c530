"""统计分析 saved under a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed
from tracker.models.organ import Organ


class SavedStatistic(Keyed, Base):
    """A question, never its answer: whoever opens it counts what they may see. ``words`` as ``domain/statistics.py``
    writes them. ``sharing``: own, organ (of ``organ_id``) or district."""

    __tablename__ = "saved_statistics"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(50))
    words: Mapped[dict[str, Any]]
    sharing: Mapped[str] = mapped_column(String(16))
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"), index=True)
    changed_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account] = relationship()
    organ: Mapped[Organ | None] = relationship()

    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint("sharing IN ('own', 'organ', 'district')", name="sharing_known"),
        CheckConstraint("(sharing = 'organ') = (organ_id IS NOT NULL)", name="organ_of_sharing"),
    )
    __mapper_args__ = {"version_id_col": version_id}
