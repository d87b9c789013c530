"""导出记录: each list that was taken away as a file: who, when, which, how much of it, and why with personal data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class ListExport(Keyed, Base):
    """One file. ``taken`` names the list (``ListTaken``), ``address`` the list as it was filtered, without what was
    searched for, which may name a person; ``personal``: how many of the rows show personal data in the clear."""

    __tablename__ = "list_exports"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    taken: Mapped[str] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(1000))
    rows: Mapped[int]
    personal: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (CheckConstraint("personal = 0 OR reason IS NOT NULL", name="personal_with_reason"),)
