"""考核计分规则, version by version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class PointsRule(Keyed, Base):
    """One version, never changed and never removed: who decided on it, when and why, and the day it begins. ``rule`` is
    the data of ``domain/points_rule.py``. The first version is the one shipped and has no row."""

    __tablename__ = "points_rules"

    number: Mapped[int]
    rule: Mapped[dict[str, Any]]
    in_force_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    made_by: Mapped[Account] = relationship()

    __table_args__ = (UniqueConstraint("number"), CheckConstraint("number >= 2", name="after_the_shipped"))
