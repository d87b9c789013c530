"""协查检索任务: what a section, a subdistrict, an archive room or another organ was asked to search, and by when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class SearchTask(Keyed, Base):
    """One question to one place. The answer is the ``SearchRecord`` that names this task.

    ``asked_id``: the account that answers, where somebody there has one. Of a one-time link the database keeps the
    digest alone; ``shows_request``: whoever asked chose to let the asked read the words of the request.
    """

    __tablename__ = "search_tasks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    party: Mapped[str] = mapped_column(String(200))
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    question: Mapped[str] = mapped_column(Text)
    shows_request: Mapped[bool]
    asked_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reply_by_on: Mapped[date]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    link_digest: Mapped[str | None] = mapped_column(String(64))
    link_expires_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_way: Mapped[str | None] = mapped_column(String(16))
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("link_digest"),
        CheckConstraint("kind IN ('section', 'subdistrict', 'archive_room', 'organ')", name="kind_known"),
        CheckConstraint("answered_way IN ('account', 'link', 'paper')", name="way_known"),
        CheckConstraint("(answered_on IS NULL) = (answered_way IS NULL)", name="answered_in_a_way"),
        CheckConstraint("answered_on IS NULL OR withdrawn_on IS NULL", name="not_answered_and_withdrawn"),
        CheckConstraint("(link_digest IS NULL) = (link_expires_at IS NULL)", name="link_with_its_end"),
        Index("ix_search_tasks_asked_id", "asked_id"),
        Index("ix_search_tasks_answered_on", "answered_on"),
    )
