"""Files whose period is over with what stands against destroying them, and the lists of what was destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.archiving import Retention
from tracker.domain.destruction import Block, FileState, ListState, blocks
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.models import (
    Account,
    ArchivedFile,
    Case,
    Challenge,
    Destruction,
    DestructionDeferral,
    DestructionFile,
    Organ,
)
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases

MOST_LISTS = 100
_NO_ORGAN = 0


@dataclass(frozen=True, slots=True)
class ExpiredRow:
    """One closed file with the end of its period and everything that stands against destroying it."""

    case_id: int
    organ_id: int
    organ: str
    case_number: str
    number: str
    title: str
    year: int
    retention: Retention
    pages: int
    materials: int
    contents_hash: str
    state: FileState
    blocks: tuple[Block, ...]
    deferred_because: str

    @property
    def ends_on(self) -> date | None:
        return self.state.ends_on


@dataclass(frozen=True, slots=True)
class ListRow:
    """One 销毁清册 in the list of them."""

    id: int
    organ_id: int
    organ: str
    number: str
    state: ListState
    grounds: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None
    version_id: int
    files: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a list. ``outcome``: destroyed, kept, or None while nobody has decided."""

    case_id: int
    case_number: str
    number: str
    title: str
    year: int
    retention: Retention
    ended_on: date
    pages: int
    materials: int
    contents_hash: str
    outcome: str | None
    kept_because: tuple[Block, ...]
    chain: str | None


def list_expired(
    session: Session,
    actor: Actor,
    today: date,
    *,
    through: int | None = None,
    organ_id: int | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[ExpiredRow]:
    """Files that still exist and whose period is over, or ends by the end of the year ``through``; those of the
    oldest year first."""
    where = [visible_cases(actor), ArchivedFile.destroyed_on.is_(None), _ended(through or today.year - 1)]
    if organ_id is not None:
        where.append(ArchivedFile.organ_id == organ_id)
    count: Select[Any] = (
        select(func.count()).select_from(ArchivedFile).join(Case, Case.id == ArchivedFile.case_id)
    )
    total = session.scalar(count.where(ArchivedFile.current, *where)) or 0
    number = min(max(1, page), max(1, -(-total // size)))
    query = _expired().where(*where).offset((number - 1) * size).limit(size)
    return Page([_expired_row(row, today) for row in session.execute(query)], total, number, size)


def read_files(session: Session, actor: Actor, today: date, case_ids: Sequence[int]) -> list[ExpiredRow]:
    """The closed files of these cases, as far as one may see them, whatever their period."""
    query = _expired().where(ArchivedFile.case_id.in_(case_ids), visible_cases(actor))
    return [_expired_row(row, today) for row in session.execute(query)]


def list_destructions(session: Session, actor: Actor) -> list[ListRow]:
    """Lists of the organs one may propose or confirm for, and for those who read the district, of all."""
    query = _lists().where(_lists_of(actor)).order_by(Destruction.id.desc()).limit(MOST_LISTS)
    return [_list_row(row) for row in session.execute(query)]


def get_destruction(session: Session, actor: Actor, destruction_id: int) -> tuple[ListRow, list[FileRow]]:
    """One list with its files. Raises ``NotFound``."""
    row = session.execute(_lists().where(Destruction.id == destruction_id, _lists_of(actor))).first()
    if row is None:
        raise NotFound(N_("没有找到这份销毁清册。"))
    files = session.scalars(
        select(DestructionFile)
        .where(DestructionFile.destruction_id == destruction_id)
        .order_by(DestructionFile.id)
    )
    return _list_row(row), [_file_row(one) for one in files]


def list_of(session: Session, actor: Actor, case_id: int) -> int | None:
    """The newest list a file stands on that waits or was carried out, as far as one may read it."""
    standing = (str(ListState.PROPOSED), str(ListState.CARRIED_OUT))
    found: int | None = session.scalar(
        select(func.max(Destruction.id))
        .join(DestructionFile, DestructionFile.destruction_id == Destruction.id)
        .where(DestructionFile.case_id == case_id, Destruction.state.in_(standing), _lists_of(actor))
    )
    return found


def count_awaiting(session: Session, actor: Actor) -> int:
    """Lists that wait for this very person: a second one, who may confirm and did not propose."""
    if not actor.may_somewhere(Permission.DESTRUCTION_CONFIRM):
        return 0
    mine = [Destruction.state == str(ListState.PROPOSED), Destruction.proposed_by_id != actor.account_id]
    if not actor.may(Permission.DESTRUCTION_CONFIRM, _NO_ORGAN):
        mine.append(Destruction.organ_id.in_(actor.organs_where(Permission.DESTRUCTION_CONFIRM)))
    return session.scalar(select(func.count()).select_from(Destruction).where(*mine)) or 0


def _ended(year: int) -> ColumnElement[bool]:
    """Condition: the period has ended with this year or before."""
    return or_(
        *(
            and_(ArchivedFile.retention == str(kept), ArchivedFile.year <= year - kept.years)
            for kept in Retention
            if kept.years is not None
        )
    )


def _expired() -> Select[Any]:
    challenged = exists().where(
        Challenge.case_id == Case.id, Challenge.result.is_(None), Challenge.voided.is_(False)
    )
    listed = exists().where(
        DestructionFile.case_id == Case.id,
        DestructionFile.destruction_id == Destruction.id,
        Destruction.state == str(ListState.PROPOSED),
    )
    newest = (
        select(func.max(DestructionDeferral.id))
        .where(DestructionDeferral.case_id == Case.id, DestructionDeferral.lifted_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    query: Any = (
        select(
            ArchivedFile,
            Case.number.label("case_number"),
            Case.stage,
            Case.held,
            Organ.name.label("organ"),
            challenged.label("challenged"),
            listed.label("listed"),
            DestructionDeferral.id.label("deferral"),
            DestructionDeferral.until,
            DestructionDeferral.reason,
        )
        .join(Case, Case.id == ArchivedFile.case_id)
        .join(Organ, Organ.id == ArchivedFile.organ_id)
        .outerjoin(DestructionDeferral, DestructionDeferral.id == newest)
        .where(ArchivedFile.current)
        .order_by(ArchivedFile.organ_id, ArchivedFile.year, ArchivedFile.number)
    )
    found: Select[Any] = query
    return found


def _expired_row(row: Any, today: date) -> ExpiredRow:
    file: ArchivedFile = row.ArchivedFile
    state = FileState(
        year=file.year,
        retention=Retention(file.retention),
        archived=row.stage == str(Stage.ARCHIVED),
        held=row.held,
        challenged=bool(row.challenged),
        deferred=row.deferral is not None,
        deferred_until=row.until,
        destroyed=file.destroyed_on is not None,
        listed=bool(row.listed),
    )
    return ExpiredRow(
        case_id=file.case_id,
        organ_id=file.organ_id,
        organ=row.organ,
        case_number=row.case_number,
        number=file.number,
        title=file.title,
        year=file.year,
        retention=state.retention,
        pages=file.pages,
        materials=len(file.contents),
        contents_hash=file.contents_hash,
        state=state,
        blocks=blocks(state, today),
        deferred_because=row.reason or "",
    )


def _lists() -> Select[Any]:
    proposer, decider = aliased(Account), aliased(Account)
    count = (
        select(func.count())
        .select_from(DestructionFile)
        .where(DestructionFile.destruction_id == Destruction.id)
        .correlate(Destruction)
        .scalar_subquery()
    )
    query: Any = (
        select(
            Destruction,
            Organ.name.label("organ"),
            proposer.name.label("proposer"),
            decider.name.label("decider"),
            count.label("count"),
        )
        .join(Organ, Organ.id == Destruction.organ_id)
        .join(proposer, proposer.id == Destruction.proposed_by_id)
        .outerjoin(decider, decider.id == Destruction.decided_by_id)
    )
    found: Select[Any] = query
    return found


def _list_row(row: Any) -> ListRow:
    made: Destruction = row.Destruction
    return ListRow(
        id=made.id,
        organ_id=made.organ_id,
        organ=row.organ,
        number=made.number,
        state=ListState(made.state),
        grounds=made.grounds,
        proposed_by_id=made.proposed_by_id,
        proposed_by=row.proposer,
        proposed_at=made.proposed_at,
        decided_by=row.decider,
        decided_at=made.decided_at,
        decision=made.decision,
        version_id=made.version_id,
        files=row.count,
    )


def _file_row(one: DestructionFile) -> FileRow:
    kept = tuple(Block(code) for code in (one.kept_because or "").split(",") if code)
    return FileRow(
        one.case_id,
        one.case_number,
        one.number,
        one.title,
        one.year,
        Retention(one.retention),
        one.ended_on,
        one.pages,
        one.materials,
        one.contents_hash,
        one.outcome,
        kept,
        one.chain,
    )


def _lists_of(actor: Actor) -> ColumnElement[bool]:
    if actor.reads_whole_district or actor.may(Permission.DESTRUCTION_CONFIRM, _NO_ORGAN):
        return true()
    organs = actor.organs_where(Permission.DESTRUCTION_PROPOSE) | actor.organs_where(
        Permission.DESTRUCTION_CONFIRM
    )
    return Destruction.organ_id.in_(organs) if organs else false()
