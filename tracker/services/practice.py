"""练习件: started, practised on, taken back step by step, thrown away. Only its owner ever sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from tracker.domain.case_log import EntryType, LogEntry, entry_from_stored
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.practice import (
    ACT_OF,
    MOST_ACTS,
    MOST_AT_ONCE,
    SCENARIO_OF,
    Scenario,
    entry_for,
    first_log,
    offers_of,
    practice_number,
    try_act,
)
from tracker.domain.reading import Breach
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import PracticeCase
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

FIRST_ACTS = 3
"""Entries a practice case begins with, which are never taken back."""

LONGEST_PRACTICE = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice case as its owner sees it."""

    id: int
    number: str
    scenario: Scenario
    started_on: date
    log: tuple[LogEntry, ...]
    version: int


def list_practices(ctx: Context) -> Sequence[Practice]:
    """One's own, the newest first."""
    mine = select(PracticeCase).where(PracticeCase.account_id == ctx.actor.account_id)
    return [_practice(row) for row in ctx.session.scalars(mine.order_by(PracticeCase.id.desc()))]


def find_practice(ctx: Context, practice_id: int) -> Practice:
    """Raises ``NotFound`` for one that is not one's own."""
    return _practice(_row(ctx, practice_id))


def start_practice(ctx: Context, scenario: str) -> int:
    """A fresh request, received today. Raises ``Forbidden``, ``Invalid`` for an unknown scenario, ``NotLawfulNow``
    when there are enough of them already."""
    if not ctx.actor.may_somewhere(Permission.CASE_REGISTER):
        raise Forbidden(N_("您的岗位不能登记申请，也就不需要练习件。"))
    if scenario not in SCENARIO_OF:
        raise Invalid({"": [N_("请选择一个练习题目。")]})
    with transaction(ctx) as session:
        mine = PracticeCase.account_id == ctx.actor.account_id
        if (session.scalar(select(func.count()).select_from(PracticeCase).where(mine)) or 0) >= MOST_AT_ONCE:
            raise NotLawfulNow(N_("同时最多保留 5 个练习件，请先删除不用的。"))
        this_year = mine & (PracticeCase.year == ctx.today.year)
        last = session.scalar(select(func.max(PracticeCase.serial)).where(this_year)) or 0
        row = PracticeCase(
            account_id=ctx.actor.account_id,
            year=ctx.today.year,
            serial=last + 1,
            scenario=scenario,
            started_on=ctx.today,
            log=[_stored(entry) for entry in first_log(ctx.today)],
        )
        session.add(row)
        session.flush()
        return row.id


def practise(
    ctx: Context, practice_id: int, action: Action, on: date, days: int | None, *, expected_version: int
) -> tuple[Breach, ...]:
    """Record one act on its supposed day; the breaches of law it would have been.

    Raises ``NotLawfulNow`` where the workflow does not offer it, ``Refusal`` for what cannot be, ``Conflict`` when
    another window practised meanwhile, ``Invalid`` for a day out of reach.
    """
    with transaction(ctx):
        row = _row(ctx, practice_id, lock=True)
        if row.version_id != expected_version:
            raise Conflict(N_("这个练习件在别的窗口有了新的一步，请看过最新内容再继续。"))
        log = _log(row)
        offer = next((offer for offer in offers_of(log) if offer.rule.action is action), None)
        if offer is None or offer.missing or len(log) >= MOST_ACTS:
            raise NotLawfulNow(N_("当前环节不能进行这项操作。"))
        if not row.started_on <= on <= row.started_on + LONGEST_PRACTICE:
            raise Invalid({"on": [N_("请填写收到申请之后两年以内的日期。")]})
        if ACT_OF[action].days and (days is None or not 1 <= days <= 99):
            raise Invalid({"days": [N_("请填写延长的工作日数，一般不超过 20。")]})
        entry = entry_for(action, on, days, len(log) + 1)
        found = try_act(log, entry, current_calendar(ctx.session))
        if found.refusal is not None:
            raise found.refusal
        row.log = [*row.log, _stored(entry)]
        return found.new_breaches


def take_back(ctx: Context, practice_id: int) -> None:
    """Undo the last act; what a practice case begins with stays."""
    with transaction(ctx):
        row = _row(ctx, practice_id, lock=True)
        if len(row.log) > FIRST_ACTS:
            row.log = row.log[:-1]


def throw_away(ctx: Context, practice_id: int) -> None:
    """Nothing of it remains."""
    with transaction(ctx) as session:
        session.delete(_row(ctx, practice_id, lock=True))


def _row(ctx: Context, practice_id: int, *, lock: bool = False) -> PracticeCase:
    query = select(PracticeCase).where(
        PracticeCase.id == practice_id, PracticeCase.account_id == ctx.actor.account_id
    )
    row = ctx.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound(N_("没有找到这个练习件；练习件只有本人能看到。"))
    return row


def _practice(row: PracticeCase) -> Practice:
    return Practice(
        row.id,
        practice_number(row.year, row.serial),
        SCENARIO_OF[row.scenario],
        row.started_on,
        _log(row),
        row.version_id,
    )


def _log(row: PracticeCase) -> tuple[LogEntry, ...]:
    return tuple(
        entry_from_stored(type_, date.fromisoformat(on), seq, None, details)
        for seq, (type_, on, details) in enumerate(row.log, start=1)
    )


def _stored(entry: LogEntry) -> list[object]:
    details: dict[str, object] = {"ref": entry.ref, "days": entry.days}
    details |= {"cause": entry.cause and str(entry.cause), "by": entry.by and str(entry.by)}
    return [str(EntryType(entry.type)), entry.on.isoformat(), {k: v for k, v in details.items() if v}]
