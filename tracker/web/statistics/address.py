"""A question of 统计分析 lives in its address, and is kept under a name by the same words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tracker.domain.statistics import NARROWING, Dimension, Measure, Question, question_of
from tracker.domain.statistics_period import EARLIEST, LATEST, Asked, DayRange, Relative, read_asked
from tracker.domain.vocabulary import N_
from tracker.web.context import today
from tracker.web.forms import ChineseDateField
from tracker.web.i18n import tell
from tracker.web.list_state import ListState

KEYS = ("count", "period", "first", "last", "rows", "columns", *map(str, NARROWING))
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
        self.question: Question | None = None
        if period:
            said = {key: state.get(key) for key in KEYS}
            self.question = question_of({**said, "period": str(period)})

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
