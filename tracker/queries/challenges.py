"""复议、诉讼: those of one case, those behind a cell of table 4, and how many an organ has lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.challenges import ANSWER_CLOCKS, ChallengeKind, ChallengeResult
from tracker.domain.reporting_period import ReportingPeriod
from tracker.models import Case, Challenge, Clock, Organ
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """One challenge in a list. ``due_on``: the last day for the organ's answer; ``result`` None: 尚未审结."""

    id: int
    case_id: int
    case_number: str
    organ: str
    kind: ChallengeKind
    simplified: bool
    number: str | None
    body: str
    received_on: date
    due_on: date | None
    answered_on: date | None
    hearing_on: date | None
    result: ChallengeResult | None
    result_on: date | None
    ordered_on: date | None

    @property
    def is_open(self) -> bool:
        """尚未审结."""
        return self.result is None

    @property
    def may_be_ordered_by(self) -> bool:
        """Whether a new reply can still be ordered through it: lost, and nothing ordered yet."""
        return self.result is ChallengeResult.CORRECTED and self.ordered_on is None


def list_case_challenges(session: Session, actor: Actor, case_id: int) -> Sequence[ChallengeRow]:
    """Those of one case, as they came."""
    return _read(session, _rows(Challenge.case_id == case_id, visible_cases(actor)).order_by(Challenge.id))


def list_challenges(
    session: Session, actor: Actor, *where: ColumnElement[bool], page: int = 1, size: int = 50
) -> Page[ChallengeRow]:
    """Those the person may see, those without a result first, then the last received; a page beyond the end shows the
    last one."""
    query = _rows(visible_cases(actor), *where)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(page, max(1, -(-total // size)))
    ordered = query.order_by(Challenge.result.is_not(None), Challenge.received_on.desc(), Challenge.id.desc())
    return Page(_read(session, ordered.limit(size).offset((number - 1) * size)), total, number, size)


def lost_by_organ(session: Session, actor: Actor, period: ReportingPeriod) -> Mapping[int, int]:
    """Challenges with the result 结果纠正 decided within the period, by the organ's id; organs without one are left
    out. For assessment: ``case_conditions.corrected_in`` gives the cases behind them."""
    rows = session.execute(
        select(Case.organ_id, func.count())
        .join(Challenge, Challenge.case_id == Case.id)
        .where(
            visible_cases(actor),
            Challenge.voided.is_(False),
            Challenge.result == str(ChallengeResult.CORRECTED),
            Challenge.result_on.between(period.first_on, period.last_on),
        )
        .group_by(Case.organ_id)
    )
    return {row.organ_id: row[1] for row in rows}


def _rows(*where: ColumnElement[bool]) -> Select[Any]:
    due = (
        select(func.max(Clock.due_on))
        .where(
            Clock.case_id == Challenge.case_id,
            Clock.kind.in_([str(kind) for kind in ANSWER_CLOCKS]),
            Clock.ref == cast(Challenge.id, String),
        )
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Challenge.id,
        Case.id,
        Case.number,
        Organ.name,
        Challenge.kind,
        Challenge.simplified,
        Challenge.number,
        Challenge.body,
        Challenge.received_on,
        due,
        Challenge.answered_on,
        Challenge.hearing_on,
        Challenge.result,
        Challenge.result_on,
        Challenge.ordered_on,
    )
    return (
        select(*columns)
        .join(Case, Case.id == Challenge.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .where(Challenge.voided.is_(False), *where)
    )


def _read(session: Session, query: Select[Any]) -> list[ChallengeRow]:
    return [ChallengeRow(*_values(tuple(row))) for row in session.execute(query)]


def _values(row: tuple[Any, ...]) -> tuple[Any, ...]:
    result = ChallengeResult(row[12]) if row[12] else None
    return (*row[:4], ChallengeKind(row[4]), *row[5:12], result, *row[13:])
