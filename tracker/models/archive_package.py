"""归档包 of a year that were asked for: put together by the job runner, kept for some days, made again at any time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class ArchivePackage(Keyed, Base):
    """One package. ``token`` names its file in the package store while it is kept; ``files`` counts the 件 in it,
    ``failed`` those that did not pass the four-properties check; ``done`` how many are laid out so far."""

    __tablename__ = "archive_packages"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    year: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(200))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    requested_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    filename: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    error: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        CheckConstraint("state IN ('queued', 'making', 'ready', 'failed', 'expired')", name="state_known"),
    )
