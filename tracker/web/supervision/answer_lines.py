"""Lines of the tables by organ, month and year, and the charts drawn of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.figures import Timeliness, percent_tenths
from tracker.domain.reporting_period import ReportingPeriod
from tracker.queries.board import Board
from tracker.queries.case_conditions import Due
from tracker.web.charts import LineChart, line_chart
from tracker.web.list_state import ListState
from tracker.web.supervision.links import Figure, Lists, days_text, rate_text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Received and answered in one month or year; ``share`` is the on-time rate in per cent, for the chart."""

    label: str
    received: Figure | None
    answered: Figure
    late: Figure
    rate: str
    share: float | None
    median: str
    ninetieth: str


@dataclass(frozen=True, slots=True)
class OrganLine:
    """One organ: what stands open today, and what the period brought."""

    name: str
    url: str
    received: Figure
    in_hand: Figure
    overdue: Figure
    soon: Figure
    later: Figure
    still: Figure
    returned: Figure
    answers: AnswerLine

    @property
    def busy(self) -> bool:
        """Whether there is anything to show."""
        return bool(
            self.received.value or self.in_hand.value or self.answers.answered.value or self.returned.value
        )


def month_lines(board: Board, lists: Lists) -> list[AnswerLine]:
    """Every month of the year that has begun."""
    return [_month(board, lists, month) for month in board.months_shown]


def _month(board: Board, lists: Lists, number: int) -> AnswerLine:
    period = ReportingPeriod(board.period.year, month=number)
    received = lists.figure(board.received(months=[number]), status="all", received=period)
    label = _("%(month)d月", month=number)
    return _line(label, received, board.answered(months=[number]), lists, period)


def year_lines(board: Board, lists: Lists, years: int) -> list[AnswerLine]:
    """The last years, those without any answer left out."""
    now = board.today.year
    lines = []
    for year in range(now, now - years, -1):
        found = board.answered_in_year(year)
        if found.answered:
            label = _("%(year)d年", year=year)
            lines.append(_line(label, None, found, lists, ReportingPeriod(year)))
    return lines


def organ_lines(board: Board, lists: Lists, state: ListState) -> list[OrganLine]:
    """Every organ, in the order the district lists them."""
    return [_organ(board, lists, state, *organ) for organ in board.organs]


def _organ(board: Board, lists: Lists, state: ListState, organ_id: int, code: str, name: str) -> OrganLine:
    period = board.period

    def standing(due: Due) -> Figure:
        return lists.figure(board.in_hand(organ_id, due=due), organ_id, due=due)

    return OrganLine(
        name=name,
        url=url_for("supervision.organ", organ_code=code, **state.query),
        received=lists.figure(board.received(organ_id), organ_id, status="all", received=period),
        in_hand=lists.figure(board.in_hand(organ_id), organ_id),
        overdue=standing(Due.OVERDUE),
        soon=standing(Due.SOON),
        later=standing(Due.LATER),
        still=standing(Due.STILL),
        returned=lists.figure(board.returned(organ_id), organ_id, status="all", returned=period),
        answers=_line(name, None, board.answered(organ_id), lists, period, organ_id),
    )


def _line(
    label: str,
    received: Figure | None,
    found: Timeliness,
    lists: Lists,
    period: ReportingPeriod,
    organ_id: int | None = None,
) -> AnswerLine:
    return AnswerLine(
        label=label,
        received=received,
        answered=lists.figure(found.answered, organ_id, status="all", answered=period),
        late=lists.figure(found.late, organ_id, status="all", answered=period, outcome="late"),
        rate=rate_text(found.rate),
        share=None if found.rate is None else percent_tenths(found.rate) / 10,
        median=days_text(found.median),
        ninetieth=days_text(found.ninetieth),
    )


def month_chart(lines: list[AnswerLine]) -> LineChart:
    """Received and answered by month."""
    received = [float(line.received.value) if line.received else None for line in lines]
    answered = [float(line.answered.value) for line in lines]
    return line_chart([line.label for line in lines], [(_("收到"), received), (_("答复"), answered)])


def rate_chart(lines: list[AnswerLine]) -> LineChart:
    """On-time rate by month; a month without an answer leaves a gap."""
    return line_chart(
        [line.label for line in lines], [(_("按期答复率"), [line.share for line in lines])], top=100
    )
