"""Tallies of table 3: how many requests are alike in everything that decides which of its cells count them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class CaseTally(Keyed, Base):
    """So many complete registrations came to (or, negative, left) one organ, kind of first applicant, year of receipt,
    year of the first result and outcome; years and outcome of what is not there yet are empty.

    What stands is the sum of the rows that are alike. Rows are added and never changed, so that writers never wait
    for each other; a job replaces those that are alike by their sum. ``tally_keeping`` adds them, nobody else.
    """

    __tablename__ = "case_tallies"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    report_kind: Mapped[str | None] = mapped_column(String(32))
    received_year: Mapped[int]
    result_year: Mapped[int | None]
    disposition: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[int]

    __table_args__ = (
        CheckConstraint("number <> 0", name="number_not_zero"),
        # Each holds all a statement reads, so that a table is read from a slice of it.
        Index(
            "ix_case_tallies_table",
            "result_year",
            "received_year",
            "report_kind",
            "disposition",
            "organ_id",
            "number",
        ),
        Index("ix_case_tallies_years", "received_year", "organ_id", "number"),
    )
