"""Cases as rows of a list: what the work list and the register share, light and due date included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.calendar import WorkCalendar
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.domain.urgency import (
    PROVISIONAL_MARGIN,
    Thresholds,
    Urgency,
    internal_limit_on,
    remaining_on,
    urgency_on,
)
from tracker.models import Account, Applicant, Case, Clock, Organ
from tracker.queries.planner import not_by_index

ENDED_STATES = (str(ClockState.STOPPED), str(ClockState.NOT_STARTED))
OPEN_STATES = tuple(str(state) for state in ClockState if str(state) not in ENDED_STATES)
LIVE_STATES = (*OPEN_STATES, str(ClockState.NOT_STARTED))
Handler = aliased(Account)


@dataclass(frozen=True, slots=True)
class ApplicantName:
    """The first applicant of a case as lists need it: the name is masked by whoever shows it."""

    name: str
    legal_kind: str
    others: int = 0


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. ``remaining`` are working days, None while nothing is counted; ``light`` is None once the
    clock has stopped. ``posting_on`` is the day by which the organ means to have posted its reply."""

    id: int
    number: str
    organ_id: int
    organ: str
    applicant: ApplicantName | None
    description: str
    received_on: date
    stage: Stage
    clock_state: ClockState
    handler_id: int | None
    handler: str | None
    due_on: date | None
    posting_on: date | None
    remaining: int | None
    provisional: bool
    light: Urgency | None
    stopped_on: date | None
    on_time: bool | None
    needs_completion: bool
    held: bool
    historic: bool
    breaches: int

    @property
    def ended(self) -> bool:
        """Whether the reply clock has stopped."""
        return self.light is None


def base_query(*columns: Any) -> Select[Any]:
    """Cases with their organ, handler and current reply clock.

    The clock is looked up by its case: by its kind, as SQLite likes to without figures, each case of a list would read
    every reply clock there is. Every case has an organ; joined outwards, SQLite does not begin with the organs and lose
    the order of an index over cases."""
    chosen = columns or (
        Case.id,
        Case.number,
        Case.organ_id,
        Organ.name,
        Case.description,
        Case.received_on,
        Case.stage,
        Case.clock_state,
        Case.handler_id,
        Handler.name,
        Case.handler_name,
        Clock.due_on,
        Clock.provisional,
        Case.stopped_on,
        Case.on_time,
        Case.needs_completion,
        Case.held,
        Case.historic,
        Case.breach_codes,
        Organ.yellow_days,
        Organ.orange_days,
        Organ.post_by,
        Clock.start_on,
    )
    return (
        select(*chosen)
        .select_from(Case)
        .outerjoin(Organ, Organ.id == Case.organ_id)
        .outerjoin(Handler, Handler.id == Case.handler_id)
        .outerjoin(Clock, is_reply_clock())
    )


def is_reply_clock() -> ColumnElement[bool]:
    """Joins a case with the reply clock of its current run."""
    return and_(Clock.case_id == Case.id, not_by_index(Clock.kind) == "reply", Clock.current.is_(True))


def is_open() -> ColumnElement[bool]:
    """Condition: the reply clock has begun and has not stopped. Said by the states that are meant: they are found by an
    index among any number of cases that have ended."""
    return Case.clock_state.in_(OPEN_STATES)


def is_live() -> ColumnElement[bool]:
    """Condition: the reply clock has not stopped, begun or not."""
    return Case.clock_state.in_(LIVE_STATES)


def has_stopped(*, by_index: bool = True) -> ColumnElement[bool]:
    """Condition: the reply clock has stopped. Nearly all cases are so: whoever reads along another index says that this
    one is of no use."""
    state = Case.clock_state if by_index else not_by_index(Case.clock_state)
    return state == str(ClockState.STOPPED)


def light_of(session: Session, calendar: WorkCalendar, today: date) -> ColumnElement[str | None]:
    """The light as SQL, by the thresholds of each organ; the same rule as ``urgency_on``, which a test compares."""
    branches: list[tuple[ColumnElement[bool], str]] = [
        (Case.clock_state.in_(ENDED_STATES), ""),
        (Clock.due_on.is_(None), str(Urgency.GREY)),
        (Clock.due_on < today, str(Urgency.RED)),
    ]
    pairs = session.execute(
        select(Organ.yellow_days, Organ.orange_days).distinct().order_by(Organ.yellow_days)
    ).all()
    for urgency, at in ((Urgency.ORANGE, 1), (Urgency.YELLOW, 0)):
        for pair in pairs:
            here = and_(Organ.yellow_days == pair.yellow_days, Organ.orange_days == pair.orange_days)
            branches.append((and_(here, _within(pair[at], calendar, today)), str(urgency)))
    return case(*branches, else_=str(Urgency.GREEN))


def _within(days: int, calendar: WorkCalendar, today: date) -> ColumnElement[bool]:
    """Condition: no more than so many working days are left; a provisional date counts as earlier."""
    plain = calendar.nth_workday(today, days + 1)
    careful = calendar.nth_workday(today, days + 1 + PROVISIONAL_MARGIN)
    return or_(Clock.due_on < plain, and_(Clock.provisional.is_(True), Clock.due_on < careful))


def rows_of(session: Session, query: Select[Any], calendar: WorkCalendar, today: date) -> list[CaseRow]:
    """Run a query made by ``base_query`` and complete its rows, in two statements however many rows there are."""
    return rows_of_parts(session, [query], calendar, today)


def rows_of_parts(
    session: Session, queries: Sequence[Select[Any]], calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    """As ``rows_of``, for a list that is read in parts."""
    found = [row for query in queries for row in session.execute(query)]
    names = first_applicants(session, [row[0] for row in found])
    return [_row(row, names.get(row[0]), calendar, today) for row in found]


def first_applicants(session: Session, case_ids: Sequence[int]) -> dict[int, ApplicantName]:
    """The first-named applicant of each case, agents aside, and how many others there are."""
    names: dict[int, ApplicantName] = {}
    rows = session.execute(
        select(Applicant.case_id, Applicant.name, Applicant.legal_kind)
        .where(Applicant.case_id.in_(case_ids), Applicant.capacity != "agent")
        .order_by(Applicant.case_id, Applicant.position)
    )
    for case_id, name, kind in rows:
        first = names.get(case_id)
        names[case_id] = (
            ApplicantName(first.name, first.legal_kind, first.others + 1)
            if first
            else ApplicantName(name, kind)
        )
    return names


def _row(row: Any, applicant: ApplicantName | None, calendar: WorkCalendar, today: date) -> CaseRow:
    state = ClockState(row[7])
    ended = str(state) in ENDED_STATES
    due_on, provisional = row[11], bool(row[12])
    counted = due_on is not None and not ended
    light = (
        None
        if ended
        else urgency_on(due_on, today, calendar, Thresholds(row[19], row[20]), provisional=provisional)
    )
    return CaseRow(
        id=row[0],
        number=row[1],
        organ_id=row[2],
        organ=row[3],
        applicant=applicant,
        description=row[4],
        received_on=row[5],
        stage=Stage(row[6]),
        clock_state=state,
        handler_id=row[8],
        handler=row[9] or row[10],
        due_on=due_on,
        posting_on=internal_limit_on(due_on, row[21], calendar, row[22]) if counted else None,
        remaining=remaining_on(due_on, today, calendar) if counted else None,
        provisional=provisional,
        light=light,
        stopped_on=row[13],
        on_time=row[14],
        needs_completion=row[15],
        held=row[16],
        historic=row[17],
        breaches=len(row[18] or ()),
    )
