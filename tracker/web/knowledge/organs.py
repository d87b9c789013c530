"""Which organs a person may choose from in this room."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.queries.organs import list_organ_choices


def organs_read(session: Session, person: Actor) -> list[tuple[int, str]]:
    """Id and name of the organs whose requests the person reads."""
    return [
        (key, name)
        for key, name in list_organ_choices(session)
        if person.reads_whole_district or key in person.reading_organ_ids
    ]
