"""Names behind the keys of statistics, in the order in which the district lists them, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Role
from tracker.domain.statistics import NAMED_PREFIX, Dimension
from tracker.models import Account, NamedPerson, Organ, RoleHolding, Subject
from tracker.queries.case_list import filter_choices
from tracker.queries.subjects import list_subjects

Names = dict[str, str]
"""Key → name, in the order of the district."""


_MODELS: dict[Dimension, type[Organ | Subject]] = {Dimension.ORGAN: Organ, Dimension.SUBJECT: Subject}


@dataclass(frozen=True, slots=True)
class Choices:
    """Keys and names a person can narrow by, of the dimensions whose values are kept in the database."""

    names: dict[Dimension, Names]


def statistic_choices(session: Session, actor: Actor) -> Choices:
    """Organs and handlers of the cases the person may see, and the advisors who serve their organs."""
    seen = filter_choices(session, actor)
    advisors = (
        select(Account.id, Account.name)
        .join(RoleHolding)
        .where(RoleHolding.role == str(Role.LEGAL_ADVISOR))
        .distinct()
        .order_by(Account.id)
    )
    if not actor.reads_whole_district:
        advisors = advisors.where(RoleHolding.organ_id.in_(actor.reading_organ_ids))
    return Choices(
        {
            Dimension.ORGAN: {str(key): name for key, name in seen.organs},
            Dimension.SUBJECT: {str(each.id): each.name for each in list_subjects(session)},
            Dimension.HANDLER: {str(key): name for key, name in seen.handlers},
            Dimension.ADVISOR: {str(key): name for key, name in session.execute(advisors)},
        }
    )


def names_of(session: Session, dimension: Dimension, keys: Iterable[str]) -> Names:
    """Names of keys that a table of the person's own cases has; a key nobody bears is left out."""
    wanted = list(keys)
    numbers = [int(key) for key in wanted if key.isascii() and key.isdigit()]
    if dimension in _MODELS:
        return _read(session, _MODELS[dimension], numbers)
    prefix = NAMED_PREFIX[dimension]
    named = [key for key in wanted if key.startswith(prefix)]
    if dimension is Dimension.HANDLER:
        return {**_read(session, Account, numbers), **{key: key.removeprefix(prefix) for key in named}}
    people = [int(key[1:]) for key in named if key[1:].isascii() and key[1:].isdigit()]
    known = _read(session, NamedPerson, people) if people else {}
    return {**_read(session, Account, numbers), **{prefix + key: name for key, name in known.items()}}


def _read(session: Session, model: type[Organ | Account | NamedPerson | Subject], keys: list[int]) -> Names:
    if not keys:
        return {}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(keys)).order_by(model.id))
    return {str(key): name for key, name in rows}
