"""Running numbers. Drawn inside the verb's transaction, so a number that was rolled back is drawn again: no gaps."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class Counter(Base):
    """The last number drawn in one series (case, letter:reply, archive …) of one organ and year."""

    __tablename__ = "counters"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]
