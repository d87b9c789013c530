"""Letters and the standard wording they are composed from. What was issued is frozen: text, values, version, hash."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed

if TYPE_CHECKING:
    from tracker.models.legal_review import LegalReview, ReviewComment


class LetterTemplate(Keyed, Base):
    """A standard document of the district (标准文书), by its key."""

    __tablename__ = "letter_templates"

    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(100))

    versions: Mapped[list[LetterTemplateVersion]] = relationship(
        back_populates="template", order_by="LetterTemplateVersion.number"
    )

    __table_args__ = (UniqueConstraint("key"),)


class LetterTemplateVersion(Keyed, Base):
    """One wording of a template, in force from a date; never edited. ``organ_id`` names the organ whose local version
    it is, none for the district's. ``ended_on`` is the first day a local version is no longer used."""

    __tablename__ = "letter_template_versions"

    template_id: Mapped[int] = mapped_column(ForeignKey("letter_templates.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    source_hash: Mapped[str] = mapped_column(String(64))
    in_force_from: Mapped[date]
    loaded_at: Mapped[datetime]
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"))
    ended_on: Mapped[date | None]

    template: Mapped[LetterTemplate] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("template_id", "number"),)


class Letter(Keyed, Base):
    """A letter of a case (or, for 误投, of a mail item).

    ``content`` is the document with its slots open while in draft; ``text_hash`` binds approvals to it. On sign-off
    ``issued_content``, ``issued_hash`` and ``number`` are frozen; a voided letter keeps them, with the reason.
    ``body_held`` is false for letters of registers kept before the system (正文未存). ``run`` is the run of the reply
    clock the letter answers.
    """

    __tablename__ = "letters"

    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    template_version_id: Mapped[int | None] = mapped_column(ForeignKey("letter_template_versions.id"))
    kind: Mapped[str] = mapped_column(String(64))
    is_reply: Mapped[bool]
    run: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    values: Mapped[dict[str, Any]] = mapped_column("merge_values", default=dict)
    text_hash: Mapped[str | None] = mapped_column(String(64))
    body_held: Mapped[bool] = mapped_column(default=True)

    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    drafted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    signed_on: Mapped[date | None]
    number: Mapped[str | None] = mapped_column(String(64))
    series: Mapped[str | None] = mapped_column(String(32))
    issued_content: Mapped[dict[str, Any] | None]
    issued_hash: Mapped[str | None] = mapped_column(String(64))
    sealed_on: Mapped[date | None]
    sealed_by: Mapped[str | None] = mapped_column(String(50))
    voided_on: Mapped[date | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    void_reason: Mapped[str | None] = mapped_column(String(500))
    rendered_at: Mapped[datetime | None]
    render_attempts: Mapped[int] = mapped_column(default=0)
    render_error: Mapped[str | None] = mapped_column(String(500))
    version_id: Mapped[int] = mapped_column(default=1)

    template_version: Mapped[LetterTemplateVersion | None] = relationship()
    drafted_by: Mapped[Account | None] = relationship(foreign_keys=[drafted_by_id])
    signed_by: Mapped[Account | None] = relationship(foreign_keys=[signed_by_id])
    voided_by: Mapped[Account | None] = relationship(foreign_keys=[voided_by_id])
    reviews: Mapped[list[LegalReview]] = relationship(order_by="LegalReview.id", back_populates="letter")
    comments: Mapped[list[ReviewComment]] = relationship(order_by="ReviewComment.id", back_populates="letter")
    dispatches: Mapped[list[Dispatch]] = relationship(order_by="Dispatch.id")

    __table_args__ = (
        UniqueConstraint("organ_id", "number"),
        CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'signed', 'voided', 'historic')",
            name="status_known",
        ),
        Index("ix_letters_status", "status"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class Dispatch(Keyed, Base):
    """寄发 and 送达 of one letter: handed to 邮政企业, handed over, or released on line; then its proof.

    ``way``: post, hand, portal, email. ``dispatched_on``: day handed to the post or released. ``delivered_on``: day the
    addressee signed. ``returned_on``: day the mail came back, ``return_kind`` why (``ReturnKind``). Dispatches by post
    with one mail number are one mail item.
    """

    __tablename__ = "dispatches"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    way: Mapped[str] = mapped_column(String(16))
    dispatched_on: Mapped[date]
    mail_number: Mapped[str | None] = mapped_column(String(32), index=True)
    delivered_on: Mapped[date | None]
    delivered_to: Mapped[str | None] = mapped_column(String(50))
    returned_on: Mapped[date | None]
    return_kind: Mapped[str | None] = mapped_column(String(16))
    return_reason: Mapped[str | None] = mapped_column(String(200))
    proof_attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))

    __table_args__ = (CheckConstraint("way IN ('post', 'hand', 'portal', 'email')", name="way_known"),)
