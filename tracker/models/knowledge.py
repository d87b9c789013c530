"""示范答复, 不予公开的定期审查: beside the cases, with no effect on their clocks and logs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed


class ModelReply(Keyed, Base):
    """A signed reply the legal advisor holds up as a model, with what is good about it.

    ``text`` is its own copy without personal data, read by the advisor, for every organ of the district to see.
    ``withdrawn_on``: no longer a model.
    """

    __tablename__ = "model_replies"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    text: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    marked_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    version_id: Mapped[int] = mapped_column(default=1)

    grounds: Mapped[list[ModelReplyGround]] = relationship(
        order_by="ModelReplyGround.id", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("letter_id"),)
    __mapper_args__ = {"version_id_col": version_id}


class ModelReplyGround(Keyed, Base):
    """One outcome the reply tells, or ground of a part it refuses: the key of its standard wording."""

    __tablename__ = "model_reply_grounds"

    reply_id: Mapped[int] = mapped_column(ForeignKey("model_replies.id"))
    template: Mapped[str] = mapped_column(String(64), index=True)

    __table_args__ = (UniqueConstraint("reply_id", "template"),)


class RefusalReview(Keyed, Base):
    """定期评估审查 of a refusal (Art 18): when, what it came to and why. A review made before the reply that stands now
    was of an earlier reply."""

    __tablename__ = "refusal_reviews"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    reviewed_on: Mapped[date]
    result: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("result IN ('upheld', 'partly', 'disclose', 'nothing_refused')", name="result_known"),
        Index("ix_refusal_reviews_case", "case_id", "reviewed_on"),
    )
