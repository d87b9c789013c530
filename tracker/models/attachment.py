"""Files of a case. The bytes live in the file store under a random key; this row says what they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Attachment(Keyed, Base):
    """One file: envelope, request, identity proof, delivery proof, paper approval, issued letter …

    ``size`` and ``sha256`` are those of the content; ``sealed``: the bytes in the store open with the key of the case.
    """

    __tablename__ = "attachments"

    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    mail_item_id: Mapped[int | None] = mapped_column(ForeignKey("mail_items.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[int | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("storage_key"), CheckConstraint("size >= 0", name="size_not_negative"))
