"""收件登记: a letter that was delivered to the wrong organ (误投) is passed on against a receipt. It is no request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.mail_numbers import normalise_mail_number
from tracker.domain.numbering import MAIL_SERIES, mail_number
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_line, clean_text
from tracker.domain.vocabulary import N_
from tracker.models import MailItem, Organ
from tracker.queries.scope import visible_mail
from tracker.services.attachments import Upload, check_upload, keep_file
from tracker.services.context import Context
from tracker.services.notices import issue_mail_notice
from tracker.services.numbers import draw_number
from tracker.services.unit_of_work import transaction

_BOUNDS = {"sender": 200, "addressed_to": 200, "summary": 2000, "mail_number": 32}
_FORWARDING_BOUNDS = {"forwarded_to": 200, "way": 32, "received_by": 50}


@dataclass(frozen=True, slots=True)
class MisdirectedMail:
    """A piece as it lies on the table: from whom, to whom it is addressed, what it is about."""

    organ_id: int
    arrived_on: date
    sender: str
    addressed_to: str
    summary: str
    mail_number: str = ""
    uploads: Sequence[Upload] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Forwarding:
    """How it was passed on. ``received_by``: who signed for it there; unknown while it is under way by post."""

    forwarded_to: str
    on: date
    way: str
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class RecordedMail:
    """The number the piece was given."""

    mail_id: int
    number: str


def record_mail(ctx: Context, mail: MisdirectedMail) -> RecordedMail:
    """登记误投. Raises ``Forbidden`` for an organ the person does not register for, ``Invalid``."""
    if not ctx.actor.may(Permission.CASE_REGISTER, mail.organ_id):
        raise Forbidden(N_("您不能为这个机关登记邮件。"))
    if ctx.actor.account_id is None:
        raise NotLawfulNow(N_("收件须由收到邮件的工作人员登记。"))
    texts = {name: clean_text(getattr(mail, name)) for name in _BOUNDS}
    texts["mail_number"] = normalise_mail_number(texts["mail_number"])
    faults = _too_long(texts, _BOUNDS)
    for name in ("sender", "addressed_to", "summary"):
        if not texts[name]:
            faults[name] = [N_("请填写这一项。")]
    if mail.arrived_on > ctx.today:
        faults["arrived_on"] = [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]
    if faults:
        raise Invalid(faults)
    files = [check_upload(ctx, upload, "files") for upload in mail.uploads]
    with transaction(ctx) as session:
        organ = session.get(Organ, mail.organ_id)
        if organ is None:
            raise NotFound(N_("没有找到这个机关，或者它已经停用。"))
        serial = draw_number(session, organ.id, MAIL_SERIES, mail.arrived_on.year)
        row = MailItem(
            organ_id=organ.id,
            number=mail_number(organ.number_prefix, mail.arrived_on.year, serial),
            arrived_on=mail.arrived_on,
            mail_number=texts["mail_number"] or None,
            sender=clean_line(texts["sender"]),
            addressed_to=clean_line(texts["addressed_to"]),
            summary=texts["summary"],
            recorded_by_id=ctx.actor.account_id,
            recorded_at=ctx.now,
        )
        session.add(row)
        session.flush()
        for file in files:
            keep_file(ctx, file, mail_item_id=row.id)
        return RecordedMail(row.id, row.number)


def forward_mail(ctx: Context, mail_id: int, forwarding: Forwarding, uploads: Sequence[Upload] = ()) -> None:
    """登记转送, and later who signed for it: sent again with the same facts it only adds the receipt.

    Raises ``NotFound`` for a stranger, ``Forbidden``, ``Invalid``.
    """
    texts = {name: clean_line(getattr(forwarding, name)) for name in _FORWARDING_BOUNDS}
    faults = _too_long(texts, _FORWARDING_BOUNDS)
    for name in ("forwarded_to", "way"):
        if not texts[name]:
            faults[name] = [N_("请填写这一项。")]
    if forwarding.on > ctx.today:
        faults["on"] = [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]
    files = [check_upload(ctx, upload, "files") for upload in uploads]
    with transaction(ctx):
        row = _get_for_update(ctx, mail_id)
        if forwarding.on < row.arrived_on:
            faults.setdefault("on", []).append(N_("转送之日早于收到之日，请核对日期。"))
        if faults:
            raise Invalid(faults)
        row.forwarded_to = texts["forwarded_to"]
        row.forwarded_on = forwarding.on
        row.forwarded_way = texts["way"]
        row.received_by = texts["received_by"] or None
        for file in files:
            keep_file(ctx, file, mail_item_id=row.id)


def issue_forwarding_letter(ctx: Context, mail_id: int) -> int:
    """出具误投转交函 with the receipt that the other organ signs; returns the letter's id. One letter a piece.

    Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow`` when there is one already.
    """
    with transaction(ctx) as session:
        row = _get_for_update(ctx, mail_id)
        if row.letter_id is not None:
            raise NotLawfulNow(N_("转交函已经出具，请直接打开。"))
        organ = session.get_one(Organ, row.organ_id)
        letter = issue_mail_notice(
            ctx,
            organ,
            {
                "sender": row.sender,
                "addressed_to": row.addressed_to,
                "forwarded_to": row.forwarded_to or row.addressed_to,
                "arrived_on": f"{row.arrived_on.year}年{row.arrived_on.month}月{row.arrived_on.day}日",
                "mail_summary": row.summary.rstrip("。"),
                "mail_number": row.mail_number or "",
            },
        )
        row.letter_id = letter.id
        return letter.id


def _get_for_update(ctx: Context, mail_id: int) -> MailItem:
    row = ctx.session.scalar(
        select(MailItem).where(MailItem.id == mail_id, visible_mail(ctx.actor)).with_for_update()
    )
    if row is None:
        raise NotFound(N_("没有找到这件邮件。"))
    if not ctx.actor.may(Permission.CASE_REGISTER, row.organ_id):
        raise Forbidden(N_("您的岗位不能对这件邮件做这项操作。"))
    return row


def _too_long(texts: dict[str, str], bounds: dict[str, int]) -> dict[str, list[TrackerError | str]]:
    return {
        name: [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=longest)]
        for name, longest in bounds.items()
        if len(texts[name]) > longest
    }
