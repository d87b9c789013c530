"""The key of a case, under which the bytes of its files are kept; destroying it destroys them all at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class CaseKey(Base):
    """``key_cipher``: the random key, sealed with the data key. The row goes when the file of the case is destroyed."""

    __tablename__ = "case_keys"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    key_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
