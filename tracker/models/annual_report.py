"""年度报告 of an organ and year as it is handed in, returned, accepted and published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class AnnualReport(Keyed, Base):
    """``content`` is what was handed in last, frozen with ``content_hash`` over it; published, it never changes.
    An organ that has handed in nothing has no row."""

    __tablename__ = "annual_reports"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    year: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    submitted_on: Mapped[date]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    version_id: Mapped[int] = mapped_column(default=1)

    steps: Mapped[list[AnnualReportStep]] = relationship(order_by="AnnualReportStep.seq")

    __table_args__ = (
        UniqueConstraint("organ_id", "year"),
        CheckConstraint("state IN ('submitted', 'returned', 'accepted', 'published')", name="state_known"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class AnnualReportStep(Keyed, Base):
    """Who did what to it and when; ``content_hash`` says to which content. Only ever added."""

    __tablename__ = "annual_report_steps"

    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"))
    seq: Mapped[int]
    act: Mapped[str] = mapped_column(String(16))
    done_on: Mapped[date]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    comment: Mapped[str | None] = mapped_column(String(1000))
    content_hash: Mapped[str] = mapped_column(String(64))

    done_by: Mapped[Account] = relationship()

    __table_args__ = (UniqueConstraint("report_id", "seq"),)
