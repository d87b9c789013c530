"""Versions of the draft for a challenge that the caller has fetched through the scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.answer_draft import Section
from tracker.domain.exhibits import ChosenExhibit
from tracker.models import Account, AnswerDraft


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One version as it was saved. ``texts`` carry marks of evidence."""

    id: int
    number: int
    texts: Mapping[Section, str]
    choice: tuple[ChosenExhibit, ...]
    saved_by: str
    saved_by_id: int | None
    saved_at: datetime
    verdict: str | None
    opinion: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None


def list_draft_versions(session: Session, challenge_id: int) -> Sequence[DraftVersion]:
    """The newest first."""
    writer, advisor = aliased(Account), aliased(Account)
    rows = session.execute(
        select(AnswerDraft, writer.name, advisor.name)
        .outerjoin(writer, writer.id == AnswerDraft.saved_by_id)
        .outerjoin(advisor, advisor.id == AnswerDraft.reviewed_by_id)
        .where(AnswerDraft.challenge_id == challenge_id)
        .order_by(AnswerDraft.number.desc())
    )
    return [_version(row, saved_by, reviewed_by) for row, saved_by, reviewed_by in rows]


def _version(row: AnswerDraft, saved_by: str | None, reviewed_by: str | None) -> DraftVersion:
    return DraftVersion(
        id=row.id,
        number=row.number,
        texts={section: str(row.texts.get(str(section), "")) for section in Section},
        choice=tuple(ChosenExhibit(*map(str, one)) for one in row.exhibits),
        saved_by=saved_by or "",
        saved_by_id=row.saved_by_id,
        saved_at=row.saved_at,
        verdict=row.verdict,
        opinion=row.opinion,
        reviewed_by=reviewed_by,
        reviewed_at=row.reviewed_at,
    )
