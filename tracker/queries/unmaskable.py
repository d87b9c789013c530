"""Of which cases a person may see the personal data unmasked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.models import Case, Organ
from tracker.queries.scope import visible_cases


def unmaskable_cases(session: Session, actor: Actor, case_ids: Sequence[int]) -> frozenset[int]:
    """Those of organs in which the person may look at personal data and take registers away."""
    organs = [
        organ_id
        for organ_id in session.scalars(select(Organ.id))
        if actor.may(Permission.PERSON_UNMASK, organ_id) and actor.may(Permission.LEDGER_EXPORT, organ_id)
    ]
    if not organs or not case_ids:
        return frozenset()
    theirs = set(session.scalars(select(Case.id).where(visible_cases(actor), Case.organ_id.in_(organs))))
    return frozenset(theirs.intersection(case_ids))
