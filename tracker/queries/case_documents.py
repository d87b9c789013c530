"""The searchable texts of many cases at once: one statement a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_documents import CaseDocument, DocumentKind
from tracker.models import (
    Applicant,
    Attachment,
    AttachmentText,
    Case,
    CaseItem,
    Dispatch,
    EntryText,
    LegalReview,
    Letter,
    Receipt,
    SearchRecord,
    SecrecyReview,
)

Documents = dict[int, list[CaseDocument]]
_Found = Iterator[tuple[int, CaseDocument]]
_Reader = Callable[[Session, Sequence[int]], _Found]
_K = DocumentKind
_TEXT_OF_BLOCKS = ("label", "text")


def read_documents(session: Session, case_ids: Sequence[int]) -> Documents:
    """Every searchable text of these cases, by case, in the order of the file. Texts of files stay sealed."""
    found = read_registration(session, case_ids)
    for case_id, documents in read_papers(session, case_ids).items():
        found[case_id] += documents
    return found


def read_registration(session: Session, case_ids: Sequence[int]) -> Documents:
    """What the registration says: numbers, day of receipt, applicants, what is asked for."""
    return _read(session, case_ids, (_of_case, _of_applicants, _of_receipt))


def read_papers(session: Session, case_ids: Sequence[int]) -> Documents:
    """What was written and handed in since: letters, opinions, records, files."""
    return _read(session, case_ids, (_of_letters, _of_opinions, _of_records, _of_files))


def _read(session: Session, case_ids: Sequence[int], readers: Sequence[_Reader]) -> Documents:
    found: Documents = defaultdict(list)
    for reader in readers:
        for case_id, document in reader(session, case_ids):
            if document.text or document.sealed or document.hashes:
                found[case_id].append(document)
    return found


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _of_case(session: Session, case_ids: Sequence[int]) -> _Found:
    described: dict[int, str] = {}
    rows = session.execute(
        select(Case.id, Case.number, Case.archive_number, Case.description, Case.received_on).where(
            Case.id.in_(case_ids)
        )
    )
    for case_id, number, archive_number, description, received_on in rows:
        described[case_id] = description
        yield case_id, CaseDocument(_K.NUMBER, number)
        yield case_id, CaseDocument(_K.NUMBER, archive_number or "")
        yield case_id, CaseDocument(_K.DESCRIPTION, description)
        yield case_id, CaseDocument(_K.DAY, _day(received_on), "received")
    items = select(CaseItem.case_id, CaseItem.description).where(CaseItem.case_id.in_(case_ids))
    for case_id, text in session.execute(items.order_by(CaseItem.case_id, CaseItem.position)):
        if text not in described.get(case_id, ""):
            yield case_id, CaseDocument(_K.DESCRIPTION, text)


def _of_applicants(session: Session, case_ids: Sequence[int]) -> _Found:
    rows = session.execute(
        select(
            Applicant.case_id,
            Applicant.name,
            Applicant.legal_kind,
            Applicant.phone_hash,
            Applicant.phone_tail_hash,
            Applicant.identity_number_hash,
        ).where(Applicant.case_id.in_(case_ids))
    )
    for case_id, name, kind, *hashes in rows:
        yield case_id, CaseDocument(_K.APPLICANT, name, legal_kind=kind, hashes=tuple(filter(None, hashes)))


def _of_receipt(session: Session, case_ids: Sequence[int]) -> _Found:
    query = select(Receipt.case_id, Receipt.mail_number).where(Receipt.case_id.in_(case_ids))
    for case_id, number in session.execute(query):
        yield case_id, CaseDocument(_K.MAIL, number or "")


def _of_letters(session: Session, case_ids: Sequence[int]) -> _Found:
    rows = session.execute(
        select(Letter.case_id, Letter.number, Letter.signed_on, Letter.content, Letter.issued_content).where(
            Letter.case_id.in_(case_ids), Letter.status != "voided"
        )
    )
    for owner, number, signed_on, content, issued in rows:
        case_id = owner or 0
        document = issued or content or {}
        title = str(document.get("title", ""))
        yield case_id, CaseDocument(_K.NUMBER, number or "", title)
        yield case_id, CaseDocument(_K.LETTER, "\n".join(_lines(document)), title)
        yield case_id, CaseDocument(_K.DAY, _day(signed_on), "signed")
    sent = (
        select(Letter.case_id, Dispatch.mail_number, Dispatch.dispatched_on, Dispatch.delivered_on)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .where(Letter.case_id.in_(case_ids))
    )
    for owner, number, dispatched_on, delivered_on in session.execute(sent):
        case_id = owner or 0
        yield case_id, CaseDocument(_K.MAIL, number or "")
        yield case_id, CaseDocument(_K.DAY, _day(dispatched_on), "dispatched")
        yield case_id, CaseDocument(_K.DAY, _day(delivered_on), "delivered")


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The body of a letter without its addressee, whose name is looked for among the applicants."""
    for block in document.get("blocks", ()):
        yield from (str(block[name]) for name in _TEXT_OF_BLOCKS if block.get(name))
    yield from map(str, document.get("attachments", ()))


def _of_opinions(session: Session, case_ids: Sequence[int]) -> _Found:
    queries: tuple[Any, ...] = (
        select(Letter.case_id, LegalReview.opinion)
        .join(Letter, Letter.id == LegalReview.letter_id)
        .where(Letter.case_id.in_(case_ids)),
        select(SecrecyReview.case_id, SecrecyReview.opinion).where(SecrecyReview.case_id.in_(case_ids)),
    )
    for query in queries:
        for case_id, opinion in session.execute(query):
            yield case_id, CaseDocument(_K.OPINION, opinion)


def _of_records(session: Session, case_ids: Sequence[int]) -> _Found:
    searched = select(
        SearchRecord.case_id, SearchRecord.places, SearchRecord.keywords, SearchRecord.result
    ).where(SearchRecord.case_id.in_(case_ids))
    for case_id, *texts in session.execute(searched):
        yield case_id, CaseDocument(_K.RECORD, "\n".join(texts))
    noted = select(EntryText.case_id, EntryText.text).where(EntryText.case_id.in_(case_ids))
    for case_id, text in session.execute(noted):
        yield case_id, CaseDocument(_K.RECORD, text)


def _of_files(session: Session, case_ids: Sequence[int]) -> _Found:
    rows = session.execute(
        select(Attachment.case_id, Attachment.filename, AttachmentText.text_cipher)
        .outerjoin(AttachmentText, AttachmentText.attachment_id == Attachment.id)
        .where(Attachment.case_id.in_(case_ids))
    )
    for case_id, filename, sealed in rows:
        if case_id is not None:
            yield case_id, CaseDocument(_K.FILE, filename, filename, sealed)
