"""The intake book in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.mail_register import (
    ANSWER_WAY_NAMES,
    FORWARDING_WAY_NAMES,
    MATTERS,
    MEDIUM_NAMES,
    AnswerWay,
    ForwardingWay,
    Matter,
)
from tracker.domain.masking import mask_name
from tracker.domain.request_terms import LegalKind
from tracker.domain.vocabulary import N_
from tracker.queries.mail import MailRow
from tracker.web.i18n import full_day, instant, plain_day, table_day, tell


@dataclass(frozen=True, slots=True)
class MailLine:
    """One line of the list. The sender is masked as applicants are; ``outcome`` says what became of it."""

    url: str
    number: str
    arrived: str
    medium: str
    organ: str
    sender: str
    summary: str
    matter: str
    waiting: str
    outcome: str


def mail_line(row: MailRow) -> MailLine:
    """One piece in the list."""
    return MailLine(
        url_for("mail.show", mail_id=row.id),
        row.number,
        table_day(row.arrived_on),
        tell(MEDIUM_NAMES[row.medium]),
        row.organ,
        masked_sender(row),
        row.summary,
        tell(MATTERS[row.matter].name),
        "" if row.state.done else _waiting(row.matter),
        outcome(row),
    )


def outcome(row: MailRow) -> str:
    """What was done about it, in a few words; empty while nothing was."""
    if row.case_number:
        return row.case_number
    if row.forwarded_on is not None:
        return _("%(day)s 转%(to)s", day=table_day(row.forwarded_on), to=row.forwarded_to or "")
    if row.answered_on is not None and row.result:
        said = tell(MATTERS[row.matter].results[row.result])
        return _("%(day)s %(said)s", day=table_day(row.answered_on), said=said)
    return ""


def masked_sender(row: MailRow) -> str:
    """The sender as everybody reads it."""
    return mask_name(row.sender, _kind_of(row.sender))


HEADS = (
    (N_("编号"), 24),
    (N_("收到日期"), 12),
    (N_("邮件号码"), 16),
    (N_("寄件人、来人"), 16),
    (N_("信封上的收件机关"), 24),
    (N_("收到的机关"), 24),
    (N_("来件方式"), 10),
    (N_("内容摘要"), 40),
    (N_("去向"), 14),
    (N_("办理情况"), 36),
)
"""Columns of the sheet, with their widths in characters."""


def sheet_row(row: MailRow) -> tuple[Cell, ...]:
    """One piece in the sheet, the sender masked as on the page."""
    line = mail_line(row)
    return (
        row.number,
        row.arrived_on,
        row.mail_number,
        line.sender,
        row.addressed_to,
        row.organ,
        line.medium,
        line.summary,
        line.matter,
        line.outcome,
    )


def mail_facts(row: MailRow, *, in_full: bool) -> list[tuple[str, str | None]]:
    """The piece on its own page; the sender in full only for those who pass it on."""
    rule = MATTERS[row.matter]
    facts: list[tuple[str, str | None]] = [
        (_("去向"), _("%(name)s（第%(article)s条）", name=tell(rule.name), article=rule.article))
        if rule.article
        else (_("去向"), tell(rule.name)),
        (_("收到的机关"), row.organ),
        (_("来件方式"), tell(MEDIUM_NAMES[row.medium])),
        (_("收到日期"), full_day(row.arrived_on)),
    ]
    if row.came_at is not None:
        facts.append((_("来电、来访时间"), instant(row.came_at)))
    if row.mail_number:
        facts.append((_("邮件号码"), row.mail_number))
    facts += [
        (_("寄件人、来人"), row.sender if in_full else masked_sender(row)),
        (_("内容摘要"), row.summary),
    ]
    if row.matter is Matter.MISDIRECTED:
        facts += _forwarding(row)
    if row.answered_on is not None and row.result:
        way = tell(ANSWER_WAY_NAMES[AnswerWay(row.answer_way)]) if row.answer_way else "—"
        facts += [
            (_("办理结果"), tell(rule.results[row.result])),
            (_("答复"), _("%(day)s，%(how)s", day=plain_day(row.answered_on), how=way)),
            (_("答复内容"), row.answer),
        ]
    return facts


def _forwarding(row: MailRow) -> list[tuple[str, str | None]]:
    way = row.forwarded_way
    known = set(map(str, ForwardingWay))
    return [
        (_("信封上的收件机关"), row.addressed_to),
        (_("转送给"), row.forwarded_to),
        (_("转送日期"), full_day(row.forwarded_on) if row.forwarded_on else None),
        (_("转送方式"), tell(FORWARDING_WAY_NAMES[ForwardingWay(way)]) if way in known else way),
        (_("对方签收人"), row.received_by),
    ]


def _waiting(matter: Matter) -> str:
    if matter is Matter.UNDECIDED:
        return _("待分流")
    return _("待转送") if matter is Matter.MISDIRECTED else _("待答复")


def _kind_of(sender: str) -> str:
    # A name longer than any person's is an organisation's; nothing else is known of a stranger's letter.
    return str(LegalKind.CITIZEN if len(sender) <= 4 else LegalKind.OTHER_ORGANISATION)
