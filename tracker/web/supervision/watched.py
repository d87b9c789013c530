"""Which board a person may open: the district's, or those of organs they lead or sign for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.queries.organs import OrganName, find_organ_by_code, list_organ_names


def get_watched(session: Session, actor: Actor, code: str) -> OrganName:
    """The organ of an address. Raises ``NotFound`` for one that is not there, or not for these eyes."""
    organ = find_organ_by_code(session, code)
    if organ is None or not actor.may(Permission.SUPERVISION_READ, organ.id):
        raise NotFound(N_("没有找到这个机关的看板，或者它不属于您所在的机关。"))
    return organ


def own_organs(session: Session, actor: Actor) -> list[OrganName]:
    """Organs whose boards a person opens who does not see the whole district."""
    return list_organ_names(session, actor.organs_where(Permission.SUPERVISION_READ))
