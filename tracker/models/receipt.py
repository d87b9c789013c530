"""How a request reached the organ: the facts from which the statutory day of receipt follows (Art 31)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Receipt(Keyed, Base):
    """The envelope first. Each date is kept apart; the statutory one is chosen by channel in the domain.

    ``signed_on``/``signed_by``: registered mail and hand delivery, by whoever signs for the organ. ``arrived_on``: day
    the piece physically came. ``confirmed_on``: day confirmed with the applicant (ordinary mail, fax).
    ``system_received_at``: instant a web form or e-mail was taken in.
    """

    __tablename__ = "receipts"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    channel: Mapped[str] = mapped_column(String(32))
    mail_number: Mapped[str | None] = mapped_column(String(32), index=True)
    arrived_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    signed_by: Mapped[str | None] = mapped_column(String(50))
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(50))
    confirmation_reason: Mapped[str | None] = mapped_column(String(500))
    submitted_on: Mapped[date | None]
    system_received_at: Mapped[datetime | None]
    written_down_by: Mapped[str | None] = mapped_column(String(50))
