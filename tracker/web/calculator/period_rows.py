"""其他期限 as rows of a table: every period that begins on the given day, or those that begin with the chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from tracker.domain.calendar import DayNote, WorkCalendar
from tracker.domain.errors import TrackerError
from tracker.domain.period_sheet import period_sheet
from tracker.domain.period_table import (
    GROUP_NAMES,
    PeriodEnd,
    group_of,
    period_end,
    periods_by_group,
    same_start,
)
from tracker.domain.sheet import SheetPart
from tracker.domain.statute import CONVENTION, RuleKey
from tracker.domain.urgency import remaining_on
from tracker.web.calculator.forms import period_name
from tracker.web.dates.presenters import day_line, day_words
from tracker.web.i18n import full_day, month_day, plain_day, tell


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: ``basis`` is law and article, ``why`` its sentences, ``left`` what remains from today."""

    name: str
    group: str
    basis: str
    starts: str
    raw_on: date
    due_on: date
    rolled: bool
    provisional: bool
    why: Sequence[str]
    left: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PeriodsResult:
    """The chosen period with its months, where one was chosen, and the table it stands in. ``start_line`` is the day
    in words."""

    start_on: date
    start_line: str
    chosen: PeriodRow | None
    months: SheetPart | None
    rows: Sequence[PeriodRow]
    summary: str


def periods_result(chosen: RuleKey | None, start: date, calendar: WorkCalendar, today: date) -> PeriodsResult:
    """The table for one day."""
    keys = same_start(chosen) if chosen else [key for keys in periods_by_group().values() for key in keys]
    rows = [_row(period_end(key, start, calendar), calendar, today, key == chosen) for key in keys]
    first = next((row for row in rows if row.chosen), None)
    months = period_sheet(period_end(chosen, start, calendar), calendar, today) if chosen else None
    return PeriodsResult(start, day_line(start, calendar), first, months, rows, _summary(first, rows))


def _summary(first: PeriodRow | None, rows: Sequence[PeriodRow]) -> str:
    if first is None:
        return _("共 %(n)d 项期限。", n=len(rows))
    return _("%(name)s：%(day)s届满。", name=first.name, day=full_day(first.due_on))


def _row(end: PeriodEnd, calendar: WorkCalendar, today: date, chosen: bool) -> PeriodRow:
    rule = end.rule
    return PeriodRow(
        name=period_name(rule.key),
        group=tell(GROUP_NAMES[group_of(rule.key)]),
        basis=tell(CONVENTION) if rule.source == CONVENTION else f"{rule.source}{rule.article}",
        starts=tell(rule.starts),
        raw_on=end.end.raw_on,
        due_on=end.end.due_on,
        rolled=end.end.rolled,
        provisional=end.end.provisional,
        why=_why(end),
        left=_left(end.end.due_on, today, calendar),
        chosen=chosen,
    )


def _why(end: PeriodEnd) -> list[str]:
    lines = []
    for reason in end.reasons:
        said = tell(TrackerError(reason.template, **reason.params))
        lines.append(
            _("%(said)s（%(article)s）", said=said, article=reason.article) if reason.article else said
        )
    if end.passed:
        lines.append(_("顺延经过：%(days)s。", days=_("、").join(_passed(end.passed))))
    if end.started_before_law:
        since = plain_day(end.rule.in_force_from)
        lines.append(_("本条自%(day)s起施行，起算之日在此之前，请核对当时的规定。", day=since))
    return lines


def _passed(days: Sequence[tuple[date, DayNote]]) -> Iterator[str]:
    """Days off in a row, one mention for each reason."""
    for note, same in groupby(days, key=lambda pair: pair[1]):
        run = [day for day, _note in same]
        first, last = month_day(run[0]), month_day(run[-1])
        yield f"{first if first == last else first + '—' + last} {day_words(note)}"


def _left(due: date, today: date, calendar: WorkCalendar) -> str:
    if due < today:
        return _("已经届满")
    if due == today:
        return _("今天届满")
    days, workdays = (due - today).days, remaining_on(due, today, calendar)
    return _("还有 %(days)d 日（%(workdays)d 个工作日）", days=days, workdays=workdays)
