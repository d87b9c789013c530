"""What the file of a case holds, piece by piece, and the facts its completeness depends on.

The case has been fetched and authorised before; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.archive_demands import Asked, FileFacts, Lack, SentLetter, lacking
from tracker.domain.archive_materials import (
    KIND_OF_FILE,
    KIND_OF_LETTER,
    Material,
    MaterialKind,
    in_order,
)
from tracker.domain.case_log import DispatchWay, EntryType, effective
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import ROW_OF_TEMPLATE, Need, needs_of
from tracker.domain.exhibits import Exhibit
from tracker.domain.file_kinds import FILE_KIND_NAMES, OUR_OWN, FileKind
from tracker.domain.request_terms import Channel
from tracker.domain.sheet_facts import WAY_NAMES
from tracker.domain.sheet_paper import TITLE as SHEET_TITLE
from tracker.domain.sheet_paper import facts_digest, office_time
from tracker.domain.stages import Stage, stage_of
from tracker.models import (
    Attachment,
    Case,
    ComputationSheet,
    LegalReview,
    Letter,
    PaperMaterial,
    Receipt,
)
from tracker.queries.bundle_exhibits import FilePapers, letter_title, records_of
from tracker.queries.case_log import read_log

ISSUED = ("signed", "historic")
_BY_MAIL = (str(Channel.REGISTERED_MAIL), str(Channel.ORDINARY_MAIL))
_RELEASED = (str(DispatchWay.PORTAL), str(DispatchWay.EMAIL))
_INWARD = frozenset(
    {
        MaterialKind.APPROVAL,
        MaterialKind.LEGAL_OPINION,
        MaterialKind.SEARCH_RECORD,
        MaterialKind.PROOF_OF_DELIVERY,
        MaterialKind.SUPPLIED,
        MaterialKind.CONSULTATION,
    }
)
"""Letters whose delivery the file need not prove by itself: kept inside, or proved by the consultation."""
_RECORDS: dict[str, MaterialKind] = {
    "record": MaterialKind.RECEIPT_RECORD,
    "call": MaterialKind.CALL_RECORD,
    "search": MaterialKind.SEARCH_RECORD,
    "secrecy": MaterialKind.SECRECY_REVIEW,
}
_STEPS = {"review": MaterialKind.LEGAL_OPINION, "sign_off": MaterialKind.APPROVAL}
_STEP_TITLES = {"review": "合法性审查意见", "sign_off": "呈批单（签发意见）"}
_VERDICTS = {"approved": "同意", "returned": "退回修改"}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The file of a case as it stands: its pieces in order, the facts, and what it lacks."""

    case: Case
    facts: FileFacts
    materials: tuple[Material, ...]
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    case: Case
    letters: Sequence[Letter]
    attachments: Sequence[Attachment]
    papers: FilePapers
    reviews: Sequence[LegalReview]
    own: Sequence[PaperMaterial]
    sheet: ComputationSheet | None
    facts_digest: str
    happened: frozenset[EntryType]


def read_case_file(session: Session, case: Case) -> CaseFile:
    """Everything of a case that goes into the archive, in the order of DA/T 22-2015."""
    log = read_log(session, case.id)
    happened = frozenset(entry.type for entry in effective(log))
    letters = session.scalars(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.status.in_(ISSUED))
        .options(selectinload(Letter.dispatches), joinedload(Letter.signed_by), joinedload(Letter.drafted_by))
        .order_by(Letter.id)
    ).all()
    attachments = session.scalars(
        select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    ).all()
    receipt = session.scalar(select(Receipt).where(Receipt.case_id == case.id))
    reviews = session.scalars(
        select(LegalReview)
        .join(Letter, Letter.id == LegalReview.letter_id)
        .where(Letter.case_id == case.id, Letter.status.in_(ISSUED))
        .options(joinedload(LegalReview.reviewer), joinedload(LegalReview.letter))
        .order_by(LegalReview.id)
    ).all()
    own = session.scalars(
        select(PaperMaterial).where(PaperMaterial.case_id == case.id).order_by(PaperMaterial.id)
    ).all()
    sheet = session.scalar(
        select(ComputationSheet)
        .where(ComputationSheet.case_id == case.id)
        .order_by(ComputationSheet.id.desc())
        .limit(1)
    )
    papers = FilePapers.read(session, case.id, set(happened), letters, attachments, receipt)
    read = _Read(case, letters, attachments, papers, reviews, own, sheet, facts_digest(log), happened)
    materials = tuple(in_order(_materials(read)))
    facts = _facts(read, stage_of(log))
    return CaseFile(case, facts, materials, lacking(facts, materials))


def _materials(read: _Read) -> Iterator[Material]:
    files = {(row.letter_id, row.kind): row for row in read.attachments if row.letter_id is not None}
    for letter in read.letters:
        yield from _letter(letter, read.case, files.get((letter.id, str(FileKind.LETTER_PDF))))
    yield from (_file(row) for row in read.attachments if FileKind(row.kind) not in OUR_OWN)
    yield from (made for one in records_of(read.case, read.papers) if (made := _record(one)) is not None)
    for letter in read.letters:
        if letter.dispatches:
            yield _dispatches(letter)
    yield from _reviews(read)
    yield from _consultations(read.papers)
    yield from (_paper(row) for row in read.own)
    yield _sheet(read)


def _letter(letter: Letter, case: Case, made: Attachment | None) -> Iterator[Material]:
    if letter.issued_content is None:
        return
    kind = KIND_OF_LETTER.get(letter.kind, MaterialKind.REPLY if letter.is_reply else MaterialKind.NOTICE)
    title = f"《{letter_title(letter)}》"
    yield Material(
        key=f"letter:{letter.id}",
        kind=kind,
        title=title,
        on=letter.signed_on,
        number=letter.number or "",
        responsible=case.organ.name,
        pages=made.pages if made else None,
        attachment_id=made.id if made else None,
        letter_id=letter.id,
        media_type=made.media_type if made else "",
    )
    if kind is MaterialKind.REPLY and letter.content:
        yield Material(
            key=f"draft:{letter.id}",
            kind=MaterialKind.FINAL_DRAFT,
            title=f"{title}定稿",
            on=letter.signed_on,
            responsible=case.organ.name,
            letter_id=letter.id,
        )


def _file(row: Attachment) -> Material:
    """Named by its kind: what somebody called the file may name people or say nothing."""
    return Material(
        key=f"file:{row.id}",
        kind=KIND_OF_FILE[FileKind(row.kind)],
        title=FILE_KIND_NAMES[FileKind(row.kind)],
        on=row.added_at.date(),
        pages=row.pages,
        attachment_id=row.id,
        media_type=row.media_type,
    )


def _record(one: Exhibit) -> Material | None:
    kind = _RECORDS.get(one.key.partition(":")[0])
    if kind is None:
        return None
    return Material(key=f"record:{one.key}", kind=kind, title=one.name, rows=one.rows)


def _dispatches(letter: Letter) -> Material:
    """How it left and arrived. On line the record of its release is the proof."""
    released = all(sent.way in _RELEASED for sent in letter.dispatches)
    kind = MaterialKind.NOTICE_DELIVERY
    if letter.is_reply and letter.kind not in KIND_OF_LETTER:
        kind = MaterialKind.PROOF_OF_DELIVERY if released else MaterialKind.DISPATCH_RECORD
    return Material(
        key=f"record:dispatch:{letter.id}",
        kind=kind,
        title=f"《{letter_title(letter)}》寄发、送达登记",
        on=letter.dispatches[-1].dispatched_on,
        rows=tuple(_sent_rows(letter)),
    )


def _sent_rows(letter: Letter) -> Iterator[tuple[str, str]]:
    yield "文书", f"《{letter_title(letter)}》{letter.number or ''}"
    for sent in letter.dispatches:
        yield "寄发", f"{chinese_date(sent.dispatched_on)}，{WAY_NAMES[DispatchWay(sent.way)]}"
        told: tuple[tuple[str, str], ...] = (
            ("邮件号", sent.mail_number or ""),
            ("签收日期", chinese_date(sent.delivered_on) if sent.delivered_on else ""),
            ("签收人", sent.delivered_to or ""),
            ("退回", chinese_date(sent.returned_on) if sent.returned_on else ""),
            ("退回原因", sent.return_reason or ""),
        )
        yield from (row for row in told if row[1])


def _reviews(read: _Read) -> Iterator[Material]:
    """The opinion and the approval sheet of each letter: every word that was given on it, with the text it was given
    on, and who signed it off."""
    given: dict[tuple[int, str], list[LegalReview]] = {}
    for row in read.reviews:
        given.setdefault((row.letter_id, row.step), []).append(row)
    for letter in read.letters:
        if rows := given.get((letter.id, "review")):
            yield _words("review", letter, rows)
        rows = given.get((letter.id, "sign_off"), [])
        if letter.is_reply and (rows or letter.signed_by is not None):
            yield _words("sign_off", letter, rows)


def _words(step: str, letter: Letter, rows: Sequence[LegalReview]) -> Material:
    pairs = [pair for row in rows for pair in _review_rows(row)]
    signed = letter.signed_by.name if letter.signed_by is not None else ""
    if step == "sign_off":
        pairs = [*_draft_rows(letter), *pairs]
        if signed:
            pairs += [
                ("签发", signed),
                ("签发日期", chinese_date(letter.signed_on) if letter.signed_on else ""),
            ]
    last = rows[-1] if rows else None
    by = (last.reviewer.name if last.reviewer else last.paper_name or "") if last else signed
    return Material(
        key=f"record:{step}:{letter.id}",
        kind=_STEPS[step],
        title=_STEP_TITLES[step],
        on=(last.paper_on or last.decided_at.date()) if last else letter.signed_on,
        responsible=by,
        rows=tuple(pair for pair in pairs if pair[1]),
    )


def _draft_rows(letter: Letter) -> Iterator[tuple[str, str]]:
    yield "文书", f"《{letter_title(letter)}》{letter.number or ''}"
    yield "拟稿", letter.drafted_by.name if letter.drafted_by is not None else ""
    yield "拟稿时间", office_time(letter.drafted_at) if letter.drafted_at else ""
    yield "提交审查", office_time(letter.submitted_at) if letter.submitted_at else ""


def _review_rows(row: LegalReview) -> Iterator[tuple[str, str]]:
    yield "文书", f"《{letter_title(row.letter)}》{row.letter.number or ''}"
    yield "意见", f"{_VERDICTS[row.verdict]}。{row.opinion}" if row.opinion else _VERDICTS[row.verdict]
    yield "签署", row.reviewer.name if row.reviewer else f"{row.paper_name}（纸质）"
    yield "时间", office_time(row.decided_at)
    yield "文本摘要（SHA-256）", row.text_hash


def _consultations(papers: FilePapers) -> Iterator[Material]:
    """The answer as it was recorded; silence is no answer, and the party's own paper is a file."""
    for asked in papers.consultations.values():
        if asked.answer in (None, "silent"):
            continue
        rows = [("被征求意见方", asked.party), ("征求意见的事项", asked.subject)]
        rows.append(("发函日期", chinese_date(asked.sent_on)))
        if asked.answered_on:
            rows.append(("答复日期", chinese_date(asked.answered_on)))
        rows.append(("答复", {"agree": "同意公开", "object": "不同意公开"}.get(asked.answer or "", "")))
        if asked.opinion:
            rows.append(("意见", asked.opinion))
        yield Material(
            key=f"record:consultation:{asked.id}",
            kind=MaterialKind.OTHER,
            title="征求意见答复登记",
            on=asked.answered_on,
            rows=tuple(rows),
        )


def _paper(row: PaperMaterial) -> Material:
    return Material(
        key=f"paper:{row.id}",
        kind=MaterialKind(row.kind),
        title=row.title,
        on=row.made_on,
        pages=row.pages,
        paper=True,
        covers=row.covers,
    )


def _sheet(read: _Read) -> Material:
    """The sheet given out last for the facts as they stand; else one is made when the file is closed."""
    kept = read.sheet if read.sheet is not None and read.sheet.facts_digest == read.facts_digest else None
    made = next((row for row in read.attachments if kept and row.id == kept.attachment_id), None)
    return Material(
        key=f"sheet:{kept.id}" if kept is not None and made is not None else "sheet",
        kind=MaterialKind.SHEET,
        title=f"《{SHEET_TITLE}》",
        on=kept.made_on if kept is not None and made is not None else None,
        number=kept.number if kept is not None and made is not None else "",
        responsible=read.case.organ.name,
        pages=made.pages if made else None,
        attachment_id=made.id if made else None,
        media_type=made.media_type if made else "",
    )


def _facts(read: _Read, stage: Stage) -> FileFacts:
    answered_by_file = any(row.kind == str(FileKind.CONSULTATION) for row in read.attachments)
    return FileFacts(
        stage=stage,
        by_mail=read.case.channel in _BY_MAIL,
        happened=read.happened,
        needs=_needs(read.letters),
        review_required=read.case.organ.review_required,
        notices=tuple(_notices(read.letters)),
        consultations=tuple(
            Asked(
                asked.id,
                asked.party,
                letter_held=asked.letter_id is not None
                and any(x.id == asked.letter_id and x.issued_content is not None for x in read.letters),
                answered=asked.answer in (None, "silent") or answered_by_file,
            )
            for asked in read.papers.consultations.values()
        ),
    )


def _needs(letters: Sequence[Letter]) -> frozenset[Need]:
    """Work that the outcome of the reply demands."""
    replies = [x for x in letters if x.is_reply and x.issued_content is not None]
    if not replies:
        return frozenset()
    letter = replies[-1]
    parts: Sequence[Any] = (letter.values or {}).get("parts") or ()
    templates = [str(part.get("template", "")) for part in parts] or [letter.kind]
    refused = [
        ROW_OF_TEMPLATE[key].code
        for key in (str(part.get("refused_under") or "") for part in parts)
        if key in ROW_OF_TEMPLATE
    ]
    return needs_of([key for key in templates if key in ROW_OF_TEMPLATE], refused)


def _notices(letters: Sequence[Letter]) -> Iterator[SentLetter]:
    for letter in letters:
        kind = KIND_OF_LETTER.get(letter.kind, MaterialKind.NOTICE)
        if letter.issued_content is None or kind in _INWARD:
            continue
        if letter.is_reply and kind is MaterialKind.NOTICE:
            continue  # the reply has a demand of its own
        proved = any(
            sent.mail_number or sent.delivered_on or sent.proof_attachment_id or sent.way in _RELEASED
            for sent in letter.dispatches
        )
        yield SentLetter(letter.id, f"《{letter_title(letter)}》{letter.number or ''}", proved)
