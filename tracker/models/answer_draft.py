"""Versions of the draft of a 答复书 or 答辩状 with its list of evidence, each kept as it was saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class AnswerDraft(Keyed, Base):
    """One version, never edited: ``number`` counts those of a challenge from 1.

    ``texts``: the sections by name, evidence in them as marks of the piece. ``exhibits``: key, name and what it proves,
    in the order of the list. ``verdict`` and ``opinion``: what the legal advisor said of this very version.
    """

    __tablename__ = "answer_drafts"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    number: Mapped[int]
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    exhibits: Mapped[list[Any]] = mapped_column(default=list)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    saved_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(16))
    opinion: Mapped[str | None] = mapped_column(Text)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime | None]

    saved_by: Mapped[Account | None] = relationship(foreign_keys=[saved_by_id])
    reviewed_by: Mapped[Account | None] = relationship(foreign_keys=[reviewed_by_id])

    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("verdict IN ('approved', 'returned')", name="verdict_known"),
        CheckConstraint("(verdict IS NULL) = (reviewed_at IS NULL)", name="verdict_with_instant"),
    )
