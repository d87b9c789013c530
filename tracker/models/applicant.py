"""申请人, joint applicants and agents. What identifies a person is encrypted; search goes through keyed hashes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Applicant(Keyed, Base):
    """One person or organisation in a request.

    ``capacity``: applicant, joint (联名申请人), agent (委托代理人). ``legal_kind``: citizen, legal_person,
    other_organisation (Art 27). ``report_kind``: the six columns of the annual table. ``*_cipher`` is encrypted with
    the data key, ``*_hash`` a keyed hash for exact search, ``phone_tail_hash`` that of the last four digits.
    """

    __tablename__ = "applicants"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int]
    capacity: Mapped[str] = mapped_column(String(16))
    representative: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    legal_kind: Mapped[str] = mapped_column(String(32))
    report_kind: Mapped[str] = mapped_column(String(32))
    identity_type: Mapped[str] = mapped_column(String(32))
    identity_number_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_number_hash: Mapped[str | None] = mapped_column(String(64))
    phone_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_hash: Mapped[str | None] = mapped_column(String(64))
    phone_tail_hash: Mapped[str | None] = mapped_column(String(64))
    address_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    postcode: Mapped[str | None] = mapped_column(String(6))
    email_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_hash: Mapped[str | None] = mapped_column(String(64))
    contact_name: Mapped[str | None] = mapped_column(String(50))
    authorised_by_attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))

    __table_args__ = (
        UniqueConstraint("case_id", "position"),
        CheckConstraint("capacity IN ('applicant', 'joint', 'agent')", name="capacity_known"),
        Index("ix_applicants_name", "name"),
        Index("ix_applicants_identity_number_hash", "identity_number_hash"),
        Index("ix_applicants_phone_hash", "phone_hash"),
        Index("ix_applicants_phone_tail_hash", "phone_tail_hash"),
    )


class PersonalDataReading(Keyed, Base):
    """Each time somebody looked at unmasked personal data: who, when, what, why."""

    __tablename__ = "personal_data_readings"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("applicants.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    field: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(200))
