"""Questions to the legal advisor: those of one case, and those that wait for a person's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.urgency import remaining_on
from tracker.models import Account, AdviceQuestion, Case, EntryText, Organ, StoredEntry
from tracker.queries.calendars import current_calendar
from tracker.queries.scope import permitted_cases, visible_cases

_Asker, _Adviser = aliased(Account), aliased(Account)
_Asked, _Answered = aliased(StoredEntry), aliased(StoredEntry)
_Question, _Answer = aliased(EntryText), aliased(EntryText)


@dataclass(frozen=True, slots=True)
class Advice:
    """One question with its answer; ``answered_on`` is None while it waits, ``left`` are working days to the day the
    answer is wanted, negative when that has passed."""

    id: int
    case_id: int
    case_number: str
    organ: str
    asked_on: date
    asked_by: str
    answer_by_on: date
    question: str
    answered_on: date | None
    answered_by: str
    answer: str
    left: int


def list_advice(session: Session, actor: Actor, case_id: int, today: date) -> Sequence[Advice]:
    """All questions of one case, the oldest first."""
    return _read(session, _rows().where(AdviceQuestion.case_id == case_id, visible_cases(actor)), today)


def list_waiting_advice(session: Session, actor: Actor, today: date) -> Sequence[Advice]:
    """Questions of the organs the person advises that have no answer, the most pressing first."""
    query = _rows().where(
        AdviceQuestion.answered_on.is_(None),
        permitted_cases(actor, Permission.LETTER_REVIEW),
        visible_cases(actor),
    )
    return sorted(_read(session, query, today), key=lambda each: (each.answer_by_on, each.id))


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        AdviceQuestion.id,
        Case.id,
        Case.number,
        Organ.name,
        AdviceQuestion.asked_on,
        _Asker.name,
        AdviceQuestion.answer_by_on,
        _Question.text,
        AdviceQuestion.answered_on,
        _Adviser.name,
        _Answer.text,
    )
    asked = (_Asked.case_id == AdviceQuestion.case_id) & (_Asked.seq == AdviceQuestion.asked_seq)
    answered = (_Answered.case_id == AdviceQuestion.case_id) & (_Answered.seq == AdviceQuestion.answered_seq)
    return (
        select(*columns)
        .join(Case, Case.id == AdviceQuestion.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(_Asker, _Asker.id == AdviceQuestion.asked_by_id)
        .outerjoin(_Adviser, _Adviser.id == AdviceQuestion.answered_by_id)
        .outerjoin(_Asked, asked)
        .outerjoin(_Question, _Question.id == _Asked.text_id)
        .outerjoin(_Answered, answered)
        .outerjoin(_Answer, _Answer.id == _Answered.text_id)
        .order_by(AdviceQuestion.id)
    )


def _read(session: Session, query: Select[Any], today: date) -> list[Advice]:
    calendar = current_calendar(session)
    return [
        Advice(
            id=row[0],
            case_id=row[1],
            case_number=row[2],
            organ=row[3],
            asked_on=row[4],
            asked_by=row[5] or "",
            answer_by_on=row[6],
            question=row[7] or "",
            answered_on=row[8],
            answered_by=row[9] or "",
            answer=row[10] or "",
            left=remaining_on(row[6], today, calendar),
        )
        for row in session.execute(query)
    ]
