"""The answer to a question of 统计分析: lines of figures that lead to their lists, totals, and the same as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.figures import rate
from tracker.domain.reporting_period import read_period
from tracker.domain.statistics import (
    AS_OF_TODAY,
    DIMENSION_NAMES,
    MEASURE_NAMES,
    NONE,
    OF_TIME,
    WORDS,
    Dimension,
    Measure,
    Question,
    Table,
    ordered_words,
    time_keys,
)
from tracker.domain.statistics_period import RELATIVE_NAMES, Relative
from tracker.domain.vocabulary import N_
from tracker.queries.statistics import Counted
from tracker.web.i18n import plain_day, tell
from tracker.web.statistic_figures import counted_url, counted_words, key_name, settled_name
from tracker.web.statistics.charts import Chart, chart_of
from tracker.web.supervision.links import Figure, rate_text

LONGEST_FILLED = timedelta(days=3700)
"""Up to some ten years, months without a case are shown too."""
MOST_COLUMNS = 40
NOTES: dict[Measure, str] = {
    Measure.RECEIVED: N_("按收到申请之日计入期间。"),
    Measure.ANSWERED: N_("按答复期限停止之日计入期间；撤回和视为放弃的没有答复，不计。"),
    Measure.ANSWERED_LATE: N_("期间内答复、晚于到期日的；按答复期限停止之日计入期间。"),
    Measure.IN_HAND: N_("今天尚未答复的，不论何时收到；年度、季度、月份按收到申请之日。"),
    Measure.OVERDUE: N_("今天尚未答复、到期日已过的，不论何时收到；年度、季度、月份按收到申请之日。"),
    Measure.RETURNED: N_("期间内被法律顾问退回过的件数；退回几次的只计一件，按期间内第一次退回的日期。"),
    Measure.CHALLENGED: N_("期间内收到复议、诉讼副本的件数；几次的只计一件，按期间内第一次收到的日期。"),
}

Names = Mapping[Dimension, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its figures by column, their sum, and the share of all."""

    name: str
    figures: tuple[Figure, ...]
    total: Figure
    share: str


class Result:
    """Everything of the answer that the page and the sheet show. ``names`` are those of rows and columns, ``narrowed``
    those of what the question is narrowed by."""

    def __init__(
        self, question: Question, counted: Counted, table: Table, names: Names, narrowed: Names, today: date
    ) -> None:
        self.question, self.counted, self.table = question, counted, table
        self._names, self._today = names, today
        self._sums = (table.sums(0), table.sums(1))
        self.rows = self._keys(question.rows, 0)
        self.columns = self._keys(question.columns, 1) if question.columns else []
        self.too_wide = len(self.columns) > MOST_COLUMNS
        self.rows_name = tell(DIMENSION_NAMES[question.rows])
        self.columns_name = tell(DIMENSION_NAMES[question.columns]) if question.columns else ""
        self.title = self._title(narrowed)
        self.period = self._period()
        self.note = tell(NOTES[counted.measure])

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [self._name(self.question.columns, key) for key in self.columns]

    @property
    def lines(self) -> list[Line]:
        """The rows with their figures."""
        return [
            Line(
                self._name(self.question.rows, row),
                tuple(self._figure(row, column) for column in self.columns),
                self._figure(row, None),
                rate_text(rate(self._sums[0].get(row, 0), self.table.total)),
            )
            for row in self.rows
        ]

    @property
    def foot(self) -> Line:
        """合计."""
        figures = tuple(self._figure(None, column) for column in self.columns)
        return Line(_("合计"), figures, self._figure(None, None), rate_text(rate(1, 1)))

    @property
    def chart(self) -> Chart | None:
        """The picture of the table; None where there is nothing to draw."""
        if not self.table.total or self.too_wide:
            return None
        values = [
            (row, [self.table.counts.get((row, column), 0) for column in self.columns or [""]])
            for row in self.rows
        ]
        labels = [self._mark(row) for row in self.rows]
        return chart_of(
            [(label, row) for label, (_key, row) in zip(labels, values, strict=True)],
            self.heads or [tell(MEASURE_NAMES[self.counted.measure])],
            over_time=self.question.rows in OF_TIME,
            rest=_("其余"),
        )

    def sheet_heads(self) -> list[tuple[str, int]]:
        """Names and widths of the sheet's columns."""
        return [(self.rows_name, 32), *((head, 14) for head in self.heads), (_("合计"), 10)]

    def sheet_rows(self) -> Iterator[Sequence[Cell]]:
        """The rows of the sheet, the sum last."""
        for line in (*self.lines, self.foot):
            yield (line.name, *(figure.value for figure in line.figures), line.total.value)

    def _title(self, narrowed: Names) -> str:
        said = counted_words(self.counted, narrowed)
        if self.question.columns:
            return _(
                "%(said)s，按%(rows)s和%(columns)s", said=said, rows=self.rows_name, columns=self.columns_name
            )
        return _("%(said)s，按%(rows)s", said=said, rows=self.rows_name)

    def _period(self) -> str:
        """When the figures are of, in the words of who asked: 上季度（2026年第3季度）."""
        if self.counted.measure in AS_OF_TODAY:
            return _("截至%(day)s", day=plain_day(self._today))
        settled = settled_name(self.counted.period)
        asked = self.question.period
        if isinstance(asked, Relative):
            return _("%(asked)s（%(settled)s）", asked=tell(RELATIVE_NAMES[asked]), settled=settled)
        return settled

    def _keys(self, dimension: Dimension, axis: int) -> list[str]:
        found = self._sums[axis]
        if dimension in OF_TIME:
            return self._time_keys(dimension, found)
        if dimension in WORDS:
            return ordered_words(dimension, found)
        if dimension is Dimension.ORGAN:
            return sorted(found, key=int)
        return sorted(found, key=lambda key: (key == NONE, -found[key], key))

    def _time_keys(self, dimension: Dimension, found: Mapping[str, int]) -> list[str]:
        period = self.counted.period
        fixed = self.counted.measure not in AS_OF_TODAY
        if fixed and period.last_on - period.first_on <= LONGEST_FILLED and period.first_on <= self._today:
            return time_keys(dimension, found, period.first_on, min(period.last_on, self._today))
        told = [read for read in map(read_period, found) if read]
        if not told:
            return []
        first, last = min(each.first_on for each in told), max(each.last_on for each in told)
        return time_keys(dimension, found, first, last)

    def _figure(self, row: str | None, column: str | None) -> Figure:
        """The figure at a row and column (None: of all of them), with its list."""
        where = dict(self.counted.where)
        if row is not None:
            where[self.question.rows] = row
        if column is not None and self.question.columns:
            where[self.question.columns] = column
        value = self._value(row, column)
        return Figure(value, counted_url(replace(self.counted, where=where)) if value else "")

    def _value(self, row: str | None, column: str | None) -> int:
        if row is None:
            return self.table.total if column is None else self._sums[1].get(column, 0)
        return self._sums[0].get(row, 0) if column is None else self.table.counts.get((row, column), 0)

    def _name(self, dimension: Dimension | None, key: str) -> str:
        return key_name(dimension, key, self._names.get(dimension, {})) if dimension else ""

    def _mark(self, key: str) -> str:
        """A row at the foot or side of the chart: months and quarters as the calendar writes them, being many."""
        return key if self.question.rows in OF_TIME else self._name(self.question.rows, key)
