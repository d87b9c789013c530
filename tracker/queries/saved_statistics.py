"""统计分析 saved under a name, as one person finds them: their own, and what is shared with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.saved_statistics import DISTRICT, OWN, SharedWith, Sharing
from tracker.domain.statistics import Question, question_of
from tracker.domain.vocabulary import N_
from tracker.models import SavedStatistic
from tracker.queries.organs import OrganName, list_organ_names


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """One of them. ``mine``: the person saved it; ``may_change``: may rename, share anew and delete it."""

    id: int
    name: str
    question: Question
    shared: SharedWith
    organ: str
    owner: str
    mine: bool
    may_change: bool
    changed_at: datetime
    version: int


def list_saved(session: Session, actor: Actor) -> Sequence[SavedFacts]:
    """One's own by name, then what others share."""
    rows = session.scalars(
        select(SavedStatistic)
        .options(joinedload(SavedStatistic.account), joinedload(SavedStatistic.organ))
        .where(_found_by(actor))
        .order_by(
            SavedStatistic.account_id != actor.account_id,
            SavedStatistic.sharing,
            SavedStatistic.name,
            SavedStatistic.id,
        )
    )
    return [_facts(row, actor) for row in rows]


def get_saved(session: Session, actor: Actor, statistic_id: int) -> SavedFacts:
    """One of those the person finds. Raises ``NotFound``."""
    row = session.scalar(select(SavedStatistic).where(SavedStatistic.id == statistic_id, _found_by(actor)))
    if row is None:
        raise NotFound(N_("没有找到这个统计，它可能已被删除，或者没有共享给您。"))
    return _facts(row, actor)


def may_share(actor: Actor, shared: SharedWith) -> bool:
    """Whether the person may put a statistic on the lists of an organ, or of the district."""
    if shared.sharing is Sharing.OWN:
        return True
    if shared.sharing is Sharing.DISTRICT:
        return actor.reads_whole_district and actor.may_somewhere(Permission.STATISTIC_SHARE)
    return shared.organ_id in actor.organs_where(Permission.STATISTIC_SHARE)


def shared_choices(session: Session, actor: Actor) -> tuple[list[OrganName], bool]:
    """The organs the person may share with, and whether with the district."""
    organs = actor.organs_where(Permission.STATISTIC_SHARE)
    return (list_organ_names(session, organs) if organs else []), may_share(actor, DISTRICT)


def _found_by(actor: Actor) -> ColumnElement[bool]:
    shared = SavedStatistic.sharing == str(Sharing.DISTRICT)
    if not actor.may_somewhere(Permission.CASE_READ):
        return SavedStatistic.account_id == actor.account_id
    return or_(
        SavedStatistic.account_id == actor.account_id,
        shared,
        SavedStatistic.organ_id.in_(actor.reading_organ_ids),
    )


def _facts(row: SavedStatistic, actor: Actor) -> SavedFacts:
    shared = SharedWith(Sharing(row.sharing), row.organ_id)
    mine = row.account_id == actor.account_id
    return SavedFacts(
        id=row.id,
        name=row.name,
        question=question_of(row.words),
        shared=shared,
        organ=row.organ.name if row.organ else "",
        owner=row.account.name,
        mine=mine,
        may_change=mine or (shared != OWN and may_share(actor, shared)),
        changed_at=row.changed_at,
        version=row.version_id,
    )
