"""督办单: those that wait for an answer, those of a year, those of one case, and one to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.vocabulary import N_
from tracker.models import Account, Case, Chase, EntryText, Organ, StoredEntry
from tracker.queries.scope import visible_cases

_Issuer, _Answerer = aliased(Account), aliased(Account)
_Office = aliased(Organ)
_Asked, _Answered = aliased(StoredEntry), aliased(StoredEntry)
_Message, _Answer = aliased(EntryText), aliased(EntryText)


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One slip in a list; ``answered_on`` is None while it waits."""

    id: int
    number: str
    case_id: int
    case_number: str
    organ: str
    issued_on: date
    answer_by_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ChaseSlip:
    """One slip as it is printed; the words are those of the log."""

    row: ChaseRow
    office: str
    issued_by: str
    description: str
    handler: str | None
    message: str
    answered_by: str | None
    answer: str | None


def list_chases(
    session: Session, actor: Actor, organ_id: int | None, period: ReportingPeriod
) -> Sequence[ChaseRow]:
    """Slips without an answer, and those issued in the period; the ones that wait longest first."""
    issued = Chase.issued_on.between(period.first_on, period.last_on)
    of_organ = Case.organ_id == organ_id if organ_id else true()
    query = _rows(or_(Chase.answered_on.is_(None), issued), of_organ, visible_cases(actor))
    return [ChaseRow(*row) for row in session.execute(query)]


def list_open_chases(session: Session, actor: Actor, case_id: int) -> Sequence[ChaseRow]:
    """Slips of one case that wait for an answer."""
    query = _rows(Chase.case_id == case_id, Chase.answered_on.is_(None), visible_cases(actor))
    return [ChaseRow(*row) for row in session.execute(query)]


def get_chase(session: Session, actor: Actor, chase_id: int) -> ChaseSlip:
    """One slip of a case the person may see. Raises ``NotFound``."""
    found = session.execute(
        _rows(Chase.id == chase_id, visible_cases(actor))
        .add_columns(
            _Office.name,
            _Issuer.name,
            Case.description,
            Case.handler_name,
            _Message.text,
            _Answerer.name,
            _Answer.text,
        )
        .join(_Office, _Office.id == Chase.issuer_organ_id)
        .join(_Issuer, _Issuer.id == Chase.issued_by_id)
        .outerjoin(_Answerer, _Answerer.id == Chase.answered_by_id)
        .outerjoin(_Asked, (_Asked.case_id == Chase.case_id) & (_Asked.seq == Chase.asked_seq))
        .outerjoin(_Message, _Message.id == _Asked.text_id)
        .outerjoin(_Answered, (_Answered.case_id == Chase.case_id) & (_Answered.seq == Chase.answered_seq))
        .outerjoin(_Answer, _Answer.id == _Answered.text_id)
    ).first()
    if found is None:
        raise NotFound(N_("没有找到这份督办单，或者它不属于您所在的机关。"))
    row: tuple[Any, ...] = tuple(found)
    office, issuer, description, handler, message, answerer, answer = row[8:]
    return ChaseSlip(
        ChaseRow(*row[:8]), office, issuer, description, handler, message or "", answerer, answer
    )


def _rows(*where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Chase.id,
        Chase.number,
        Case.id,
        Case.number,
        Organ.name,
        Chase.issued_on,
        Chase.answer_by_on,
        Chase.answered_on,
    )
    return (
        select(*columns)
        .join(Case, Case.id == Chase.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .where(*where)
        .order_by(Chase.answered_on.is_not(None), Chase.issued_on, Chase.id)
    )
