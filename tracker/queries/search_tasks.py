"""协查任务: those of one case with their answers, one for whoever is asked, and those that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.search_tasks import TaskState, state_of
from tracker.domain.vocabulary import N_
from tracker.models import Account, Case, Organ, RoleHolding, SearchRecord, SearchTask
from tracker.queries.scope import permitted_cases, visible_cases

_Asked, _Asker = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task. ``record`` is its answer; ``link_expires_at`` is set while a link opens it; ``request`` are the words
    of the request where whoever asked shows them."""

    id: int
    case_id: int
    case_number: str
    organ: str
    number: int
    kind: str
    party: str
    asked_id: int | None
    asked: str
    question: str
    shows_request: bool
    request: str
    asked_on: date
    asked_by: str
    reply_by_on: date
    letter_id: int | None
    link_expires_at: datetime | None
    answered_on: date | None
    answered_way: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None
    record: SearchRecord | None

    @property
    def state(self) -> TaskState:
        """Where it stands."""
        return state_of(self.answered_on, self.withdrawn_on)


def list_tasks(session: Session, actor: Actor, case_id: int) -> Sequence[TaskFacts]:
    """All tasks of one case in the order they were asked."""
    return _read(session, _rows().where(SearchTask.case_id == case_id, visible_cases(actor)))


def get_task(session: Session, actor: Actor, task_id: int) -> TaskFacts:
    """One task, for the person asked and for those who handle the case. Raises ``NotFound`` for everybody else."""
    asked = SearchTask.asked_id == actor.account_id
    handled = visible_cases(actor) & permitted_cases(actor, Permission.CASE_HANDLE)
    found = _read(session, _rows().where(SearchTask.id == task_id, or_(asked, handled)))
    if not found:
        raise NotFound(N_("没有找到这项协查任务，或者它与您无关。"))
    return found[0]


def list_waiting_tasks(session: Session, actor: Actor) -> Sequence[TaskFacts]:
    """Tasks that wait for the person's own answer, the most pressing first."""
    waiting = _rows().where(
        SearchTask.asked_id == actor.account_id,
        SearchTask.answered_on.is_(None),
        SearchTask.withdrawn_on.is_(None),
    )
    return sorted(_read(session, waiting), key=lambda task: (task.reply_by_on, task.id))


def list_people_to_ask(session: Session) -> Sequence[tuple[int, str]]:
    """Everybody with a post in the district: id, and organ with name."""
    rows = session.execute(
        select(Account.id, Organ.name, Account.name)
        .join(RoleHolding, RoleHolding.account_id == Account.id)
        .join(Organ, Organ.id == RoleHolding.organ_id)
        .where(Account.active)
        .distinct()
        .order_by(Organ.name, Account.name, Account.id)
    )
    people: dict[int, str] = {}
    for account_id, organ, name in rows:
        people.setdefault(account_id, f"{organ}　{name}")
    return list(people.items())


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        SearchTask,
        Case.number,
        Case.description,
        Organ.name,
        _Asked.name,
        _Asker.name,
        SearchRecord,
    )
    return (
        select(*columns)
        .join(Case, Case.id == SearchTask.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(_Asked, _Asked.id == SearchTask.asked_id)
        .outerjoin(_Asker, _Asker.id == SearchTask.asked_by_id)
        .outerjoin(SearchRecord, SearchRecord.task_id == SearchTask.id)
        .order_by(SearchTask.case_id, SearchTask.number)
    )


def _read(session: Session, query: Select[Any]) -> list[TaskFacts]:
    return [
        TaskFacts(
            id=task.id,
            case_id=task.case_id,
            case_number=number,
            organ=organ,
            number=task.number,
            kind=task.kind,
            party=task.party,
            asked_id=task.asked_id,
            asked=asked or "",
            question=task.question,
            shows_request=task.shows_request,
            request=description if task.shows_request else "",
            asked_on=task.asked_on,
            asked_by=asker or "",
            reply_by_on=task.reply_by_on,
            letter_id=task.letter_id,
            link_expires_at=task.link_expires_at,
            answered_on=task.answered_on,
            answered_way=task.answered_way,
            withdrawn_on=task.withdrawn_on,
            withdrawn_reason=task.withdrawn_reason,
            record=record,
        )
        for task, number, description, organ, asked, asker, record in session.execute(query)
    ]
