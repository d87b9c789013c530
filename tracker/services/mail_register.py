"""收件登记簿: every piece is numbered from its arrival; what became of it, and the short way of what is no request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import select

from tracker.adapters.file_text import text_of_file
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.mail_numbers import normalise_mail_number
from tracker.domain.mail_register import (
    ANSWERED_HERE,
    CHOOSABLE,
    MEDIUM_OF,
    TIMED,
    AnswerWay,
    Matter,
    Medium,
    PieceState,
    faults_of_answer,
    faults_of_sorting,
)
from tracker.domain.numbering import MAIL_SERIES, mail_number
from tracker.domain.permissions import Permission
from tracker.domain.request_terms import Channel
from tracker.domain.texts import clean_line, clean_text
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, Case, MailItem, Organ
from tracker.queries.scope import visible_mail
from tracker.services.attachments import CheckedFile, Upload, attach_to_case, check_upload, keep_file
from tracker.services.case_keys import read_file
from tracker.services.context import Context
from tracker.services.notices import issue_mail_notice
from tracker.services.numbers import draw_number
from tracker.services.unit_of_work import transaction

_BOUNDS = {"sender": 200, "addressed_to": 200, "summary": 2000, "mail_number": 32}
_LONGEST_ANSWER = 4000
_FORWARDING_BOUNDS = {"forwarded_to": 200, "way": 32, "received_by": 50}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as it lies on the table, or a call or visit: from whom, what it is about, how it came. ``addressed_to``:
    the organ on the envelope of a misdirected one; ``came_at``: the time of a call or visit."""

    organ_id: int
    arrived_on: date
    sender: str
    addressed_to: str
    summary: str
    mail_number: str = ""
    medium: Medium = Medium.LETTER
    matter: Matter = Matter.MISDIRECTED
    came_at: time | None = None
    uploads: Sequence[Upload] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Forwarding:
    """How it was passed on. ``received_by``: who signed for it there; unknown while it is under way by post."""

    forwarded_to: str
    on: date
    way: str
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What whoever sent a piece was told, on which day and by which way."""

    result: str
    on: date
    way: AnswerWay
    text: str


@dataclass(frozen=True, slots=True)
class RecordedMail:
    """The number the piece was given."""

    mail_id: int
    number: str


def record_mail(ctx: Context, mail: Piece) -> RecordedMail:
    """收件登记. Raises ``Forbidden`` for an organ the person does not register for, ``Invalid``."""
    if not ctx.actor.may(Permission.CASE_REGISTER, mail.organ_id):
        raise Forbidden(N_("您不能为这个机关登记邮件。"))
    if ctx.actor.account_id is None:
        raise NotLawfulNow(N_("收件须由收到邮件的工作人员登记。"))
    texts = {name: clean_text(getattr(mail, name)) for name in _BOUNDS}
    texts["mail_number"] = normalise_mail_number(texts["mail_number"])
    faults = _too_long(texts, _BOUNDS)
    misdirected = mail.matter is Matter.MISDIRECTED
    for name in ("sender", "summary", *(("addressed_to",) if misdirected else ())):
        if not texts[name]:
            faults[name] = [N_("请填写这一项。")]
    if mail.matter not in CHOOSABLE:
        faults["matter"] = [N_("是申请的，请点“登记为申请件”。")]
    faults |= _time_faults(ctx, mail)
    if mail.arrived_on > ctx.today:
        faults["arrived_on"] = [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]
    if faults:
        raise Invalid(faults)
    files = [check_upload(ctx, upload, "files") for upload in mail.uploads]
    with transaction(ctx) as session:
        organ = session.get(Organ, mail.organ_id)
        if organ is None:
            raise NotFound(N_("没有找到这个机关，或者它已经停用。"))
        row = _new_line(ctx, organ, mail.arrived_on, mail.medium, mail.matter)
        row.came_at = _instant(mail)
        row.mail_number = texts["mail_number"] or None
        row.sender = clean_line(texts["sender"])
        row.addressed_to = clean_line(texts["addressed_to"]) or organ.name
        row.summary = texts["summary"]
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
        if row.matter != Matter.MISDIRECTED:
            raise NotLawfulNow(N_("只有误投的信件才转交；请先把去向改为误投转交。"))
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
        if row.matter != Matter.MISDIRECTED:
            raise NotLawfulNow(N_("只有误投的信件才转交；请先把去向改为误投转交。"))
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


def sort_piece(ctx: Context, mail_id: int, matter: Matter, addressed_to: str = "") -> None:
    """分流: what a piece that was not seen through, or was taken for something else, is. A misdirected one names the
    organ on its envelope.

    Raises ``NotFound``, ``Forbidden``, ``Invalid``, ``NotLawfulNow`` once it is answered, passed on or a request.
    """
    organ_name = clean_line(addressed_to)
    with transaction(ctx):
        row = _get_for_update(ctx, mail_id)
        fault = faults_of_sorting(state_of(row), matter)
        if fault is not None:
            raise NotLawfulNow(fault)
        if matter is Matter.MISDIRECTED:
            if not organ_name or len(organ_name) > _BOUNDS["addressed_to"]:
                raise Invalid({"addressed_to": [N_("请写明信封上的收件机关，最多 200 个字。")]})
            row.addressed_to = organ_name
        row.matter = str(matter)


def answer_piece(ctx: Context, mail_id: int, answer: Answer, uploads: Sequence[Upload] = ()) -> None:
    """答复 an inquiry, a correction (Art 41), a proposal (Art 44) or a complaint (Art 51): result, day, way, words.

    Raises ``NotFound``, ``Forbidden``, ``Invalid``, ``NotLawfulNow`` for other matters and once answered.
    """
    text = clean_text(answer.text)
    files = [check_upload(ctx, upload, "files") for upload in uploads]
    with transaction(ctx):
        row = _get_for_update(ctx, mail_id)
        state = state_of(row)
        if state.matter not in ANSWERED_HERE:
            raise NotLawfulNow(N_("这件来件不在这里答复，请按它的去向办理。"))
        if state.done:
            raise NotLawfulNow(N_("这件来件已经答复，请刷新页面查看。"))
        faults = faults_of_answer(state, answer.result, answer.on, row.arrived_on, ctx.today)
        if not text:
            faults["text"] = [N_("请填写这一项。")]
        elif len(text) > _LONGEST_ANSWER:
            faults["text"] = [N_("内容太长，请删减。")]
        if faults:
            raise Invalid(faults)
        row.result, row.answered_on, row.answer_way = answer.result, answer.on, str(answer.way)
        row.answer, row.answered_by_id = text, ctx.actor.account_id
        for file in files:
            keep_file(ctx, file, mail_item_id=row.id)


def enter_case(ctx: Context, case: Case, organ: Organ, arrived_on: date, piece_id: int | None) -> None:
    """Say in the book that a piece became this request, within the transaction that registers it; where it was not
    entered before, it gets its line now. Files of the piece go over to the case.

    Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow`` for a piece of another organ, or one that is done.
    """
    if piece_id is None:
        row = _new_line(ctx, organ, arrived_on, MEDIUM_OF[Channel(case.channel)], Matter.CASE)
        row.case_id = case.id
        return
    row = _get_for_update(ctx, piece_id)
    if row.organ_id != case.organ_id:
        raise NotLawfulNow(N_("这件来件是其他机关收到的，不能登记为本机关的申请。"))
    if state_of(row).done:
        raise NotLawfulNow(
            N_("这件来件已经办结，去向不能再改；确有错误的，另行登记一件并在摘要中注明原编号。")
        )
    row.matter, row.case_id = str(Matter.CASE), case.id
    _hand_over_files(ctx, row, case)


def state_of(row: MailItem) -> PieceState:
    """What has been done about a piece."""
    return PieceState(Matter(row.matter), row.forwarded_on, row.answered_on, row.case_id)


def _new_line(ctx: Context, organ: Organ, arrived_on: date, medium: Medium, matter: Matter) -> MailItem:
    serial = draw_number(ctx.session, organ.id, MAIL_SERIES, arrived_on.year)
    row = MailItem(
        organ_id=organ.id,
        number=mail_number(organ.number_prefix, arrived_on.year, serial),
        arrived_on=arrived_on,
        medium=str(medium),
        matter=str(matter),
        sender="",
        addressed_to=organ.name,
        summary="",
        recorded_by_id=ctx.actor.account_id,
        recorded_at=ctx.now,
    )
    ctx.session.add(row)
    return row


def _hand_over_files(ctx: Context, row: MailItem, case: Case) -> None:
    """Written anew under the key of the case; what the book held of them is swept up like any orphan."""
    kept = ctx.session.scalars(select(Attachment).where(Attachment.mail_item_id == row.id)).all()
    attach_to_case(ctx, case, [_taken_over(each, read_file(ctx, each)) for each in kept])
    for each in kept:
        ctx.session.delete(each)


def _taken_over(row: Attachment, content: bytes) -> CheckedFile:
    text = text_of_file(row.media_type, content)
    return CheckedFile(row.filename, row.media_type, content, FileKind(row.kind), row.pages, text)


def _instant(mail: Piece) -> datetime | None:
    if mail.came_at is None or mail.medium not in TIMED:
        return None
    return datetime.combine(mail.arrived_on, mail.came_at, SHANGHAI)


def _time_faults(ctx: Context, mail: Piece) -> dict[str, list[TrackerError | str]]:
    if mail.medium not in TIMED:
        return {}
    at = _instant(mail)
    if at is None:
        return {"came_at": [N_("来电、来访请写明时间，例如 14:05。")]}
    if at > ctx.now and mail.arrived_on <= ctx.today:
        return {"came_at": [N_("时间晚于现在，请核对。")]}
    return {}


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
