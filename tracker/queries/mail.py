"""Reading of the intake book (收件登记簿)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.mail_register import ANSWERED_HERE, Matter, Medium, PieceState
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, Case, MailItem, Organ
from tracker.queries.paging import Page
from tracker.queries.scope import visible_mail


@dataclass(frozen=True, slots=True)
class MailFile:
    """A photo or receipt kept with a piece."""

    id: int
    filename: str


@dataclass(frozen=True, slots=True)
class MailRow:
    """One piece; ``sender`` is for the presenter to mask. ``case_number`` of the request it became, whose words stand
    for a ``summary`` where there is none."""

    id: int
    organ_id: int
    organ: str
    number: str
    arrived_on: date
    mail_number: str | None
    sender: str
    addressed_to: str
    summary: str
    forwarded_to: str | None
    forwarded_on: date | None
    forwarded_way: str | None
    received_by: str | None
    letter_id: int | None
    medium: Medium
    matter: Matter
    came_at: datetime | None
    case_id: int | None
    case_number: str | None
    result: str | None
    answered_on: date | None
    answer_way: str | None
    answer: str | None

    @property
    def state(self) -> PieceState:
        """What has been done about it."""
        return PieceState(self.matter, self.forwarded_on, self.answered_on, self.case_id)


def list_mail(
    session: Session,
    actor: Actor,
    *,
    waiting: bool,
    page: int,
    matter: Matter | None = None,
    size: int = 50,
) -> Page[MailRow]:
    """Pieces one may see, the newest first. ``waiting``: only those about which something is still to be done."""
    conditions = [visible_mail(actor)]
    if waiting:
        conditions.append(_waiting())
    if matter is not None:
        conditions.append(MailItem.matter == str(matter))
    total = session.scalar(select(func.count()).select_from(MailItem).where(*conditions)) or 0
    rows = session.execute(
        _pieces()
        .where(*conditions)
        .order_by(MailItem.arrived_on.desc(), MailItem.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return Page([_row(*row) for row in rows], total, page, size)


def get_mail(session: Session, actor: Actor, mail_id: int) -> MailRow:
    """One piece. Raises ``NotFound``, for a stranger as well."""
    found = session.execute(_pieces().where(MailItem.id == mail_id, visible_mail(actor))).first()
    if found is None:
        raise NotFound(N_("没有找到这件邮件。"))
    return _row(*found)


def list_mail_files(session: Session, mail_id: int) -> list[MailFile]:
    """Files of a piece that was authorised before."""
    rows = session.execute(
        select(Attachment.id, Attachment.filename)
        .where(Attachment.mail_item_id == mail_id)
        .order_by(Attachment.id)
    )
    return [MailFile(file_id, filename) for file_id, filename in rows]


def count_by_matter(session: Session, actor: Actor) -> dict[Matter, int]:
    """How many pieces one may see became what."""
    rows = session.execute(
        select(MailItem.matter, func.count()).where(visible_mail(actor)).group_by(MailItem.matter)
    )
    found = {Matter(matter): count for matter, count in rows}
    return {matter: found.get(matter, 0) for matter in Matter}


def count_waiting(session: Session, actor: Actor) -> int:
    """Pieces about which something is still to be done."""
    query = select(func.count()).select_from(MailItem).where(visible_mail(actor), _waiting())
    return session.scalar(query) or 0


def _waiting() -> ColumnElement[bool]:
    answered_here = MailItem.matter.in_([str(matter) for matter in ANSWERED_HERE])
    return or_(
        MailItem.matter == str(Matter.UNDECIDED),
        and_(MailItem.matter == str(Matter.MISDIRECTED), MailItem.forwarded_on.is_(None)),
        and_(answered_here, MailItem.answered_on.is_(None)),
    )


def _pieces() -> Select[Any]:
    columns: tuple[Any, ...] = (MailItem, Organ.name, Case.number, Case.description)
    return (
        select(*columns)
        .join(Organ, Organ.id == MailItem.organ_id)
        .outerjoin(Case, Case.id == MailItem.case_id)
    )


def _row(item: MailItem, organ: str, case_number: str | None, request: str | None) -> MailRow:
    return MailRow(
        item.id,
        item.organ_id,
        organ,
        item.number,
        item.arrived_on,
        item.mail_number,
        item.sender,
        item.addressed_to,
        item.summary or request or "",
        item.forwarded_to,
        item.forwarded_on,
        item.forwarded_way,
        item.received_by,
        item.letter_id,
        Medium(item.medium),
        Matter(item.matter),
        item.came_at,
        item.case_id,
        case_number,
        item.result,
        item.answered_on,
        item.answer_way,
        item.answer,
    )
