"""Letters that asked others for their opinion."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Consultation


def list_consultations(session: Session, case_id: int) -> Sequence[Consultation]:
    """All of a case, in the order they were sent."""
    return session.scalars(
        select(Consultation)
        .where(Consultation.case_id == case_id)
        .order_by(Consultation.sent_on, Consultation.id)
    ).all()


def party_names(session: Session, case_id: int) -> dict[str, str]:
    """Names of the parties asked, by the reference their clocks carry."""
    rows = session.execute(
        select(Consultation.ref, Consultation.party).where(Consultation.case_id == case_id)
    )
    return {row.ref: row.party for row in rows}
