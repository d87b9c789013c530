"""复议、诉讼 about a case: beside the log, what lists, table 4 and the evidence bundle select by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Challenge(Keyed, Base):
    """One reconsideration or suit. The claim of the applicant stands in the log (``claimed_seq``).

    ``received_on``: the day the organ got the copy; ``body``: the reviewing organ or court; ``number``: its file
    number. ``result`` is empty while it is 尚未审结; ``result_on`` is the date of the decision. ``ordered_on``: the
    day a new reply was ordered through it. ``voided``: recorded by mistake and taken back.
    """

    __tablename__ = "challenges"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    kind: Mapped[str] = mapped_column(String(32))
    simplified: Mapped[bool] = mapped_column(default=False)
    received_on: Mapped[date]
    number: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(String(200))
    claimed_seq: Mapped[int]
    hearing_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(String(16))
    result_on: Mapped[date | None]
    result_document: Mapped[str | None] = mapped_column(String(200))
    ordered_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    voided: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint(
            "kind IN ('reconsideration', 'direct_suit', 'suit_after_reconsideration')", name="kind_known"
        ),
        CheckConstraint("result IN ('upheld', 'corrected', 'other')", name="result_known"),
        CheckConstraint("(result IS NULL) = (result_on IS NULL)", name="result_with_day"),
        Index("ix_challenges_received_on", "received_on"),
        Index("ix_challenges_result_on", "result_on"),
    )
