"""大屏: the few figures that must be seen from across a room; it calls itself anew every minute."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden
from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.board import Board, read_board
from tracker.queries.calendars import current_calendar
from tracker.queries.case_conditions import Due
from tracker.queries.readiness import Trouble, degradations
from tracker.web.access import needs
from tracker.web.context import actor, runtime, today
from tracker.web.i18n import instant
from tracker.web.replica import from_replica
from tracker.web.supervision import bp
from tracker.web.supervision.links import rate_text

MOST_ORGANS = 6


@dataclass(frozen=True, slots=True)
class WallFigure:
    """One figure of the wall; ``tone``: red, yellow or plain."""

    label: str
    value: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class WallOrgan:
    """An organ with cases that are overdue or due soon."""

    name: str
    overdue: int
    soon: int


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything shown: no names of people, no case. ``silent`` says what is wrong with the job runner."""

    figures: list[WallFigure]
    organs: list[WallOrgan]
    at: str
    silent: str


@bp.get("/wall")
@needs(Permission.SUPERVISION_READ)
@from_replica
def wall() -> ResponseReturnValue:
    """大屏 of the district."""
    if not actor().reads_whole_district:
        raise Forbidden(N_("大屏显示全区的数字，只对督查和审计开放。"))
    session = db.session()
    period = ReportingPeriod(today().year)
    board = read_board(session, actor(), None, period, current_calendar(session), today())
    shown = Wall(_figures(board), _organs(board), instant(runtime().clock.now()), _silence())
    return render_template("pages/supervision/wall.html", wall=shown)


def _figures(board: Board) -> list[WallFigure]:
    overdue = board.in_hand(due=Due.OVERDUE)
    waiting = sum(row.answered_on is None for row in board.chases)
    return [
        WallFigure(_("超期"), str(overdue), "red" if overdue else "plain"),
        WallFigure(_("今天到期"), str(board.due_days.get(board.today, 0)), "yellow"),
        WallFigure(_("5 个工作日内到期"), str(board.in_hand(due=Due.SOON)), "yellow"),
        WallFigure(_("在办"), str(board.in_hand())),
        WallFigure(_("待答复的督办单"), str(waiting)),
        WallFigure(_("%(year)d 年按期答复率", year=board.period.year), rate_text(board.answered().rate)),
    ]


def _organs(board: Board) -> list[WallOrgan]:
    lines = [
        WallOrgan(name, board.in_hand(organ_id, due=Due.OVERDUE), board.in_hand(organ_id, due=Due.SOON))
        for organ_id, _code, name in board.organs
    ]
    urgent = [line for line in lines if line.overdue or line.soon]
    return sorted(urgent, key=lambda line: (-line.overdue, -line.soon))[:MOST_ORGANS]


def _silence() -> str:
    for found in degradations(db.session(), today(), runtime().clock.now()):
        if found.trouble is Trouble.RUNNER_SILENT:
            return _("后台任务自 %(at)s 起没有运行", at=instant(found.since))
        if found.trouble is Trouble.RUNNER_NEVER_RAN:
            return _("后台任务从未运行")
    return ""
