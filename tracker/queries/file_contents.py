"""What the file of a case holds, counted by kind: for the list that goes with it into the archive."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnExpressionArgument, func, select
from sqlalchemy.orm import Session

from tracker.domain.archiving import FilePart
from tracker.domain.file_kinds import FileKind
from tracker.models import (
    Attachment,
    CallRecord,
    Case,
    Consultation,
    LegalReview,
    Letter,
    SearchRecord,
    SecrecyReview,
)

_LAPSE_KINDS = ("lapsed_uncorrected", "lapsed_unpaid")
_ISSUED = ("signed", "historic")
_PROOF = str(FileKind.DELIVERY_PROOF)
_INCOMING = tuple(
    str(kind)
    for kind in (
        FileKind.ENVELOPE,
        FileKind.REQUEST,
        FileKind.IDENTITY_PROOF,
        FileKind.AUTHORISATION,
        FileKind.CORRECTION,
    )
)


def count_file_parts(session: Session, case: Case) -> dict[FilePart, int]:
    """Pieces of each part. Drafts and duplicates do not belong in an archive and are not counted."""
    letter = (Letter.case_id == case.id, Letter.status.in_(_ISSUED))
    lapse = Letter.kind.in_(_LAPSE_KINDS)
    file = (Attachment.case_id == case.id, Attachment.letter_id.is_(None))
    return {
        FilePart.REPLY: _count(session, Letter, *letter, Letter.is_reply, ~lapse),
        FilePart.LAPSE_LETTER: _count(session, Letter, *letter, lapse),
        FilePart.NOTICES: _count(session, Letter, *letter, ~Letter.is_reply, ~lapse),
        FilePart.PROOF_OF_DELIVERY: _count(
            session, Attachment, Attachment.case_id == case.id, Attachment.kind == _PROOF
        ),
        FilePart.APPLICATION: _count(session, Attachment, *file, Attachment.kind.in_(_INCOMING)),
        FilePart.OTHER_FILES: _count(
            session, Attachment, *file, Attachment.kind.not_in((*_INCOMING, _PROOF))
        ),
        FilePart.REVIEWS: _count_reviews(session, case),
        FilePart.SECRECY_REVIEWS: _count(session, SecrecyReview, SecrecyReview.case_id == case.id),
        FilePart.SEARCHES: _count(session, SearchRecord, SearchRecord.case_id == case.id),
        FilePart.CONSULTATIONS: _count(session, Consultation, Consultation.case_id == case.id),
        FilePart.CALLS: _count(session, CallRecord, CallRecord.case_id == case.id),
    }


def _count(session: Session, entity: type[Any], *conditions: ColumnExpressionArgument[bool]) -> int:
    return session.scalar(select(func.count()).select_from(entity).where(*conditions)) or 0


def _count_reviews(session: Session, case: Case) -> int:
    decided = (
        select(func.count())
        .select_from(LegalReview)
        .join(Letter, Letter.id == LegalReview.letter_id)
        .where(Letter.case_id == case.id, LegalReview.voided_at.is_(None))
    )
    return session.scalar(decided) or 0
