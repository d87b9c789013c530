"""Everything the page of one case shows, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.challenge_clocks import challenge_in
from tracker.domain.clock import Reading, fold
from tracker.domain.stand_ins import STOOD_IN
from tracker.models import (
    Account,
    Applicant,
    Attachment,
    CallRecord,
    Case,
    CaseItem,
    CaseSubject,
    Challenge,
    Consultation,
    CorrectionNotice,
    EntryText,
    Extension,
    FeeNotice,
    JustificationRequest,
    Letter,
    LetterTemplateVersion,
    NamedPerson,
    Receipt,
    SearchRecord,
    SecrecyReview,
    StoredEntry,
)
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_log import as_entry

_NAMING = {EntryType.ASSIGNED: ("handler_id",), EntryType.HANDED_OVER: ("handler_id", "from_id")}

_SELDOM: tuple[type[Any], ...] = (
    Attachment,
    CallRecord,
    CaseSubject,
    Consultation,
    CorrectionNotice,
    Extension,
    FeeNotice,
    JustificationRequest,
    Letter,
    SearchRecord,
    SecrecyReview,
)


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """One entry of the log with who recorded it and the text kept beside it."""

    entry: LogEntry
    recorded_at: datetime
    recorded_by: str | None
    named: str | None
    text: str | None
    recorded_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case with all that belongs to it. The rows are for reading; nothing here writes."""

    case: Case
    applicants: Sequence[Applicant]
    items: Sequence[CaseItem]
    receipt: Receipt | None
    attachments: Sequence[Attachment]
    letters: Sequence[Letter]
    consultations: Sequence[Consultation]
    corrections: Sequence[CorrectionNotice]
    extensions: Sequence[Extension]
    fee_notices: Sequence[FeeNotice]
    justifications: Sequence[JustificationRequest]
    calls: Sequence[CallRecord]
    searches: Sequence[SearchRecord]
    secrecy_reviews: Sequence[SecrecyReview]
    challenges: Sequence[Challenge]
    entries: Sequence[ToldEntry]
    people: Mapping[int, str]
    reading: Reading
    calendar: WorkCalendar
    has_subject: bool = True

    @property
    def log(self) -> list[LogEntry]:
        """The entries alone, in the order they were recorded."""
        return [told.entry for told in self.entries]


def read_case_record(session: Session, case: Case, today: date) -> CaseRecord:
    """Read what belongs to a case that has been fetched and authorised already."""
    entries = told_entries(session, case.id)
    calendar = current_calendar(session)
    receipt, held = _receipt_and_held(session, case.id)
    reading = fold(
        [told.entry for told in entries],
        calendar,
        today,
        steps=True,
        calendars=lambda version: calendar_at(session, version),
    )
    return CaseRecord(
        case=case,
        applicants=_of(session, Applicant, case.id, Applicant.position),
        items=_of(session, CaseItem, case.id, CaseItem.position),
        receipt=receipt,
        attachments=_of(session, Attachment, case.id, Attachment.id) if Attachment in held else (),
        letters=_letters(session, case.id) if Letter in held else (),
        consultations=_of(session, Consultation, case.id, Consultation.id) if Consultation in held else (),
        corrections=_of(session, CorrectionNotice, case.id, CorrectionNotice.id)
        if CorrectionNotice in held
        else (),
        extensions=_of(session, Extension, case.id, Extension.id) if Extension in held else (),
        fee_notices=_of(session, FeeNotice, case.id, FeeNotice.id) if FeeNotice in held else (),
        justifications=_of(session, JustificationRequest, case.id, JustificationRequest.id)
        if JustificationRequest in held
        else (),
        calls=_of(session, CallRecord, case.id, CallRecord.id) if CallRecord in held else (),
        searches=_of(session, SearchRecord, case.id, SearchRecord.id) if SearchRecord in held else (),
        secrecy_reviews=_of(session, SecrecyReview, case.id, SecrecyReview.id)
        if SecrecyReview in held
        else (),
        challenges=_challenges(session, case.id, entries),
        entries=entries,
        people=_people(session, entries),
        reading=reading,
        calendar=calendar,
        has_subject=CaseSubject in held,
    )


def _receipt_and_held(session: Session, case_id: int) -> tuple[Receipt | None, set[type[Any]]]:
    """The receipt, and which other kinds of thing the case has at all: most have few, and asking after each costs more
    than asking once."""
    there = [select(kind.case_id).where(kind.case_id == case_id).exists() for kind in _SELDOM]
    asked = select(Receipt, *there).select_from(Case).outerjoin(Receipt).where(Case.id == case_id)
    receipt, *found = session.execute(asked).one()
    return receipt, {kind for kind, is_there in zip(_SELDOM, found, strict=True) if is_there}


def _of(session: Session, kind: Any, case_id: int, order: Any) -> Sequence[Any]:
    return session.scalars(select(kind).where(kind.case_id == case_id).order_by(order)).all()


def _letters(session: Session, case_id: int) -> Sequence[Letter]:
    return session.scalars(
        select(Letter)
        .where(Letter.case_id == case_id)
        .options(
            joinedload(Letter.template_version).joinedload(LetterTemplateVersion.template),
            selectinload(Letter.dispatches),
        )
        .order_by(Letter.id)
    ).all()


def told_entries(session: Session, case_id: int) -> list[ToldEntry]:
    """The log with who recorded each entry when, of a case that has been authorised already."""
    recorder = aliased(Account)
    rows = session.execute(
        select(
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.seq,
            StoredEntry.calendar_version,
            StoredEntry.details,
            StoredEntry.recorded_at,
            recorder.name,
            NamedPerson.name,
            EntryText.text,
            StoredEntry.actor_id,
        )
        .outerjoin(recorder, recorder.id == StoredEntry.actor_id)
        .outerjoin(NamedPerson, NamedPerson.id == StoredEntry.named_person_id)
        .outerjoin(EntryText, EntryText.id == StoredEntry.text_id)
        .where(StoredEntry.case_id == case_id)
        .order_by(StoredEntry.seq)
    )
    return [ToldEntry(as_entry(*row[:5]), *row[5:]) for row in rows]


def _challenges(session: Session, case_id: int, entries: Sequence[ToldEntry]) -> Sequence[Challenge]:
    """Read only where the log speaks of one: most cases are never challenged."""
    if all(challenge_in(told.entry.details) is None for told in entries):
        return ()
    rows: Sequence[Challenge] = _of(session, Challenge, case_id, Challenge.id)
    return [row for row in rows if not row.voided]


def _people(session: Session, entries: Sequence[ToldEntry]) -> dict[int, str]:
    """Names of the accounts the entries speak of (whom a case was given to, who was stood in for)."""
    ids = {
        told.entry.details[named]
        for told in entries
        for named in (STOOD_IN, *_NAMING.get(told.entry.type, ()))
        if isinstance(told.entry.details.get(named), int)
    }
    if not ids:
        return {}
    return {
        row.id: row.name
        for row in session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    }
