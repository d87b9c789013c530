"""Closed files: the catalogue of a year (归档文件目录), and the list of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.archive_catalogue import CatalogueRow
from tracker.domain.archive_materials import Listed
from tracker.domain.archiving import Retention
from tracker.domain.stages import Stage
from tracker.models import Account, ArchivedFile, Case, Organ
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases

CHUNK = 500
AWAITING = (str(Stage.DELIVERED), str(Stage.ABANDONED), str(Stage.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A closed file with its list."""

    row: CatalogueRow
    lines: tuple[Listed, ...]
    lacking: tuple[str, ...]
    contents_hash: str
    archived_at: datetime | None
    archived_by: str | None


@dataclass(frozen=True, slots=True)
class CatalogueAsked:
    """Which part of the catalogue: a year, and where given an organ and a period."""

    year: int
    organ_id: int | None = None
    retention: Retention | None = None


@dataclass(frozen=True, slots=True)
class CatalogueSums:
    """Files by retention, pages, and cases that ended in the year whose file is not closed."""

    files: dict[Retention, int]
    pages: int
    incomplete: int
    awaiting: int

    @property
    def total(self) -> int:
        return sum(self.files.values())


def list_catalogue(
    session: Session, actor: Actor, asked: CatalogueAsked, *, page: int = 1, size: int = 50
) -> Page[CatalogueRow]:
    """Closed files of the year in the order of their numbers."""
    where = _asked(actor, asked)
    count: Select[Any] = select(func.count()).select_from(ArchivedFile)
    total = session.scalar(_joined(count).where(*where)) or 0
    number = min(max(1, page), max(1, -(-total // size)))
    rows = session.execute(_rows().where(*where).offset((number - 1) * size).limit(size))
    return Page([_row(row) for row in rows], total, number, size)


def read_catalogue(session: Session, actor: Actor, asked: CatalogueAsked) -> Iterator[CatalogueRow]:
    """The same, whole, a chunk in memory at a time."""
    page, more = 1, True
    while more:
        found = list_catalogue(session, actor, asked, page=page, size=CHUNK)
        yield from found.rows
        more = page < found.pages
        page += 1


def sum_catalogue(session: Session, actor: Actor, asked: CatalogueAsked) -> CatalogueSums:
    """The figures above the catalogue."""
    counted: Select[Any] = select(
        ArchivedFile.retention,
        func.count(),
        func.coalesce(func.sum(ArchivedFile.pages), 0),
        func.coalesce(func.sum(case((ArchivedFile.lacks > 0, 1), else_=0)), 0),
    )
    rows = session.execute(
        _joined(counted).where(*_asked(actor, asked)).group_by(ArchivedFile.retention)
    ).all()
    ended_in_year = Case.stopped_on.between(date(asked.year, 1, 1), date(asked.year, 12, 31))
    waiting: list[ColumnElement[bool]] = [visible_cases(actor), Case.stage.in_(AWAITING), ended_in_year]
    if asked.organ_id is not None:
        waiting.append(Case.organ_id == asked.organ_id)
    awaiting = session.scalar(select(func.count()).select_from(Case).where(*waiting)) or 0
    return CatalogueSums(
        files={Retention(row[0]): int(row[1]) for row in rows},
        pages=sum(int(row[2]) for row in rows),
        incomplete=sum(int(row[3]) for row in rows),
        awaiting=awaiting,
    )


def archive_years(session: Session, actor: Actor) -> list[int]:
    """Years with closed files, the newest first."""
    found = session.scalars(
        _joined(select(ArchivedFile.year).distinct())
        .where(ArchivedFile.current, visible_cases(actor))
        .order_by(ArchivedFile.year.desc())
    )
    return list(found)


def find_frozen(session: Session, actor: Actor, case_id: int) -> FrozenFile | None:
    """The file of a case as it was closed last, with its list; None while it never was."""
    row = session.execute(
        _rows(
            ArchivedFile.contents,
            ArchivedFile.lacking,
            ArchivedFile.contents_hash,
            ArchivedFile.archived_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == ArchivedFile.archived_by_id)
        .where(ArchivedFile.case_id == case_id, ArchivedFile.current, visible_cases(actor))
    ).first()
    if row is None:
        return None
    contents, lacking, digest, at, by = row[-5:]
    lines = tuple(Listed.from_data(line) for line in contents)
    return FrozenFile(_row(row), lines, tuple(lacking), digest, at, by)


_COLUMNS = (
    Case.id,
    Case.number.label("case_number"),
    Organ.name.label("organ"),
    ArchivedFile.number,
    ArchivedFile.year,
    ArchivedFile.retention,
    ArchivedFile.serial,
    ArchivedFile.title,
    ArchivedFile.document_number,
    ArchivedFile.responsible,
    ArchivedFile.document_on,
    ArchivedFile.pages,
    ArchivedFile.paper_pages,
    ArchivedFile.lacks,
    ArchivedFile.archived_on,
    Case.stage,
    ArchivedFile.destroyed_on,
)


def _rows(*more: Any) -> Select[Any]:
    wanted: Any = select(*_COLUMNS, *more)
    return _joined(wanted).order_by(
        ArchivedFile.organ_id, ArchivedFile.retention.desc(), ArchivedFile.unit, ArchivedFile.serial
    )


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(Case, Case.id == ArchivedFile.case_id).join(Organ, Organ.id == ArchivedFile.organ_id)


def _row(row: Any) -> CatalogueRow:
    return CatalogueRow(
        case_id=row.id,
        case_number=row.case_number,
        organ=row.organ,
        number=row.number,
        year=row.year,
        retention=Retention(row.retention),
        serial=row.serial,
        title=row.title,
        document_number=row.document_number,
        responsible=row.responsible,
        document_on=row.document_on,
        pages=row.pages,
        paper_pages=row.paper_pages,
        lacking=row.lacks,
        archived_on=row.archived_on,
        reopened=row.stage != str(Stage.ARCHIVED),
        destroyed=row.destroyed_on is not None,
    )


def _asked(actor: Actor, asked: CatalogueAsked) -> Sequence[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        ArchivedFile.current.is_(True),
        ArchivedFile.year == asked.year,
        visible_cases(actor),
    ]
    if asked.organ_id is not None:
        where.append(ArchivedFile.organ_id == asked.organ_id)
    if asked.retention is not None:
        where.append(ArchivedFile.retention == str(asked.retention))
    return where
