"""征求意见 (Art 32, 33(3), 34): a letter to a third party, a co-producing organ or another organ."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Consultation(Keyed, Base):
    """One party asked. ``ref`` is the reference the clock's suspension carries; dates are facts kept apart."""

    __tablename__ = "consultations"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    ref: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    party: Mapped[str] = mapped_column(String(200))
    contact_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    subject: Mapped[str] = mapped_column(Text)
    mail_number: Mapped[str | None] = mapped_column(String(32))
    sent_on: Mapped[date]
    received_on: Mapped[date | None]
    answer_due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(String(16))
    opinion: Mapped[str | None] = mapped_column(Text)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))

    __table_args__ = (
        UniqueConstraint("case_id", "ref"),
        CheckConstraint("kind IN ('third_party', 'co_producer', 'other_organ')", name="kind_known"),
        CheckConstraint("answer IN ('agree', 'object', 'silent')", name="answer_known"),
    )
