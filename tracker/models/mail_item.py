"""收件登记: mail that is not a request to this organ, above all pieces misaddressed to it (误投)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class MailItem(Keyed, Base):
    """A misaddressed letter: forwarded with a receipt, never a case and never counted as a request."""

    __tablename__ = "mail_items"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    arrived_on: Mapped[date]
    mail_number: Mapped[str | None] = mapped_column(String(32))
    sender: Mapped[str] = mapped_column(String(200))
    addressed_to: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    forwarded_to: Mapped[str | None] = mapped_column(String(200))
    forwarded_on: Mapped[date | None]
    forwarded_way: Mapped[str | None] = mapped_column(String(32))
    received_by: Mapped[str | None] = mapped_column(String(50))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("number"),)
