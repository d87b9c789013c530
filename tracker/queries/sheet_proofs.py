"""What in the file proves each fact of a computation: letter numbers, mail numbers, calls, scans. No personal data:
files are named by kind and number, never by what somebody called them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.errors import TrackerError
from tracker.domain.file_kinds import FILE_KIND_NAMES, FileKind
from tracker.domain.orders import ORDER_SOURCE_NAMES, OrderSource
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.sheet_days import Text
from tracker.domain.sheet_facts import SheetFact, clock_entries, moved_from, what_happened
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, CallRecord, Consultation, Dispatch, FeeNotice, Letter, Receipt
from tracker.queries.case_record import ToldEntry

_CONSULTED = frozenset({EntryType.SUSPENDED, EntryType.CONSULTATION_DELIVERED, EntryType.RESUMED})
_PAID = frozenset({EntryType.FEE_NOTIFIED, EntryType.FEE_PAID})


@dataclass(frozen=True, slots=True)
class _File:
    """The rows of a case that may prove something."""

    letters: dict[int, Letter]
    dispatches: dict[int, Dispatch]
    attachments: Sequence[Attachment]
    receipt: Receipt | None
    calls: Sequence[CallRecord]
    consultations: dict[int, Consultation]
    fees: dict[int, FeeNotice]


def proved_facts(session: Session, case_id: int, told: Sequence[ToldEntry]) -> tuple[SheetFact, ...]:
    """Each entry that the clock reads, with who recorded it when and what proves it."""
    by_seq = {one.entry.seq: one for one in told}
    standing = clock_entries([one.entry for one in told])
    file = _read(session, case_id, {entry.type for entry in standing})
    facts = []
    for entry in standing:
        recorded = by_seq[entry.seq]
        facts.append(
            SheetFact(
                seq=entry.seq,
                on=entry.on,
                what=_what(entry, file),
                recorded_by=recorded.recorded_by or "",
                recorded_at=recorded.recorded_at,
                proofs=tuple({str(proof): proof for proof in _proofs(entry, file)}.values()),
                was_on=moved_from(entry, recorded.entry.on),
            )
        )
    return tuple(facts)


def _read(session: Session, case_id: int, types: set[EntryType]) -> _File:
    letters = session.scalars(select(Letter).where(Letter.case_id == case_id)).all()
    dispatches = session.scalars(
        select(Dispatch).join(Letter, Letter.id == Dispatch.letter_id).where(Letter.case_id == case_id)
    ).all()
    receipt = session.scalar(select(Receipt).where(Receipt.case_id == case_id))
    confirmed = receipt is not None and receipt.confirmed_on is not None
    return _File(
        letters={letter.id: letter for letter in letters},
        dispatches={sent.id: sent for sent in dispatches},
        attachments=_of(session, Attachment, case_id),
        receipt=receipt,
        calls=_of(session, CallRecord, case_id) if confirmed else (),
        consultations={c.id: c for c in _of(session, Consultation, case_id)} if types & _CONSULTED else {},
        fees={f.id: f for f in _of(session, FeeNotice, case_id)} if types & _PAID else {},
    )


def _of(session: Session, kind: Any, case_id: int) -> Sequence[Any]:
    return session.scalars(select(kind).where(kind.case_id == case_id).order_by(kind.id)).all()


def _what(entry: LogEntry, file: _File) -> Text:
    """The entry in a few words, with the channel of a receipt, the source of an order, the silence of those asked."""
    more: list[Text] = []
    if entry.type is EntryType.RECEIVED and file.receipt is not None:
        more.append(CHANNEL_NAMES[Channel(file.receipt.channel)])
        if file.receipt.signed_by:
            more.append(TrackerError(N_("%(name)s签收"), name=file.receipt.signed_by))
    elif entry.type is EntryType.ORDERED_ANEW and entry.details.get("source"):
        more.append(ORDER_SOURCE_NAMES[OrderSource(entry.details["source"])])
    elif entry.type is EntryType.RESUMED and entry.details.get("answer") == "silent":
        more.append(N_("期满未答复"))
    return what_happened(entry, *more)


def _proofs(entry: LogEntry, file: _File) -> Iterator[Text]:
    letter = file.letters.get(entry.details.get("letter_id", 0))
    if letter is not None and entry.type is not EntryType.DELIVERED:
        yield _letter(letter)
        for sent in file.dispatches.values():
            if sent.letter_id == letter.id and sent.mail_number:
                yield _mail(sent.mail_number)
    special = _SPECIAL.get(entry.type)
    if special is not None:
        yield from special(entry, file)


def _letter(letter: Letter) -> Text:
    content = letter.issued_content or letter.content or {}
    title = str(content.get("title") or "")
    number = letter.number or ""
    return f"《{title}》{number}" if title else number or N_("正文未存的文书")


def _mail(number: str) -> Text:
    return TrackerError(N_("邮件号 %(number)s"), number=number)


def _files(file: _File, *kinds: FileKind, letter_id: int | None = None) -> Iterator[Text]:
    wanted = {str(kind) for kind in kinds}
    for row in file.attachments:
        if row.kind in wanted and (letter_id is None or row.letter_id in (None, letter_id)):
            yield _named(row)


def _named(row: Attachment) -> Text:
    return TrackerError(
        N_("%(kind)s（材料 %(number)d）"), kind=FILE_KIND_NAMES[FileKind(row.kind)], number=row.id
    )


def _received(_entry: LogEntry, file: _File) -> Iterator[Text]:
    receipt = file.receipt
    if receipt is not None:
        if receipt.mail_number:
            yield _mail(receipt.mail_number)
        if receipt.confirmed_on is not None:
            yield from (TrackerError(N_("电话记录 %(number)d"), number=call.id) for call in file.calls[:1])
    yield from _files(file, FileKind.ENVELOPE, FileKind.REQUEST)


def _corrected(_entry: LogEntry, file: _File) -> Iterator[Text]:
    yield from _files(file, FileKind.CORRECTION)


def _consulted(entry: LogEntry, file: _File) -> Iterator[Text]:
    asked = file.consultations.get(entry.details.get("consultation_id", 0))
    if entry.type is EntryType.SUSPENDED:
        if asked is not None and asked.mail_number:
            yield _mail(asked.mail_number)
        return
    yield from _files(file, FileKind.CONSULTATION)


def _paid(entry: LogEntry, file: _File) -> Iterator[Text]:
    notice = file.fees.get(entry.details.get("fee_notice_id", 0))
    if notice is not None and notice.voucher_number:
        yield TrackerError(N_("缴款凭证 %(number)s"), number=notice.voucher_number)


def _dispatched(entry: LogEntry, file: _File) -> Iterator[Text]:
    sent = file.dispatches.get(entry.details.get("dispatch_id", 0))
    if sent is not None and sent.mail_number:
        yield _mail(sent.mail_number)


def _delivered(entry: LogEntry, file: _File) -> Iterator[Text]:
    sent = file.dispatches.get(entry.details.get("dispatch_id", 0))
    proof = sent.proof_attachment_id if sent is not None else None
    if proof is not None:
        yield from (_named(row) for row in file.attachments if row.id == proof)
    else:
        yield from _files(file, FileKind.DELIVERY_PROOF, letter_id=entry.details.get("letter_id"))


_SPECIAL: dict[EntryType, Callable[[LogEntry, _File], Iterator[Text]]] = {
    EntryType.RECEIVED: _received,
    EntryType.CORRECTED: _corrected,
    EntryType.SUSPENDED: _consulted,
    EntryType.CONSULTATION_DELIVERED: _consulted,
    EntryType.RESUMED: _consulted,
    EntryType.FEE_PAID: _paid,
    EntryType.DISPATCHED: _dispatched,
    EntryType.DELIVERED: _delivered,
}
