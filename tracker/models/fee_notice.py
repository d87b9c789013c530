"""收费通知 (Art 42, 国办函〔2020〕109号): the notice that stops the clock until payment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class FeeNotice(Keyed, Base):
    """``quantity`` counts items or pages by ``basis``; ``amount_yuan`` is whole yuan by the progressive tariff."""

    __tablename__ = "fee_notices"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    basis: Mapped[str] = mapped_column(String(8))
    quantity: Mapped[int]
    amount_yuan: Mapped[int]
    notified_on: Mapped[date]
    payment_due_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    voucher_number: Mapped[str | None] = mapped_column(String(64))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))

    __table_args__ = (
        CheckConstraint("basis IN ('item', 'page')", name="basis_known"),
        CheckConstraint("amount_yuan >= 0 AND quantity >= 0", name="not_negative"),
    )
