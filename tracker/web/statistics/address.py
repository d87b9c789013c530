"""A question of 统计分析 lives in its address, and is kept under a name by the same words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tracker.domain.statistics import OF_TIME, Dimension, Measure, Question
from tracker.domain.statistics_period import EARLIEST, LATEST, Asked, DayRange, Relative, read_asked
from tracker.domain.vocabulary import N_
from tracker.web.context import today
from tracker.web.forms import ChineseDateField
from tracker.web.i18n import tell
from tracker.web.list_state import ListState, chosen
from tracker.web.statistic_figures import read_where

NARROWING: tuple[Dimension, ...] = tuple(d for d in Dimension if d not in OF_TIME)
"""Dimensions a question may be narrowed by; time is narrowed by the period."""
SAVED = "saved"
KEYS = ("count", "period", "first", "last", "rows", "columns", *map(str, NARROWING), SAVED)
DEFAULTS = {
    "count": str(Measure.RECEIVED),
    "period": str(Relative.THIS_YEAR),
    "rows": str(Dimension.MONTH),
}
DAYS = "days"
"""The choice of period that asks for two days."""


class DaysForm(Form):
    """自定日期: an empty day does not narrow, or means today."""

    first = ChineseDateField(_l("开始日期"))
    last = ChineseDateField(_l("结束日期"))

    def period(self) -> DayRange | None:
        """The days typed, None where they cannot be read or are the wrong way round."""
        if not self.validate():
            return None
        first, last = self.first.data or EARLIEST, self.last.data or today()
        if first > last:
            self.last.errors = [tell(N_("结束日期早于开始日期，请核对。"))]
            return None
        if first < EARLIEST or last > LATEST:
            wrong = self.first if first < EARLIEST else self.last
            wrong.errors = [tell(N_("只能统计 2000 年至 2099 年的日期。"))]
            return None
        return DayRange(first, last)


class Asking:
    """What an address asks: the question, None while its days cannot be read; ``days`` the two fields, where they
    are asked for."""

    def __init__(self, state: ListState) -> None:
        self.state = state
        self.days: DaysForm | None = None
        period = self._period()
        self.question = self._question(period) if period else None

    def _period(self) -> Asked | None:
        text = self.state.get("period")
        if text == DAYS:
            given = {name: self.state.get(name) for name in ("first", "last") if self.state.get(name)}
            self.days = DaysForm(MultiDict(given))
            return self.days.period()
        asked = read_asked(text) or Relative.THIS_YEAR
        if isinstance(asked, DayRange):
            self.days = DaysForm(first=asked.first_on, last=asked.last_on)
        return asked

    def _question(self, period: Asked) -> Question:
        rows = chosen(Dimension, self.state.get("rows")) or Dimension.MONTH
        columns = chosen(Dimension, self.state.get("columns"))
        where = {d: key for d, key in read_where(self.state).items() if d in NARROWING}
        measure = chosen(Measure, self.state.get("count")) or Measure.RECEIVED
        return Question(measure, period, rows, columns if columns is not rows else None, where)


def question_args(question: Question) -> dict[str, Any]:
    """How an address, and what is kept under a name, write the question."""
    args = {
        "count": str(question.measure),
        "period": str(question.period),
        "rows": str(question.rows),
        **{str(dimension): key for dimension, key in question.where.items()},
    }
    return {**args, "columns": str(question.columns)} if question.columns else args


def asked_of(values: dict[str, Any]) -> Question:
    """The question kept in these words."""
    kept = {key: str(value) for key, value in values.items() if key in KEYS}
    question = Asking(ListState("statistics.index", kept, DEFAULTS)).question
    if question is None:
        raise ValueError("a kept question names its period")
    return question
