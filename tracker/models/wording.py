"""Wordings on their way into the library of standard documents."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed

_OPEN = "status IN ('draft', 'submitted', 'returned')"


class WordingDraft(Keyed, Base):
    """文书文字的修改稿: of the district (no organ) or an organ's own. Approved by somebody else than its drafter it
    becomes a version (``became_id``). ``in_force_from`` is the day asked for; ``comment`` the reviewer's words."""

    __tablename__ = "wording_drafts"

    template_id: Mapped[int] = mapped_column(ForeignKey("letter_templates.id"), index=True)
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"))
    source: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date]
    status: Mapped[str] = mapped_column(String(16))
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    drafted_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    comment: Mapped[str | None] = mapped_column(Text)
    became_id: Mapped[int | None] = mapped_column(ForeignKey("letter_template_versions.id"), unique=True)
    version_id: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')", name="status_known"
        ),
        CheckConstraint("(status = 'approved') = (became_id IS NOT NULL)", name="approved_has_version"),
        CheckConstraint("status <> 'approved' OR decided_by_id <> drafted_by_id", name="two_people"),
        Index(
            "uq_wording_drafts_one_open_of_the_district",
            "template_id",
            unique=True,
            sqlite_where=text(f"organ_id IS NULL AND {_OPEN}"),
            postgresql_where=text(f"organ_id IS NULL AND {_OPEN}"),
        ),
        Index(
            "uq_wording_drafts_one_open_an_organ",
            "template_id",
            "organ_id",
            unique=True,
            sqlite_where=text(f"organ_id IS NOT NULL AND {_OPEN}"),
            postgresql_where=text(f"organ_id IS NOT NULL AND {_OPEN}"),
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}
