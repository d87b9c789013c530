"""合法性审查: decisions on an exact text, comments on its paragraphs, and questions asked before there is a draft."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed

if TYPE_CHECKING:
    from tracker.models.letter import Letter


class LegalReview(Keyed, Base):
    """合法性审查 or sign-off decision on an exact text: bound to its hash, worthless for any other text.

    ``step``: review or sign_off. ``verdict``: approved, returned. ``manner``: as_read, amended (the reviewer changed
    paragraphs, ``submitted_content`` is what was handed in), waived (the head let it pass without review).
    ``content`` is the text decided on; ``answers`` the checklist with what was found, ``reasons`` kinds of reasons of a
    return. ``paper_name`` names who approved on paper where the organ is too small to divide the duty; the scan is the
    attachment.
    """

    __tablename__ = "legal_reviews"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    step: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    text_hash: Mapped[str] = mapped_column(String(64))
    opinion: Mapped[str] = mapped_column(Text, default="")
    manner: Mapped[str] = mapped_column(String(16), default="as_read")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    content: Mapped[dict[str, Any] | None]
    submitted_content: Mapped[dict[str, Any] | None]
    submitted_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    paper_name: Mapped[str | None] = mapped_column(String(50))
    paper_on: Mapped[date | None]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    decided_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]

    letter: Mapped[Letter] = relationship(back_populates="reviews")
    reviewer: Mapped[Account | None] = relationship()

    __table_args__ = (
        CheckConstraint("step IN ('review', 'sign_off')", name="step_known"),
        CheckConstraint("verdict IN ('approved', 'returned')", name="verdict_known"),
        CheckConstraint("manner IN ('as_read', 'amended', 'waived')", name="manner_known"),
        CheckConstraint("reviewer_id IS NOT NULL OR paper_name IS NOT NULL", name="somebody_decided"),
    )


class ReviewComment(Keyed, Base):
    """批注 on one paragraph of a draft. ``block_key`` names the paragraph, ``paragraph`` is how it read; the drafter
    marks it dealt with, with an answer if there is one to give."""

    __tablename__ = "review_comments"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    block_key: Mapped[str] = mapped_column(String(64))
    paragraph: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    dealt_with_at: Mapped[datetime | None]
    dealt_with_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    letter: Mapped[Letter] = relationship(back_populates="comments")
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    dealt_with_by: Mapped[Account | None] = relationship(foreign_keys=[dealt_with_by_id])

    __table_args__ = (
        CheckConstraint(
            "(dealt_with_at IS NULL) = (dealt_with_by_id IS NULL)", name="dealt_with_by_somebody"
        ),
    )


class AdviceQuestion(Keyed, Base):
    """咨询法律顾问 about a case before its reply is drafted. Its words stand in the log: ``asked_seq`` and
    ``answered_seq`` name the entries. ``answer_by_on``: the day through which the answer is wanted."""

    __tablename__ = "advice_questions"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    asked_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answer_by_on: Mapped[date]
    asked_seq: Mapped[int]
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_seq: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("answer_by_on >= asked_on", name="answer_after_question"),
        CheckConstraint("(answered_on IS NULL) = (answered_seq IS NULL)", name="answered_with_entry"),
        Index("ix_advice_questions_answered_on", "answered_on"),
    )
