"""示范答复: beside the cases, with no effect on their clocks and logs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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
