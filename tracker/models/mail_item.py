"""收件登记簿: what reached an organ's disclosure office, numbered from its arrival, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class MailItem(Keyed, Base):
    """One piece: a letter, a call, a visit. ``matter`` says what became of it; only with ``case_id`` is it a request.

    ``came_at``: time of a call or visit. A request that was registered at once has its line here too, without words:
    they stand in the case.
    """

    __tablename__ = "mail_items"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    arrived_on: Mapped[date]
    medium: Mapped[str] = mapped_column(String(16), default="letter")
    matter: Mapped[str] = mapped_column(String(16), default="misdirected")
    came_at: Mapped[datetime | None]
    mail_number: Mapped[str | None] = mapped_column(String(32))
    sender: Mapped[str] = mapped_column(String(200))
    addressed_to: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    forwarded_to: Mapped[str | None] = mapped_column(String(200))
    forwarded_on: Mapped[date | None]
    forwarded_way: Mapped[str | None] = mapped_column(String(32))
    received_by: Mapped[str | None] = mapped_column(String(50))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    result: Mapped[str | None] = mapped_column(String(16))
    answered_on: Mapped[date | None]
    answer_way: Mapped[str | None] = mapped_column(String(16))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("case_id"),
        CheckConstraint(
            "medium IN ('letter', 'visit', 'phone', 'email', 'portal', 'fax')", name="medium_known"
        ),
        CheckConstraint(
            "matter IN ('undecided', 'case', 'misdirected', 'inquiry', 'correction', 'proposal', 'complaint')",
            name="matter_known",
        ),
        CheckConstraint("(case_id IS NULL) = (matter <> 'case')", name="case_is_a_request"),
        CheckConstraint("(answered_on IS NULL) = (result IS NULL)", name="answered_with_result"),
        Index("ix_mail_items_matter", "matter"),
    )
