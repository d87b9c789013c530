"""工作台: what waits for one person, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.permissions import LENT, Permission
from tracker.domain.reading import ClockState
from tracker.domain.stages import IN_HAND, Stage
from tracker.domain.tasks import (
    AWAIT_OPINION,
    CHASE,
    COMPLETE_REGISTRATION,
    DECIDE_EXTENSION,
    GIVE_ADVICE,
    TASKS,
    Task,
)
from tracker.domain.urgency import Urgency
from tracker.models import AdviceQuestion, Case, Clock, Extension
from tracker.queries.case_rows import CaseRow, base_query, is_open, light_of, rows_of
from tracker.queries.paging import Page
from tracker.queries.scope import permitted_cases, stood_in_cases, visible_cases

PAGE_SIZE = 50


class Group(StrEnum):
    """Why a case stands on the work list: my move, somebody else's, or it is watched."""

    MINE = "mine"
    WAITING = "waiting"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """``everyone``: the whole organ's work, not only one's own and what nobody has taken."""

    group: Group = Group.MINE
    everyone: bool = False
    stage: Stage | None = None
    light: Urgency | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One case on the work list with what is to be done about it; ``stood_in``: its handler is away (代岗)."""

    case: CaseRow
    task: Task
    stood_in: bool = False


@dataclass(frozen=True, slots=True)
class Workbench:
    """One page of the work list, and how much there is in each group, at each stage and under each light."""

    page: Page[WorkRow]
    groups: dict[Group, int]
    stages: dict[Stage, int]
    lights: dict[Urgency, int]


def workbench(
    session: Session, actor: Actor, wanted: WorkFilter, calendar: WorkCalendar, today: date, *, page: int = 1
) -> Workbench:
    """What waits for the actor on that day."""
    light = light_of(session, calendar, today)
    groups = {group: _in_group(group, actor, wanted.everyone, light) for group in Group}
    # Nothing waits in the archive, where nearly all cases are; an index knows the stages that are left.
    visible = and_(visible_cases(actor), Case.stage.in_([str(stage) for stage in TASKS]))
    chosen = [visible, groups[wanted.group]]
    counts = _counts(session, visible, groups, wanted.group, light)
    total = counts.shown(wanted)
    if wanted.stage:
        chosen.append(Case.stage == str(wanted.stage))
    if wanted.light:
        chosen.append(light == str(wanted.light))
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    query = (
        base_query()
        .where(*chosen)
        .order_by(~is_open(), Clock.due_on.asc().nulls_last(), Case.received_on, Case.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = rows_of(session, query, calendar, today)
    asked = _with_open_requests(session, actor, [row.id for row in rows])
    tasks = [
        WorkRow(
            row, _task_of(row, actor, wanted.group, asked), actor.stands_in_for(row.handler_id, row.organ_id)
        )
        for row in rows
    ]
    return Workbench(Page(tasks, total, number, PAGE_SIZE), counts.groups, counts.stages, counts.lights)


def _in_group(
    group: Group, actor: Actor, everyone: bool, light: ColumnElement[str | None]
) -> ColumnElement[bool]:
    if group is Group.WATCH:
        urgent = light.in_((str(Urgency.RED), str(Urgency.ORANGE)))
        return and_(is_open(), urgent) if actor.may_somewhere(Permission.CASE_CHASE) else false()
    mine = _mine(actor, everyone)
    return mine if group is Group.MINE else and_(_held_up(actor, everyone), ~mine)


def _mine(actor: Actor, everyone: bool) -> ColumnElement[bool]:
    """Cases at a stage whose task is the actor's. Replies sent before the system was there are not asked after."""
    moves = [
        and_(
            Case.stage == str(stage),
            permitted_cases(actor, task.permission),
            *([_own(actor)] if task.personal and not everyone else []),
        )
        for stage, task in TASKS.items()
        if not task.waiting and _may(actor, task.permission)
    ]
    living = or_(Case.historic.is_(False), is_open())
    standing_still = and_(
        Case.stage.in_([str(s) for s in IN_HAND]), Case.clock_state == str(ClockState.SUSPENDED)
    )
    waiting: list[ColumnElement[bool]] = [and_(or_(*moves), living, ~standing_still)] if moves else []
    approving = actor.organs_where(Permission.EXTENSION_APPROVE)
    if approving:
        waiting.append(and_(Case.organ_id.in_(approving), is_open(), _asks_extension()))
    advising = actor.organs_where(Permission.LETTER_REVIEW)
    if advising:
        waiting.append(and_(Case.organ_id.in_(advising), is_open(), _asks_advice()))
    return or_(*waiting) if waiting else false()


def _held_up(actor: Actor, everyone: bool) -> ColumnElement[bool]:
    """Cases of the actor's organs in which somebody else is waited for."""
    if not _may(actor, Permission.CASE_HANDLE):
        return false()
    own = [] if everyone else [_own(actor)]
    return and_(permitted_cases(actor, Permission.CASE_HANDLE), is_open(), *own)


def _may(actor: Actor, permission: Permission) -> bool:
    return bool(actor.organs_where(permission)) or (permission in LENT and bool(actor.standing_in))


def _own(actor: Actor) -> ColumnElement[bool]:
    return or_(Case.handler_id == actor.account_id, Case.handler_id.is_(None), stood_in_cases(actor))


def _asks_extension() -> ColumnElement[bool]:
    return Case.id.in_(select(Extension.case_id).where(Extension.status == "asked"))


def _asks_advice() -> ColumnElement[bool]:
    return Case.id.in_(select(AdviceQuestion.case_id).where(AdviceQuestion.answered_on.is_(None)))


@dataclass(frozen=True, slots=True)
class _Open:
    """Cases with something that waits for a decision or an answer."""

    extensions: frozenset[int]
    advice: frozenset[int]


def _with_open_requests(session: Session, actor: Actor, case_ids: list[int]) -> _Open:
    """Asked only for whoever decides or answers."""
    decides, answers = map(actor.may_somewhere, (Permission.EXTENSION_APPROVE, Permission.LETTER_REVIEW))
    asked = select(Extension.case_id).where(Extension.case_id.in_(case_ids), Extension.status == "asked")
    advice = select(AdviceQuestion.case_id).where(
        AdviceQuestion.case_id.in_(case_ids), AdviceQuestion.answered_on.is_(None)
    )
    return _Open(
        frozenset(session.scalars(asked) if decides else ()),
        frozenset(session.scalars(advice) if answers else ()),
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """``kinds``: cases of the group that is shown, by stage and light; ``groups``: cases of every group."""

    kinds: dict[tuple[str, str], int]
    groups: dict[Group, int]

    @property
    def stages(self) -> dict[Stage, int]:
        counted = {stage: sum(n for (s, _), n in self.kinds.items() if s == str(stage)) for stage in Stage}
        return {stage: number for stage, number in counted.items() if number}

    @property
    def lights(self) -> dict[Urgency, int]:
        return {light: sum(n for (_, x), n in self.kinds.items() if x == str(light)) for light in Urgency}

    def shown(self, wanted: WorkFilter) -> int:
        """How many cases the filters leave."""
        return sum(
            number
            for (stage, light), number in self.kinds.items()
            if wanted.stage in (None, stage) and wanted.light in (None, light)
        )


def _counts(
    session: Session,
    visible: ColumnElement[bool],
    groups: dict[Group, ColumnElement[bool]],
    shown: Group,
    light: ColumnElement[str | None],
) -> _Counts:
    """All that is counted, in one statement."""
    by_kind = base_query(literal(str(shown)), Case.stage, light, func.count())
    parts = [by_kind.where(visible, groups[shown]).group_by(Case.stage, light)]
    parts += [
        base_query(literal(str(group)), literal(""), literal(""), func.count()).where(visible, condition)
        for group, condition in groups.items()
        if group is not shown
    ]
    rows = session.execute(union_all(*parts)).all()
    kinds = {(row[1], row[2]): row[3] for row in rows if row[0] == str(shown)}
    others = {Group(row[0]): row[3] for row in rows if row[0] != str(shown)}
    return _Counts(kinds, {group: others.get(group, sum(kinds.values())) for group in Group})


def _task_of(row: CaseRow, actor: Actor, group: Group, open_ones: _Open) -> Task:
    if group is Group.WATCH:
        return CHASE
    if row.id in open_ones.extensions and actor.may(Permission.EXTENSION_APPROVE, row.organ_id):
        return DECIDE_EXTENSION
    if row.id in open_ones.advice and actor.may(Permission.LETTER_REVIEW, row.organ_id):
        return TASKS[row.stage] if row.stage is Stage.UNDER_REVIEW else GIVE_ADVICE
    if row.needs_completion and row.stage is Stage.REGISTERED:
        return COMPLETE_REGISTRATION
    if row.stage in IN_HAND and row.clock_state is ClockState.SUSPENDED:
        return AWAIT_OPINION
    return TASKS[row.stage]
