"""What is on record about a case, as a letter may say it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_facts import Fact
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import Need
from tracker.domain.remedies import RemedyBodies
from tracker.domain.request_terms import CHANNEL_NAMES, Channel, LegalKind
from tracker.models import (
    Applicant,
    Case,
    Consultation,
    CorrectionNotice,
    FeeNotice,
    JustificationRequest,
    Organ,
    SearchRecord,
)
from tracker.services.case_record import facts_for


def bodies_of(organ: Organ) -> RemedyBodies:
    """Where applicants may go against this organ's replies."""
    return RemedyBodies(organ.reviewing_organ, organ.court, organ.alternative_reviewing_organ)


def organ_facts(organ: Organ) -> dict[str, str]:
    """What a letter says about the organ; what is not kept is left out."""
    facts = {
        "organ": organ.name,
        "organ_address": organ.address,
        "organ_postcode": organ.postcode,
        "organ_contact": organ.contact,
        "organ_phone": organ.phone,
    }
    return {name: value for name, value in facts.items() if value}


def case_facts(session: Session, case: Case) -> dict[str, str]:
    """Organ, request, applicant and records of work as merge fields. A provisional due date is never quoted."""
    facts = organ_facts(case.organ)
    facts |= {
        "case_number": case.number,
        "received_on": chinese_date(case.received_on),
        "channel": CHANNEL_NAMES[Channel(case.channel)] if case.channel in set(Channel) else case.channel,
        "description": case.description,
        "handler": case.handler.name if case.handler else (case.handler_name or ""),
    }
    facts |= _applicant(session, case) | _search(session, case) | _notices(session, case)
    reply = next((c for c in case.clocks if c.kind == "reply" and c.current), None)
    if reply is not None and reply.due_on is not None and not reply.provisional:
        facts["due_on"] = chinese_date(reply.due_on)
    return {name: value for name, value in facts.items() if value}


def needs_held(session: Session, case: Case) -> frozenset[Need]:
    """Work on record, of what outcomes demand. A consultation counts once it is answered, silent or returned."""
    flags = facts_for(session, case)
    held = {need for fact, need in _BY_FACT.items() if fact in flags}
    if Fact.SEARCH_TASK_OPEN not in flags:
        held.add(Need.SEARCH_TASKS_CLOSED)
    notice = _latest_correction(session, case)
    if notice is not None:
        held.add(Need.CORRECTION_NOTICE)
        if notice.corrected_on is not None:
            held.add(Need.CORRECTION_RECEIVED)
    if _latest_fee(session, case) is not None:
        held.add(Need.FEE_NOTICE)
    if _latest_justification(session, case) is not None:
        held.add(Need.JUSTIFICATION_REQUEST)
    consulted = select(Consultation.id).where(Consultation.case_id == case.id)
    if session.scalar(consulted.limit(1)) is not None:
        held.add(Need.CONSULTATION)
    third_party = consulted.where(
        Consultation.kind == "third_party",
        Consultation.answer.is_not(None) | Consultation.returned_on.is_not(None),
    )
    if session.scalar(third_party.limit(1)) is not None:
        held.add(Need.THIRD_PARTY_CONSULTATION)
    return frozenset(held)


_BY_FACT = {Fact.SECRECY_REVIEWED: Need.SECRECY_REVIEW, Fact.SEARCHED: Need.SEARCH_RECORD}


def _applicant(session: Session, case: Case) -> dict[str, str]:
    rows = session.execute(
        select(Applicant.name, Applicant.legal_kind, Applicant.capacity)
        .where(Applicant.case_id == case.id)
        .order_by(Applicant.position)
    ).all()
    agents = {"agent": "、".join(r.name for r in rows if r.capacity == "agent")}
    people = [r for r in rows if r.capacity != "agent"]
    if not people:
        return agents
    one_citizen = len(people) == 1 and people[0].legal_kind == LegalKind.CITIZEN
    several = "你们" if len(people) > 1 else "你单位"
    return agents | {
        "applicant": "、".join(p.name for p in people),
        "you": "你" if one_citizen else several,
    }


def _search(session: Session, case: Case) -> dict[str, str]:
    records = session.scalars(
        select(SearchRecord).where(SearchRecord.case_id == case.id).order_by(SearchRecord.id)
    ).all()
    return {
        "search_places": "、".join(dict.fromkeys(r.places for r in records if r.places)),
        "search_keywords": "、".join(dict.fromkeys(r.keywords for r in records if r.keywords)),
    }


def _notices(session: Session, case: Case) -> dict[str, str]:
    correction, fee = _latest_correction(session, case), _latest_fee(session, case)
    justification = _latest_justification(session, case)
    facts: dict[str, str] = {}
    if correction is not None:
        facts["correction_notice_on"] = chinese_date(correction.requested_on)
        facts["correction_due_on"] = chinese_date(correction.answer_due_on)
        facts["corrected_on"] = _written(correction.corrected_on)
    if fee is not None:
        facts["fee_notice_on"] = chinese_date(fee.notified_on)
        facts["fee_amount"] = str(fee.amount_yuan)
        facts["fee_due_on"] = _written(fee.payment_due_on)
    if justification is not None:
        facts["justification_requested_on"] = chinese_date(justification.requested_on)
    return facts


def _written(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _latest_correction(session: Session, case: Case) -> CorrectionNotice | None:
    rows = select(CorrectionNotice).where(CorrectionNotice.case_id == case.id)
    return session.scalar(rows.order_by(CorrectionNotice.id.desc()).limit(1))


def _latest_fee(session: Session, case: Case) -> FeeNotice | None:
    rows = select(FeeNotice).where(FeeNotice.case_id == case.id)
    return session.scalar(rows.order_by(FeeNotice.id.desc()).limit(1))


def _latest_justification(session: Session, case: Case) -> JustificationRequest | None:
    rows = select(JustificationRequest).where(JustificationRequest.case_id == case.id)
    return session.scalar(rows.order_by(JustificationRequest.id.desc()).limit(1))
