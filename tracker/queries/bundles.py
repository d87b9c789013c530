"""What an evidence bundle is made from, in a fixed number of statements, for those who may see people in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.actors import Actor
from tracker.domain.bundle_facts import BundleFacts, Parties, PeriodTold, ReplyTold
from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.challenges import ChallengeKind
from tracker.domain.dispositions import ROW_OF_TEMPLATE, Need, needs_of
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.fold import fold
from tracker.domain.masking import mask_name
from tracker.domain.permissions import Permission
from tracker.domain.reading import BREACH_TEXTS, Reading
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.sheet_paper import facts_digest
from tracker.domain.vocabulary import N_
from tracker.models import (
    Applicant,
    Attachment,
    Case,
    Challenge,
    Clock,
    ComputationSheet,
    Letter,
    Receipt,
)
from tracker.queries.bundle_exhibits import FilePapers, exhibits_of, letter_title, records_of
from tracker.queries.bundle_happenings import happenings_of
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_record import ToldEntry, told_entries
from tracker.queries.scope import visible_cases

_ISSUED = ("signed", "historic")


def get_challenge(
    session: Session,
    actor: Actor,
    challenge_id: int,
    permission: Permission = Permission.PERSON_UNMASK,
    *,
    lock: bool = False,
) -> tuple[Challenge, Case]:
    """Fetch and authorise together. Raises ``NotFound`` for a stranger and for one taken back, ``Forbidden`` for a
    colleague without the permission. With ``lock`` the challenge is held until the transaction ends."""
    query = (
        select(Challenge, Case)
        .join(Case, Case.id == Challenge.case_id)
        .where(Challenge.id == challenge_id, Challenge.voided.is_(False), visible_cases(actor))
        .options(joinedload(Case.organ))
    )
    found = session.execute(query.with_for_update(of=Challenge) if lock else query).first()
    if found is None:
        raise NotFound(N_("没有找到这件复议、诉讼，或者它不属于您所在的机关。"))
    challenge, case = found
    if not actor.may(permission, case.organ_id):
        raise Forbidden(N_("您的岗位不能查看这件复议、诉讼的举证材料。"))
    return challenge, case


@dataclass(frozen=True, slots=True)
class _Read:
    challenge: Challenge
    case: Case
    told: Sequence[ToldEntry]
    standing: Sequence[LogEntry]
    papers: FilePapers


def read_bundle_facts(session: Session, challenge: Challenge, case: Case, today: date) -> BundleFacts:
    """Everything the bundle of a challenge is made from, once the two have been fetched and authorised."""
    told = told_entries(session, case.id)
    log = [one.entry for one in told]
    standing = sorted(effective(log), key=lambda e: (e.on, e.seq))
    papers = _papers(session, case, {entry.type for entry in standing})
    read = _Read(challenge, case, told, standing, papers)
    calendar = current_calendar(session)
    reading = fold(log, calendar, today, calendars=lambda version: calendar_at(session, version))
    letter = _reply(challenge, papers)
    reply = _reply_told(letter) if letter is not None else None
    exhibits = (*exhibits_of(papers, letter), *records_of(case, papers))
    return BundleFacts(
        challenge_id=challenge.id,
        case_id=case.id,
        organ_id=case.organ_id,
        kind=ChallengeKind(challenge.kind),
        simplified=challenge.simplified,
        body=challenge.body,
        number=challenge.number or "",
        copied_on=challenge.received_on,
        answered_on=challenge.answered_on,
        answer_due_on=_answer_due(session, challenge),
        claim=next((t.text or "" for t in told if t.entry.seq == challenge.claimed_seq), ""),
        parties=_parties(session, case),
        case_number=case.number,
        received_on=case.received_on,
        channel=CHANNEL_NAMES[Channel(case.channel)] if case.channel in set(Channel) else case.channel,
        description=case.description,
        period=_period(reading, letter.run if letter is not None else None),
        reply=reply,
        happenings=tuple(happenings_of(told, standing, papers, exhibits, _until(challenge))),
        exhibits=exhibits,
        missing=tuple(_missing(read, reply)),
        sheet_number=_sheet_number(session, case, log),
    )


def _until(challenge: Challenge) -> date:
    return challenge.answered_on or challenge.result_on or date.max


def _papers(session: Session, case: Case, types: set[EntryType]) -> FilePapers:
    letters = session.scalars(
        select(Letter)
        .where(Letter.case_id == case.id)
        .options(selectinload(Letter.dispatches))
        .order_by(Letter.id)
    ).all()
    attachments = session.scalars(
        select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    ).all()
    receipt = session.scalar(select(Receipt).where(Receipt.case_id == case.id))
    return FilePapers.read(session, case.id, types, letters, attachments, receipt)


def _reply(challenge: Challenge, papers: FilePapers) -> Letter | None:
    """The letter named, else the last reply issued before the copy came."""
    replies = [x for x in papers.letters if x.is_reply and x.status in _ISSUED]
    if challenge.letter_id is not None:
        return next((x for x in papers.letters if x.id == challenge.letter_id), None)
    earlier = [x for x in replies if x.signed_on is None or x.signed_on <= challenge.received_on]
    return earlier[-1] if earlier else None


def _reply_told(letter: Letter) -> ReplyTold:
    parts: Sequence[Any] = (letter.values or {}).get("parts") or ()
    templates = [str(part.get("template", "")) for part in parts] or [letter.kind]
    return ReplyTold(
        title=letter_title(letter),
        number=letter.number or "",
        signed_on=letter.signed_on,
        templates=tuple(dict.fromkeys(t for t in templates if t in ROW_OF_TEMPLATE)),
        refused=tuple(
            dict.fromkeys(
                r for r in (str(part.get("refused_under") or "") for part in parts) if r in ROW_OF_TEMPLATE
            )
        ),
        key=f"letter:{letter.id}" if letter.issued_content is not None else "",
    )


def _answer_due(session: Session, challenge: Challenge) -> date | None:
    return session.scalar(
        select(Clock.due_on)
        .where(
            Clock.case_id == challenge.case_id,
            Clock.ref == str(challenge.id),
            Clock.kind.in_(("reconsideration_answer", "reconsideration_answer_simple", "litigation_answer")),
        )
        .limit(1)
    )


def _parties(session: Session, case: Case) -> Parties:
    rows = session.execute(
        select(Applicant.name, Applicant.capacity, Applicant.legal_kind)
        .where(Applicant.case_id == case.id)
        .order_by(Applicant.position)
    ).all()
    return Parties(
        organ=case.organ.name,
        organ_address=case.organ.address or "",
        applicants=tuple(row.name for row in rows if row.capacity != "agent"),
        agents=tuple(row.name for row in rows if row.capacity == "agent"),
        masks=tuple((row.name, mask_name(row.name, row.legal_kind)) for row in rows if row.name),
    )


def _period(reading: Reading, run: int | None) -> PeriodTold:
    breaches = tuple(dict.fromkeys(BREACH_TEXTS[breach.code] for breach in reading.breaches))
    if not reading.runs:
        return PeriodTold(None, None, None, None, None, breaches=breaches)
    figures = next((one for one in reading.runs if one.number == run), reading.runs[-1])
    return PeriodTold(
        day_zero_on=figures.day_zero_on,
        limit=figures.limit,
        due_on=figures.due_on,
        stopped_on=figures.stopped_on,
        on_time=figures.on_time,
        provisional=figures.provisional,
        breaches=breaches,
    )


def _missing(read: _Read, reply: ReplyTold | None) -> Iterator[Need]:
    """Work the outcome demands that the log does not speak of."""
    if reply is None:
        return
    refused = [ROW_OF_TEMPLATE[key].code for key in reply.refused]
    happened = {entry.type for entry in read.standing}
    heard = any(
        asked.kind == "third_party" and (asked.answer or asked.returned_on)
        for asked in read.papers.consultations.values()
    )
    # What is still asked within the house is no evidence, and its absence none either.
    for need in needs_of(reply.templates, refused) - {Need.SEARCH_TASKS_CLOSED}:
        if need is Need.THIRD_PARTY_CONSULTATION:
            if not heard:
                yield need
        elif _SHOWN_BY[need] not in happened:
            yield need


_SHOWN_BY: dict[Need, EntryType] = {
    Need.SECRECY_REVIEW: EntryType.SECRECY_REVIEWED,
    Need.SEARCH_RECORD: EntryType.SEARCH_RECORDED,
    Need.CORRECTION_NOTICE: EntryType.CORRECTION_REQUESTED,
    Need.CORRECTION_RECEIVED: EntryType.CORRECTED,
    Need.FEE_NOTICE: EntryType.FEE_NOTIFIED,
    Need.JUSTIFICATION_REQUEST: EntryType.JUSTIFICATION_REQUESTED,
}


def _sheet_number(session: Session, case: Case, log: Sequence[LogEntry]) -> str:
    """Of the sheet given out last, while it rests on the facts as they stand."""
    last = session.execute(
        select(ComputationSheet.number, ComputationSheet.facts_digest)
        .where(ComputationSheet.case_id == case.id)
        .order_by(ComputationSheet.id.desc())
        .limit(1)
    ).first()
    return last.number if last is not None and last.facts_digest == facts_digest(log) else ""
