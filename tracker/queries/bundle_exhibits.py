"""The papers of a case as pieces of evidence: issued letters, files, records of work, and the computation sheet.

The case has been fetched and authorised before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.contacts import MANNER_NAMES, Manner
from tracker.domain.exhibits import (
    CALL_RECORD,
    DISPATCH_RECORD,
    FILES,
    LETTERS,
    NOTICE,
    RECEIPT_RECORD,
    REPLY,
    SEARCH_RECORD,
    SECRECY_RECORD,
    SHEET,
    Exhibit,
    Kind,
)
from tracker.domain.file_kinds import FILE_KIND_NAMES, FileKind
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.secrecy import SECRECY_VERDICT_NAMES
from tracker.domain.sheet_facts import WAY_NAMES
from tracker.domain.sheet_paper import TITLE as SHEET_TITLE
from tracker.domain.sheet_paper import office_time
from tracker.domain.standalone_documents import OWN_WORK
from tracker.models import (
    Attachment,
    CallRecord,
    Case,
    Consultation,
    Letter,
    Receipt,
    SearchRecord,
    SecrecyReview,
)

_ASKED = frozenset({EntryType.SUSPENDED, EntryType.CONSULTATION_DELIVERED, EntryType.RESUMED})
Rows = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FilePapers:
    """The rows of a case that may prove something."""

    letters: Sequence[Letter]
    attachments: Sequence[Attachment]
    receipt: Receipt | None
    consultations: dict[int, Consultation]
    searches: Sequence[SearchRecord]
    secrecy: Sequence[SecrecyReview]
    calls: Sequence[CallRecord]

    @classmethod
    def read(
        cls,
        session: Session,
        case_id: int,
        types: set[EntryType],
        letters: Sequence[Letter],
        attachments: Sequence[Attachment],
        receipt: Receipt | None,
    ) -> FilePapers:
        """What the log speaks of is read, nothing else."""
        return cls(
            letters,
            attachments,
            receipt,
            {c.id: c for c in _of(session, Consultation, case_id, bool(types & _ASKED))},
            _of(session, SearchRecord, case_id, EntryType.SEARCH_RECORDED in types),
            _of(session, SecrecyReview, case_id, EntryType.SECRECY_REVIEWED in types),
            _of(session, CallRecord, case_id, EntryType.CALL_RECORDED in types),
        )


def _of(session: Session, kind: Any, case_id: int, wanted: bool) -> Sequence[Any]:
    if not wanted:
        return ()
    return session.scalars(select(kind).where(kind.case_id == case_id).order_by(kind.id)).all()


def letter_title(letter: Letter) -> str:
    """What stands above it."""
    return str((letter.issued_content or letter.content or {}).get("title") or "答复")


def exhibits_of(papers: FilePapers, reply: Letter | None) -> tuple[Exhibit, ...]:
    """Issued letters and files that came in."""
    letters = [
        _letter(x, reply)
        for x in papers.letters
        if x.issued_content is not None and x.status == "signed" and x.kind not in OWN_WORK
    ]
    files = [_file(x) for x in papers.attachments if FileKind(x.kind) in FILES]
    return (*letters, *files)


def _letter(letter: Letter, reply: Letter | None) -> Exhibit:
    challenged = reply is not None and letter.id == reply.id
    kind = REPLY if letter.is_reply else LETTERS.get(letter.kind, NOTICE)
    number = f"（{letter.number}）" if letter.number else ""
    return Exhibit(
        key=f"letter:{letter.id}",
        name=f"《{letter_title(letter)}》{number}",
        origin=kind.origin,
        proves=kind.proves,
        rank=kind.rank,
        usual=challenged or not letter.is_reply,
        on=letter.signed_on,
        letter_id=letter.id,
    )


def _file(row: Attachment) -> Exhibit:
    """Named by its kind: what somebody called the file may name people or say nothing."""
    kind = FILES[FileKind(row.kind)]
    return Exhibit(
        key=f"{row.kind}:{row.id}",
        name=FILE_KIND_NAMES[FileKind(row.kind)],
        origin=kind.origin,
        proves=kind.proves,
        rank=kind.rank,
        usual=kind.usual,
        on=row.added_at.date(),
        attachment_id=row.id,
        media_type=row.media_type,
    )


def records_of(case: Case, papers: FilePapers) -> tuple[Exhibit, ...]:
    """Records the office made in the system, each set as a page of its own, and the computation sheet."""
    made = [_record("call", call.id, "电话、来访记录", CALL_RECORD, _call(call)) for call in papers.calls]
    made += [
        _record("search", one.id, "政府信息检索记录", SEARCH_RECORD, _search(case, one))
        for one in papers.searches
    ]
    made += [
        _record("secrecy", one.id, "公开前审查记录", SECRECY_RECORD, _secrecy(case, one))
        for one in papers.secrecy
    ]
    if papers.receipt is not None:
        made.insert(
            0, _record("record", "receipt", "收件登记", RECEIPT_RECORD, _receipt(case, papers.receipt))
        )
    for letter in papers.letters:
        if letter.is_reply and letter.dispatches:
            made.append(_record("dispatch", letter.id, "寄发、送达登记", DISPATCH_RECORD, _sent(letter)))
    made.append(Exhibit("sheet", f"《{SHEET_TITLE}》", SHEET.origin, SHEET.proves, SHEET.rank))
    return tuple(made)


def _record(prefix: str, number: int | str, name: str, kind: Kind, rows: Rows) -> Exhibit:
    filled = tuple((label, value) for label, value in rows if value)
    key = f"{prefix}:{number}"
    return Exhibit(key, name, kind.origin, kind.proves, kind.rank, kind.usual, rows=filled)


def _receipt(case: Case, receipt: Receipt) -> Rows:
    channel = receipt.channel
    yield "受理号", case.number
    yield "收到申请之日", chinese_date(case.received_on)
    yield "渠道", CHANNEL_NAMES[Channel(channel)] if channel in set(Channel) else channel
    yield "邮件号", receipt.mail_number or ""
    yield "到件日期", _day(receipt.arrived_on)
    yield "签收", "，".join(filter(None, (_day(receipt.signed_on), receipt.signed_by or "")))
    yield "与申请人确认", "，".join(filter(None, (_day(receipt.confirmed_on), receipt.confirmed_by or "")))
    yield "确认说明", receipt.confirmation_reason or ""
    yield "系统收到", office_time(receipt.system_received_at) if receipt.system_received_at else ""


def _call(call: CallRecord) -> Rows:
    yield "方式", MANNER_NAMES[Manner(call.manner)]
    yield "时间", office_time(call.called_at)
    yield "对方", call.spoke_with
    if call.manner == Manner.CALL_OUT:
        yield "是否接通", "已接通" if call.reached else "未接通"
    yield "谈话内容", call.content


def _search(case: Case, one: SearchRecord) -> Rows:
    yield "受理号", case.number
    yield "申请公开的信息", case.description
    yield "检索范围", one.places
    yield "检索关键词", one.keywords
    yield "检索的时间范围", one.period
    yield "检索日期", chinese_date(one.searched_on)
    yield "检索人", one.searched_by
    yield "检索结果", f"{'检索到相关信息' if one.found else '没有检索到相关信息'}。{one.result}"


def _secrecy(case: Case, one: SecrecyReview) -> Rows:
    yield "受理号", case.number
    yield "审查日期", chinese_date(one.reviewed_on)
    yield "审查人", one.reviewed_by
    yield (
        "结论",
        next((name for code, name in SECRECY_VERDICT_NAMES.items() if code == one.verdict), one.verdict),
    )
    yield "意见", one.opinion


def _sent(letter: Letter) -> Rows:
    yield "文书", f"《{letter_title(letter)}》{letter.number or ''}"
    for sent in letter.dispatches:
        yield "寄发", f"{chinese_date(sent.dispatched_on)}，{WAY_NAMES[DispatchWay(sent.way)]}"
        yield "邮件号", sent.mail_number or ""
        yield "签收日期", _day(sent.delivered_on)
        yield "签收人", sent.delivered_to or ""
        yield "退回", "，".join(filter(None, (_day(sent.returned_on), sent.return_reason or "")))


def _day(day: Any) -> str:
    return chinese_date(day) if day else ""
