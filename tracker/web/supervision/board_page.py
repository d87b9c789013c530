"""The board in words, figures and charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.figures import four_weeks
from tracker.domain.stages import STAGE_NAMES, Stage
from tracker.queries.board import YEARS, Board
from tracker.queries.case_conditions import Due
from tracker.queries.organs import OrganName
from tracker.web.charts import BarChart, bar_chart
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState
from tracker.web.periods import part_chips, period_name, year_chips
from tracker.web.supervision.answer_lines import (
    AnswerLine,
    month_chart,
    month_lines,
    organ_lines,
    rate_chart,
    year_lines,
)
from tracker.web.supervision.links import Figure, Lists, days_text, rate_text


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure. ``tone``: red, yellow, grey or plain."""

    label: str
    figure: Figure
    note: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class StageLine:
    """Open cases at one stage."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the coming weeks. ``off``: offices do not work; ``past``: before today."""

    on: date
    figure: Figure
    off: bool
    past: bool
    today: bool


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who holds longest: ``days`` are working days since the case came to its stage."""

    name: str
    organ: str
    held: Figure
    number: str
    url: str
    stage: str
    since_on: date
    days: int


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """One 督办单: ``days`` are working days since it was issued, of one that waits; ``late``: the answer is."""

    number: str
    url: str
    organ: str
    case_number: str
    case_url: str
    issued_on: date
    answer_by_on: date
    answered_on: date | None
    days: int
    late: bool


class BoardPage:
    """Everything the page shows."""

    def __init__(
        self,
        board: Board,
        of: OrganName | None,
        state: ListState,
        others: list[OrganName],
        calendar: WorkCalendar,
    ) -> None:
        self.board = board
        self.of = of
        self.lists = Lists(of.id if of else None)
        self.title = _("%(organ)s督办看板", organ=of.name) if of else _("督办看板")
        self.period = period_name(board.period)
        self.district_url = "" if others else url_for("supervision.index", **state.query)
        self.years = year_chips(board.period, _years(board), state)
        self.parts = part_chips(board.period, state)
        self.boards = _board_chips(of, others, state)
        self.wall_url = "" if others or of else url_for("supervision.wall")
        self.tiles = self._tiles()
        self.answers = self._answer_facts()
        self.stages = self._stages()
        self.stage_chart = bar_chart([(s.name, [s.figure.value]) for s in self.stages], [_("件数")])
        self.weeks = self._weeks(calendar)
        self.holders = self._holders(calendar)
        every = organ_lines(board, self.lists, state) if of is None else []
        self.organs = [line for line in every if line.busy]
        self.idle_organs = [line for line in every if not line.busy]
        self.open_chases = [line for line in self._chases(calendar) if line.answered_on is None]
        self.answered_chases = [line for line in self._chases(calendar) if line.answered_on is not None]
        self.organ_chart = self._organ_chart()
        self.months: list[AnswerLine] = month_lines(board, self.lists)
        self.month_chart = month_chart(self.months)
        self.rate_chart = rate_chart(self.months)
        self.year_lines = year_lines(board, self.lists, YEARS)

    def _tiles(self) -> list[Tile]:
        board, lists = self.board, self.lists
        period = board.period
        answered = board.answered()

        def standing(label: str, due: Due, tone: str) -> Tile:
            return Tile(label, lists.figure(board.in_hand(due=due), due=due), tone=tone)

        return [
            Tile(
                _("%(period)s收到", period=self.period),
                lists.figure(board.received(), status="all", received=period),
            ),
            Tile(_("在办"), lists.figure(board.in_hand()), _("截至今天")),
            standing(_("超期"), Due.OVERDUE, "red"),
            standing(_("临期：5 个工作日内到期"), Due.SOON, "yellow"),
            standing(_("停止计算"), Due.STILL, "grey"),
            Tile(
                _("%(period)s答复", period=self.period),
                lists.figure(answered.answered, status="all", answered=period),
            ),
            Tile(
                _("其中逾期答复"),
                lists.figure(answered.late, status="all", answered=period, outcome="late"),
            ),
            Tile(
                _("审查退回"),
                lists.figure(board.returned(), status="all", returned=period),
                _("共退回 %(n)d 次", n=board.returns_in_all()),
            ),
        ]

    def _answer_facts(self) -> list[tuple[str, str]]:
        """Rate, median and percentile of the period."""
        answered = self.board.answered()
        return [
            (_("按期答复率"), rate_text(answered.rate)),
            (_("办理用时中位数"), _("%(days)s 个工作日", days=days_text(answered.median))),
            (_("办理用时第 90 百分位"), _("%(days)s 个工作日", days=days_text(answered.ninetieth))),
        ]

    def _stages(self) -> list[StageLine]:
        counts = [(stage, self.board.in_hand(stage=stage)) for stage in Stage]
        return [
            StageLine(tell(STAGE_NAMES[stage]), self.lists.figure(count, stage=stage))
            for stage, count in counts
            if count
        ]

    def _weeks(self, calendar: WorkCalendar) -> list[list[DayCell]]:
        board = self.board
        return [
            [
                DayCell(
                    on=day,
                    figure=self.lists.figure(board.due_days.get(day, 0), due_on=day),
                    off=not calendar.is_workday(day),
                    past=day < board.today,
                    today=day == board.today,
                )
                for day in week
            ]
            for week in four_weeks(board.today)
        ]

    def _holders(self, calendar: WorkCalendar) -> list[HolderLine]:
        names = {organ_id: name for organ_id, _code, name in self.board.organs}
        return [
            HolderLine(
                name=held.name or _("未分办"),
                organ=names[held.organ_id],
                held=self.lists.figure(
                    held.count, held.organ_id, handler=held.handler_id or "none", due=Due.COUNTED
                ),
                number=held.number,
                url=url_for("cases.show", case_id=held.case_id),
                stage=tell(STAGE_NAMES[held.stage]),
                since_on=held.since_on,
                days=calendar.count(held.since_on, self.board.today),
            )
            for held in self.board.holders
        ]

    def _chases(self, calendar: WorkCalendar) -> list[ChaseLine]:
        return [
            ChaseLine(
                number=row.number,
                url=url_for("supervision.slip", chase_id=row.id),
                organ=row.organ,
                case_number=row.case_number,
                case_url=url_for("cases.show", case_id=row.case_id),
                issued_on=row.issued_on,
                answer_by_on=row.answer_by_on,
                answered_on=row.answered_on,
                days=calendar.count(row.issued_on, row.answered_on or self.board.today),
                late=(row.answered_on or self.board.today) > row.answer_by_on,
            )
            for row in self.board.chases
        ]

    def _organ_chart(self) -> BarChart:
        lines = [line for line in self.organs if line.in_hand.value]
        return bar_chart(
            [
                (line.name, [line.overdue.value, line.soon.value, line.later.value, line.still.value])
                for line in sorted(lines, key=lambda line: -line.in_hand.value)
            ],
            [_("超期"), _("临期"), _("其余"), _("停止计算")],
        )


def _years(board: Board) -> list[int]:
    now = board.today.year
    return sorted({board.period.year, *range(now - YEARS + 1, now + 1)})


def _board_chips(of: OrganName | None, others: list[OrganName], state: ListState) -> list[Chip]:
    """The other boards of a person who sees several organs."""
    if len(others) < 2:
        return []
    return [
        Chip(each.name, state.at(organ_code=each.code).url(), of is not None and each.id == of.id)
        for each in others
    ]
