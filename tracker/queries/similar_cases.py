"""Earlier replies that may help with the one under review: alike in words, organ or kind of outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.resemblance import LEAST, Resemblance, resemblance
from tracker.models import Case, Letter, Organ
from tracker.queries.scope import visible_cases

LOOKED_AT = 500
"""Replies compared, the latest first: some years of a district, and little enough to do with every page."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """One earlier reply with how like it is, and why."""

    letter_id: int
    number: str
    organ: str
    description: str
    disposition: str
    signed_on: date | None
    likeness: Resemblance


def find_similar(
    session: Session, actor: Actor, case: Case, templates: Collection[str]
) -> Sequence[SimilarCase]:
    """The replies most like this case among those signed in organs the person reads; the most alike first."""
    rows = session.execute(
        select(
            Letter.id,
            Letter.values.label("decided"),
            Letter.signed_on,
            Case.number,
            Case.organ_id,
            Case.description,
            Case.disposition,
            Organ.name,
        )
        .join(Case, Case.id == Letter.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .where(Letter.is_reply, Letter.status == "signed", Letter.body_held, Letter.case_id != case.id)
        .where(visible_cases(actor))
        .order_by(Letter.signed_on.desc(), Letter.id.desc())
        .limit(LOOKED_AT)
    )
    found = [
        SimilarCase(
            row.id,
            row.number,
            row.name,
            row.description,
            row.disposition or "",
            row.signed_on,
            resemblance(
                case.description,
                row.description,
                same_organ=row.organ_id == case.organ_id,
                same_template=bool(set(templates) & _templates(row.decided)),
            ),
        )
        for row in rows
    ]
    alike = [each for each in found if each.likeness.points >= LEAST]
    return sorted(alike, key=lambda each: -each.likeness.points)[:SHOWN]


def _templates(values: Mapping[str, Any] | None) -> set[str]:
    parts = (values or {}).get("parts", ())
    return {part[name] for part in parts for name in ("template", "refused_under") if part.get(name)}
