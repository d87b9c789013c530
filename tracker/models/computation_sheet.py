"""期限计算说明 with a number: a computation as it was given out, never computed again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.base import Base, Keyed


class ComputationSheet(Keyed, Base):
    """``content`` is what stands on the paper, frozen with ``content_hash`` over it. ``through_seq``: the last entry
    of the log it takes in; ``facts_digest``: SHA-256 of the facts it rests on; ``made_on``: the day it speaks of.
    ``number`` is gapless per organ and year."""

    __tablename__ = "computation_sheets"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    number: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    serial: Mapped[int]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    calendar_version: Mapped[int]
    through_seq: Mapped[int]
    facts_digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    render_attempts: Mapped[int] = mapped_column(default=0)
    render_error: Mapped[str | None] = mapped_column(String(500))

    made_by: Mapped[Account | None] = relationship()
    attachment: Mapped[Attachment | None] = relationship()

    __table_args__ = (
        UniqueConstraint("organ_id", "year", "serial"),
        UniqueConstraint("number"),
        CheckConstraint("serial >= 1", name="serial_positive"),
    )
