"""练习件, apart from everything that is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class PracticeCase(Keyed, Base):
    """One person's practice case: which invented request, and its log as a list of entries.

    No other table refers to it and it refers to no organ, so that no count, list or export can meet it.
    """

    __tablename__ = "practice_cases"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    year: Mapped[int]
    serial: Mapped[int]
    scenario: Mapped[str] = mapped_column(String(32))
    started_on: Mapped[date]
    log: Mapped[list[Any]] = mapped_column(default=list)
    version_id: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("account_id", "year", "serial"),
        CheckConstraint("serial >= 1", name="serial_positive"),
    )
    __mapper_args__ = {"version_id_col": version_id}
