"""主动公开建议 (Art 44): beside the cases, with no effect on their clocks and logs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed


class DisclosureProposal(Keyed, Base):
    """A proposal to one organ and its outcome: accepted or declined, by whom, when and why; then when and where it was
    published."""

    __tablename__ = "disclosure_proposals"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    basis: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    proposed_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(16))
    outcome_on: Mapped[date | None]
    outcome_reason: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    published_on: Mapped[date | None]
    public_where: Mapped[str | None] = mapped_column(String(500))
    version_id: Mapped[int] = mapped_column(default=1)

    cases: Mapped[list[DisclosureProposalCase]] = relationship(order_by="DisclosureProposalCase.id")

    __table_args__ = (
        CheckConstraint("basis IN ('several', 'suggested', 'changed')", name="basis_known"),
        CheckConstraint("outcome IN ('accepted', 'declined')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (outcome_on IS NULL)", name="outcome_with_its_day"),
        CheckConstraint("(published_on IS NULL) = (public_where IS NULL)", name="published_somewhere"),
        CheckConstraint("published_on IS NULL OR outcome = 'accepted'", name="published_once_accepted"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class DisclosureProposalCase(Keyed, Base):
    """A request the proposal rests on."""

    __tablename__ = "disclosure_proposal_cases"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("disclosure_proposals.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)

    __table_args__ = (UniqueConstraint("proposal_id", "case_id"),)
