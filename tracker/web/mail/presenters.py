"""The mail register in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.mail_register import FORWARDING_WAY_NAMES, ForwardingWay
from tracker.domain.masking import mask_name
from tracker.domain.request_terms import LegalKind
from tracker.domain.vocabulary import N_
from tracker.queries.mail import MailRow
from tracker.web.i18n import full_day, table_day, tell


@dataclass(frozen=True, slots=True)
class MailLine:
    """One line of the list. The sender is masked as applicants are."""

    url: str
    number: str
    arrived: str
    organ: str
    sender: str
    addressed_to: str
    waiting: bool
    forwarded: str


def mail_line(row: MailRow) -> MailLine:
    """One piece in the list."""
    forwarded = _("%(day)s 转%(to)s", day=table_day(row.forwarded_on), to=row.forwarded_to or "")
    return MailLine(
        url_for("mail.show", mail_id=row.id),
        row.number,
        table_day(row.arrived_on),
        row.organ,
        mask_name(row.sender, _kind_of(row.sender)),
        row.addressed_to,
        row.forwarded_on is None,
        "" if row.forwarded_on is None else forwarded,
    )


HEADS = (
    (N_("编号"), 24),
    (N_("收到日期"), 12),
    (N_("邮件号码"), 16),
    (N_("寄件人"), 16),
    (N_("信封上的收件机关"), 24),
    (N_("收到邮件的机关"), 24),
    (N_("转送日期"), 12),
    (N_("转送给"), 24),
)
"""Columns of the sheet, with their widths in characters."""


def sheet_row(row: MailRow) -> tuple[Cell, ...]:
    """One piece in the sheet, the sender masked as on the page."""
    return (
        row.number,
        row.arrived_on,
        row.mail_number,
        mask_name(row.sender, _kind_of(row.sender)),
        row.addressed_to,
        row.organ,
        row.forwarded_on,
        row.forwarded_to,
    )


def mail_facts(row: MailRow, *, in_full: bool) -> list[tuple[str, str | None]]:
    """The piece on its own page; the sender in full only for those who pass it on."""
    way = row.forwarded_way
    known = set(map(str, ForwardingWay))
    return [
        (_("收到邮件的机关"), row.organ),
        (_("收到日期"), full_day(row.arrived_on)),
        (_("邮件号码"), row.mail_number),
        (_("寄件人"), row.sender if in_full else mask_name(row.sender, _kind_of(row.sender))),
        (_("信封上的收件机关"), row.addressed_to),
        (_("内容摘要"), row.summary),
        (_("转送给"), row.forwarded_to),
        (_("转送日期"), full_day(row.forwarded_on) if row.forwarded_on else None),
        (_("转送方式"), tell(FORWARDING_WAY_NAMES[ForwardingWay(way)]) if way in known else way),
        (_("对方签收人"), row.received_by),
    ]


def _kind_of(sender: str) -> str:
    # A name longer than any person's is an organisation's; nothing else is known of a stranger's letter.
    return str(LegalKind.CITIZEN if len(sender) <= 4 else LegalKind.OTHER_ORGANISATION)
