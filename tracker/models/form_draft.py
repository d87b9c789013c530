"""What somebody typed and has not sent yet, and which forms were sent already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class FormDraft(Keyed, Base):
    """The fields of one long form as one person left them. ``page`` and ``form`` say which form; what was typed is
    sealed with the data key, since nobody knows what it holds."""

    __tablename__ = "form_drafts"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    page: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(64))
    content_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("account_id", "page", "form"),
        Index("ix_form_drafts_saved_at", "saved_at"),
    )


class SentForm(Keyed, Base):
    """A form that makes something, by the token it was drawn with: sent a second time it makes nothing more.

    ``led_to``: where its sender was led once it was done; empty while it is being dealt with.
    """

    __tablename__ = "sent_forms"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    token: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    led_to: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        UniqueConstraint("account_id", "token"),
        Index("ix_sent_forms_sent_at", "sent_at"),
    )
