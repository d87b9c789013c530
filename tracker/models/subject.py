"""主题: what a request is about, by a short list of the district; for statistics alone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Subject(Keyed, Base):
    """One subject. ``active``: may still be chosen; one that was used is retired and never deleted."""

    __tablename__ = "subjects"

    name: Mapped[str] = mapped_column(String(30))
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("name"),)


class CaseSubject(Keyed, Base):
    """The subject of a case. Apart from the case: it has no effect on its clock and no place in its log."""

    __tablename__ = "case_subjects"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)

    __table_args__ = (UniqueConstraint("case_id"),)
