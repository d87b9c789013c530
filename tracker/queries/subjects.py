"""The district's list of subjects, and the subject of one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import CaseSubject, Subject


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """One subject; ``active``: may be chosen."""

    id: int
    name: str
    active: bool


def list_subjects(session: Session) -> Sequence[SubjectFacts]:
    """Those that may be chosen in the order they were added, then the retired."""
    rows = session.scalars(select(Subject).order_by(Subject.active.desc(), Subject.id))
    return [SubjectFacts(row.id, row.name, row.active) for row in rows]


def find_subject_of(session: Session, case_id: int) -> SubjectFacts | None:
    """The subject of a case the caller has fetched through the scope."""
    row = session.scalar(
        select(Subject)
        .join(CaseSubject, CaseSubject.subject_id == Subject.id)
        .where(CaseSubject.case_id == case_id)
    )
    return SubjectFacts(row.id, row.name, row.active) if row else None
