"""What is often asked, and proposals to disclose it of one's own accord, within the person's scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select, true
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.disclosure import Asked, Basis, Outcome, ProposalState, state_of
from tracker.domain.dispositions import DISCLOSING
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import (
    Account,
    Applicant,
    Case,
    DisclosureProposal,
    DisclosureProposalCase,
    Letter,
    Organ,
)
from tracker.queries.scope import visible_cases

MOST_LOOKED_AT = 500
MOST_LISTED = 200
_Proposer, _Decider = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal with what became of it; ``cases``: id and number of those it rests on that the person may see."""

    id: int
    organ_id: int
    organ: str
    title: str
    basis: Basis
    reason: str
    proposed_by: str
    proposed_on: date
    outcome: Outcome | None
    outcome_on: date | None
    outcome_reason: str
    decided_by: str
    published_on: date | None
    public_where: str
    version: int
    cases: tuple[tuple[int, str], ...] = ()

    @property
    def state(self) -> ProposalState:
        """Where it stands."""
        return state_of(self.outcome, self.published_on)


def list_disclosed(session: Session, actor: Actor, organ_id: int, since: date) -> list[Asked]:
    """Requests to an organ that were answered with information not public before, the newest, without those a
    proposal rests on already."""
    told_public = exists().where(
        Letter.case_id == Case.id, Letter.is_reply, Letter.status == "signed", Letter.kind == "already_public"
    )
    proposed = exists().where(DisclosureProposalCase.case_id == Case.id)
    first = and_(Applicant.case_id == Case.id, Applicant.position == 1)
    rows = session.execute(
        select(
            Case.id,
            Case.number,
            Case.received_on,
            Case.description,
            func.coalesce(Applicant.identity_number_hash, Applicant.name),
        )
        .outerjoin(Applicant, first)
        .where(
            visible_cases(actor),
            Case.organ_id == organ_id,
            Case.received_on >= since,
            Case.disposition.in_([str(each) for each in DISCLOSING]),
            Case.stopped_on.is_not(None),
            Case.destroyed_on.is_(None),
            ~told_public,
            ~proposed,
        )
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST_LOOKED_AT)
    )
    return [Asked(*row) for row in rows]


def list_proposals(
    session: Session, actor: Actor, *, organ_id: int | None = None, state: ProposalState | None = None
) -> Sequence[ProposalRow]:
    """Those to the organs one reads: what waits first, then the latest proposed."""
    query = _proposals().where(_read_by(actor), *([_in_state(state)] if state else []))
    if organ_id is not None:
        query = query.where(DisclosureProposal.organ_id == organ_id)
    done = DisclosureProposal.outcome.is_not(None)
    rows = session.execute(
        query.order_by(done, DisclosureProposal.proposed_on.desc(), DisclosureProposal.id.desc()).limit(
            MOST_LISTED
        )
    ).all()
    return [_row(row, ()) for row in rows]


def get_proposal(session: Session, actor: Actor, proposal_id: int) -> ProposalRow:
    """Raises ``NotFound`` for one to an organ the person does not read."""
    row = session.execute(_proposals().where(DisclosureProposal.id == proposal_id, _read_by(actor))).first()
    if row is None:
        raise NotFound(N_("没有找到这项主动公开建议。"))
    return _row(row, _cases(session, actor, proposal_id))


def count_open_proposals(session: Session, actor: Actor) -> int:
    """How many wait for the person's decision, or for the publication of what they accepted."""
    organs = actor.organs_where(Permission.DISCLOSURE_DECIDE)
    if not organs:
        return 0
    unfinished = DisclosureProposal.outcome.is_(None) | _in_state(ProposalState.TO_PUBLISH)
    query = select(func.count(DisclosureProposal.id)).where(
        DisclosureProposal.organ_id.in_(organs), unfinished
    )
    return session.scalar(query) or 0


def published_where(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """Where the information of these cases was published since, of cases the caller has fetched through the scope."""
    rows = session.execute(
        select(DisclosureProposalCase.case_id, DisclosureProposal.public_where)
        .join(DisclosureProposal, DisclosureProposal.id == DisclosureProposalCase.proposal_id)
        .where(DisclosureProposalCase.case_id.in_(case_ids), DisclosureProposal.published_on.is_not(None))
        .order_by(DisclosureProposal.published_on, DisclosureProposal.id)
    )
    return {case_id: where or "" for case_id, where in rows}


def proposals_of_case(session: Session, case_id: int) -> Sequence[tuple[int, str, ProposalState]]:
    """Id, title and state of those that rest on a case the caller has fetched through the scope."""
    rows = session.scalars(
        select(DisclosureProposal)
        .join(DisclosureProposalCase, DisclosureProposalCase.proposal_id == DisclosureProposal.id)
        .where(DisclosureProposalCase.case_id == case_id)
        .order_by(DisclosureProposal.id)
    )
    return [
        (row.id, row.title, state_of(Outcome(row.outcome) if row.outcome else None, row.published_on))
        for row in rows
    ]


def _read_by(actor: Actor) -> ColumnElement[bool]:
    if actor.reads_whole_district:
        return true()
    organs = actor.reading_organ_ids
    return DisclosureProposal.organ_id.in_(organs) if organs else false()


def _in_state(state: ProposalState) -> ColumnElement[bool]:
    if state is ProposalState.WAITING:
        return DisclosureProposal.outcome.is_(None)
    if state is ProposalState.DECLINED:
        return DisclosureProposal.outcome == str(Outcome.DECLINED)
    published = DisclosureProposal.published_on.is_not(None)
    accepted = DisclosureProposal.outcome == str(Outcome.ACCEPTED)
    return and_(accepted, published if state is ProposalState.PUBLISHED else ~published)


def _proposals() -> Select[Any]:
    columns: tuple[Any, ...] = (
        DisclosureProposal,
        Organ.name.label("organ"),
        _Proposer.name.label("proposed_by"),
        _Decider.name.label("decided_by"),
    )
    return (
        select(*columns)
        .join(Organ, Organ.id == DisclosureProposal.organ_id)
        .join(_Proposer, _Proposer.id == DisclosureProposal.proposed_by_id)
        .outerjoin(_Decider, _Decider.id == DisclosureProposal.decided_by_id)
    )


def _cases(session: Session, actor: Actor, proposal_id: int) -> tuple[tuple[int, str], ...]:
    rows = session.execute(
        select(Case.id, Case.number)
        .join(DisclosureProposalCase, DisclosureProposalCase.case_id == Case.id)
        .where(DisclosureProposalCase.proposal_id == proposal_id, visible_cases(actor))
        .order_by(Case.received_on.desc(), Case.id.desc())
    )
    return tuple((case_id, number) for case_id, number in rows)


def _row(row: Any, cases: tuple[tuple[int, str], ...]) -> ProposalRow:
    held: DisclosureProposal = row[0]
    return ProposalRow(
        id=held.id,
        organ_id=held.organ_id,
        organ=row.organ,
        title=held.title,
        basis=Basis(held.basis),
        reason=held.reason,
        proposed_by=row.proposed_by,
        proposed_on=held.proposed_on,
        outcome=Outcome(held.outcome) if held.outcome else None,
        outcome_on=held.outcome_on,
        outcome_reason=held.outcome_reason or "",
        decided_by=row.decided_by or "",
        published_on=held.published_on,
        public_where=held.public_where or "",
        version=held.version_id,
        cases=cases,
    )
