"""督办单: the district office's written reminder to an organ about one case, and the organ's answer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Chase(Keyed, Base):
    """One slip. Its words stand in the log of the case: ``asked_seq`` and ``answered_seq`` name the entries.

    ``number`` is gapless per issuing organ and year. ``answer_by_on``: the day through which the organ may answer.
    """

    __tablename__ = "chases"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    issuer_organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    answer_by_on: Mapped[date]
    asked_seq: Mapped[int]
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_seq: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("issuer_organ_id", "year", "serial"),
        UniqueConstraint("number"),
        CheckConstraint("answer_by_on >= issued_on", name="answer_after_issue"),
        CheckConstraint("(answered_on IS NULL) = (answered_seq IS NULL)", name="answered_with_entry"),
        Index("ix_chases_answered_on", "answered_on"),
    )
