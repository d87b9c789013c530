"""Proposed years of the calendar: those that wait, and what became of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import N_
from tracker.domain.year_edition import SpecialDay, YearEdition
from tracker.models import Account, CalendarProposal

STATUS_NAMES: dict[str, str] = {
    "proposed": N_("待确认"),
    "applied": N_("已载入"),
    "rejected": N_("已退回"),
    "withdrawn": N_("已撤回"),
}
Proposer, Decider = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """One proposal with the names of both people. ``version`` is the edition it became."""

    id: int
    edition: YearEdition
    status: str
    reason: str | None
    source_name: str | None
    source_digest: str | None
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None
    version: int | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second person."""
        return self.status == "proposed"


def edition_of(row: CalendarProposal) -> YearEdition:
    """The year as it was proposed."""
    days = tuple(SpecialDay(date.fromisoformat(d["day"]), d["kind"] == "work", d["name"]) for d in row.days)
    return YearEdition(row.year, days, row.notice_number, row.notice_on)


def get_proposal(session: Session, proposal_id: int) -> ProposalFacts:
    """One proposal. Raises ``NotFound``."""
    row = session.execute(_query().where(CalendarProposal.id == proposal_id)).first()
    if row is None:
        raise NotFound(N_("没有找到这份工作日历提案。"))
    return _facts(row)


def find_open_proposal(session: Session, year: int) -> ProposalFacts | None:
    """The proposal for a year that waits for a second person; there is one at most."""
    waiting = _query().where(CalendarProposal.year == year, CalendarProposal.status == "proposed")
    row = session.execute(waiting).first()
    return _facts(row) if row is not None else None


def list_proposals(session: Session, *, only_open: bool = False, limit: int = 50) -> Sequence[ProposalFacts]:
    """Proposals, newest first; on request only those that wait."""
    query = _query().order_by(CalendarProposal.id.desc()).limit(limit)
    if only_open:
        query = query.where(CalendarProposal.status == "proposed")
    return [_facts(row) for row in session.execute(query)]


def _query() -> Select[CalendarProposal, str, str]:
    return (
        select(CalendarProposal, Proposer.name, Decider.name)
        .join(Proposer, Proposer.id == CalendarProposal.proposed_by_id)
        .outerjoin(Decider, Decider.id == CalendarProposal.decided_by_id)
    )


def _facts(row: Any) -> ProposalFacts:
    proposal, proposer, decider = row
    return ProposalFacts(
        id=proposal.id,
        edition=edition_of(proposal),
        status=proposal.status,
        reason=proposal.reason,
        source_name=proposal.source_name,
        source_digest=proposal.source_digest,
        proposed_by_id=proposal.proposed_by_id,
        proposed_by=proposer,
        proposed_at=proposal.proposed_at,
        decided_by=decider,
        decided_at=proposal.decided_at,
        decision_reason=proposal.decision_reason,
        version=proposal.edition_id,
    )
