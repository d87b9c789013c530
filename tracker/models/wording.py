"""Wordings on their way into the library of standard documents."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
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


class StatuteChange(Keyed, Base):
    """条款变动: an article of the 条例 reads differently since a day; wordings that cite it are to be looked at."""

    __tablename__ = "statute_changes"

    article: Mapped[str] = mapped_column(String(16))
    changed_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("article", "changed_on"),)


class WordingCheck(Keyed, Base):
    """A version was looked at after a change of an article and may stay as it is; ``remark`` says why."""

    __tablename__ = "wording_checks"

    change_id: Mapped[int] = mapped_column(ForeignKey("statute_changes.id"))
    wording_id: Mapped[int] = mapped_column(ForeignKey("letter_template_versions.id"), index=True)
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    checked_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("change_id", "wording_id"),)
