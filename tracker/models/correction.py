"""补正 (Art 30): the one-time notice that asks the applicant to complete the request."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class CorrectionNotice(Keyed, Base):
    """What is to be corrected and by when; ``answer_due_on`` is the reasonable period the organ set."""

    __tablename__ = "correction_notices"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    requested_on: Mapped[date]
    items: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text, default="")
    answer_due_on: Mapped[date]
    corrected_on: Mapped[date | None]
    correction: Mapped[str | None] = mapped_column(Text)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
