"""行政机关: the organ that received the request and answers for it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.internal_limits import InternalLimits
from tracker.domain.urgency import Thresholds
from tracker.models.base import Base, Keyed


class Organ(Keyed, Base):
    """One organ with what its letters and its remedies must say (remedy bodies are data, never wording).

    ``draft_by``, ``review_by``, ``post_by``: its internal limits in working days before the reply's due date.
    """

    __tablename__ = "organs"

    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(32))
    number_prefix: Mapped[str] = mapped_column(String(32))
    reviewing_organ: Mapped[str | None] = mapped_column(String(200))
    alternative_reviewing_organ: Mapped[str | None] = mapped_column(String(200))
    court: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(6))
    contact: Mapped[str | None] = mapped_column(String(50))
    phone: Mapped[str | None] = mapped_column(String(50))
    fonds_number: Mapped[str | None] = mapped_column(String(8))
    archive_unit_code: Mapped[str | None] = mapped_column(String(8))
    archive_category: Mapped[str] = mapped_column(String(8), default="WS")
    archive_by_unit: Mapped[bool] = mapped_column(default=True)
    archive_serial_width: Mapped[int] = mapped_column(default=4)
    review_required: Mapped[bool] = mapped_column(default=True)
    yellow_days: Mapped[int] = mapped_column(default=5)
    orange_days: Mapped[int] = mapped_column(default=2)
    draft_by: Mapped[int] = mapped_column(default=8)
    review_by: Mapped[int] = mapped_column(default=5)
    post_by: Mapped[int] = mapped_column(default=2)
    active: Mapped[bool] = mapped_column(default=True)
    version_id: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("name"),
        CheckConstraint("orange_days >= 0 AND yellow_days >= orange_days", name="lights_in_order"),
        CheckConstraint(
            "post_by >= 0 AND review_by >= post_by AND draft_by >= review_by AND draft_by <= 19",
            name="limits_in_order",
        ),
        CheckConstraint("archive_serial_width BETWEEN 1 AND 8", name="serial_width_sane"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def thresholds(self) -> Thresholds:
        """Working days left at which its lights turn."""
        return Thresholds(self.yellow_days, self.orange_days)

    @property
    def internal_limits(self) -> InternalLimits:
        """Its limits; none for a review it does not have."""
        return InternalLimits(self.draft_by, self.review_by if self.review_required else None, self.post_by)
