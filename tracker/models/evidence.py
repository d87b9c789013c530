"""What was done about a case outside letters: calls, searches, secrecy reviews, requests for reasons."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class CallRecord(Keyed, Base):
    """电话、来访记录: who called, was called or came, under which number, at what time, and what was said."""

    __tablename__ = "call_records"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    manner: Mapped[str] = mapped_column(String(16), default="call_out")
    spoke_with: Mapped[str] = mapped_column(String(50))
    number_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    called_at: Mapped[datetime]
    reached: Mapped[bool]
    content: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (CheckConstraint("manner IN ('call_out', 'call_in', 'visit')", name="manner_known"),)


class SearchRecord(Keyed, Base):
    """检索记录: where, by which words, for which period, by whom and when was searched, and what was found.
    ``task_id``: the 协查任务 it answers; None where the handler searched."""

    __tablename__ = "search_records"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    places: Mapped[str] = mapped_column(Text)
    keywords: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(String(200))
    searched_by: Mapped[str] = mapped_column(String(50))
    searched_on: Mapped[date]
    found: Mapped[bool]
    result: Mapped[str] = mapped_column(Text)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("search_tasks.id"), index=True)


class SecrecyReview(Keyed, Base):
    """保密审查 (Art 17): required before anything is disclosed. Classified material itself never enters the system."""

    __tablename__ = "secrecy_reviews"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    reviewed_by: Mapped[str] = mapped_column(String(50))
    reviewed_on: Mapped[date]
    verdict: Mapped[str] = mapped_column(String(16))
    opinion: Mapped[str] = mapped_column(Text)


class JustificationRequest(Keyed, Base):
    """要求说明理由 (Art 35): for requests clearly excessive in number or frequency; the clock keeps running."""

    __tablename__ = "justification_requests"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    requested_on: Mapped[date]
    facts: Mapped[str] = mapped_column(Text)
    answer_due_on: Mapped[date]
    answered_on: Mapped[date | None]
    accepted: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Text)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
