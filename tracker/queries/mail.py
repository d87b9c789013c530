"""Reading of the mail register (收件登记)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, MailItem, Organ
from tracker.queries.paging import Page
from tracker.queries.scope import visible_mail


@dataclass(frozen=True, slots=True)
class MailFile:
    """A photo or receipt kept with a piece."""

    id: int
    filename: str


@dataclass(frozen=True, slots=True)
class MailRow:
    """One misaddressed piece; ``forwarded_on`` None: it still lies here. ``sender`` is for the presenter to mask."""

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


def list_mail(session: Session, actor: Actor, *, waiting: bool, page: int, size: int = 50) -> Page[MailRow]:
    """Pieces one may see, the newest first. ``waiting``: only those not yet passed on."""
    conditions = [visible_mail(actor)]
    if waiting:
        conditions.append(MailItem.forwarded_on.is_(None))
    total = session.scalar(select(func.count()).select_from(MailItem).where(*conditions)) or 0
    rows = session.execute(
        select(MailItem, Organ.name)
        .join(Organ, Organ.id == MailItem.organ_id)
        .where(*conditions)
        .order_by(MailItem.arrived_on.desc(), MailItem.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return Page([_row(item, organ) for item, organ in rows], total, page, size)


def get_mail(session: Session, actor: Actor, mail_id: int) -> MailRow:
    """One piece. Raises ``NotFound``, for a stranger as well."""
    found = session.execute(
        select(MailItem, Organ.name)
        .join(Organ, Organ.id == MailItem.organ_id)
        .where(MailItem.id == mail_id, visible_mail(actor))
    ).first()
    if found is None:
        raise NotFound(N_("没有找到这件邮件。"))
    return _row(found[0], found[1])


def list_mail_files(session: Session, mail_id: int) -> list[MailFile]:
    """Files of a piece that was authorised before."""
    rows = session.execute(
        select(Attachment.id, Attachment.filename)
        .where(Attachment.mail_item_id == mail_id)
        .order_by(Attachment.id)
    )
    return [MailFile(file_id, filename) for file_id, filename in rows]


def _row(item: MailItem, organ: str) -> MailRow:
    return MailRow(
        item.id,
        item.organ_id,
        organ,
        item.number,
        item.arrived_on,
        item.mail_number,
        item.sender,
        item.addressed_to,
        item.summary,
        item.forwarded_to,
        item.forwarded_on,
        item.forwarded_way,
        item.received_by,
        item.letter_id,
    )
