"""审查统计: turnaround and returns, each figure leading to the decisions it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import MONTHS, ReportingPeriod, read_period
from tracker.domain.return_reasons import RETURN_REASON_NAMES, ReturnReason
from tracker.domain.review_figures import (
    GROUPING_NAMES,
    OUTCOME_NAMES,
    Grouping,
    ReviewFigures,
    ReviewOutcome,
    figures_of,
    grouped,
)
from tracker.extensions import db
from tracker.queries.board import YEARS
from tracker.queries.reviews import ReviewRow, list_reviews
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.i18n import tell
from tracker.web.letters import bp
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.periods import KEY, part_chips, period_name, year_chips
from tracker.web.sheets import sheet_response
from tracker.web.supervision.links import Figure, days_text

NARROWINGS = ("organ", "advisor", "month", "outcome", "reason", "timed")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figures of one organ, advisor or month; of the whole when it has no name."""

    name: str
    decided: Figure
    outcomes: Sequence[Figure]
    reasons: Sequence[Figure]
    timed: Figure
    median: str
    ninetieth: str
    longest: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One way of telling decisions apart."""

    grouping: str
    lines: Sequence[FigureLine]


class Asked:
    """The period of the address, its decisions, and the ways to other periods and to lists."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        self.state = ListState.from_request((KEY, *keys))
        self.period = read_period(self.state.get(KEY)) or ReportingPeriod(today().year)
        self.rows = list_reviews(db.session(), actor(), self.period)

    @property
    def years(self) -> list[Chip]:
        """The years that can be looked at."""
        last = today().year
        years = sorted({self.period.year, *range(last - YEARS + 1, last + 1)}, reverse=True)
        return year_chips(self.period, years, self.state)

    @property
    def parts(self) -> list[Chip]:
        """The year as a whole, its quarters and its months."""
        return part_chips(self.period, self.state)

    def names(self, grouping: Grouping) -> Mapping[int, str]:
        """What keys are called. Several people who decided on paper share one key."""
        if grouping is Grouping.MONTH:
            return {month: _("%(month)d月", month=month) for month in MONTHS}
        if grouping is Grouping.ORGAN:
            return {row.told.organ: row.organ for row in self.rows}
        return {row.told.advisor: row.advisor if row.told.advisor else _("纸质审查") for row in self.rows}

    def tables(self) -> Iterator[FigureTable]:
        """One table a grouping; a single month is not told apart by months."""
        told = [row.told for row in self.rows]
        for grouping in Grouping:
            if grouping is Grouping.MONTH and self.period.month:
                continue
            names = self.names(grouping)
            lines = [
                self.line(names[key], figures, {str(grouping): key})
                for key, figures in grouped(told, grouping).items()
            ]
            yield FigureTable(tell(GROUPING_NAMES[grouping]), lines)

    def line(self, name: str, figures: ReviewFigures, where: Mapping[str, Any]) -> FigureLine:
        """The figures with their lists."""
        return FigureLine(
            name=name,
            decided=self._figure(figures.decided, where),
            outcomes=[
                self._figure(figures.by_outcome[each], {**where, "outcome": str(each)})
                for each in ReviewOutcome
            ],
            reasons=[
                self._figure(figures.by_reason[each], {**where, "reason": str(each)}) for each in ReturnReason
            ],
            timed=self._figure(figures.timed, {**where, "timed": "1"}),
            median=days_text(figures.median),
            ninetieth=days_text(figures.ninetieth),
            longest=days_text(figures.longest),
        )

    def whole(self) -> FigureLine:
        """Everything of the period."""
        return self.line(_("合计"), figures_of(row.told for row in self.rows), {})

    def _figure(self, value: int, where: Mapping[str, Any]) -> Figure:
        url = url_for("letters.decided_reviews", period=str(self.period), **where) if value else ""
        return Figure(value, url)


@bp.get("/reviews/figures")
@needs(Permission.REVIEW_FIGURES)
def review_figures() -> ResponseReturnValue:
    """审查统计 of a period."""
    asked = Asked()
    return render_template(
        "pages/letters/review_figures.html",
        period=period_name(asked.period),
        years=asked.years,
        parts=asked.parts,
        tables=list(asked.tables()),
        whole=asked.whole(),
        outcomes=[tell(name) for name in OUTCOME_NAMES.values()],
        reasons=[tell(name) for name in RETURN_REASON_NAMES.values()],
        sheet_url=url_for("letters.review_sheet", **asked.state.query),
    )


@bp.get("/reviews/figures.xlsx")
@needs(Permission.REVIEW_FIGURES)
def review_sheet() -> Response:
    """The same as a sheet."""
    asked = Asked()
    heads = [(_("分组"), 10), (_("名称"), 28), (_("审查"), 8)]
    heads += [(tell(name), 10) for name in OUTCOME_NAMES.values()]
    heads += [(_("计入用时"), 10), (_("用时中位数"), 12), (_("第 90 百分位"), 12), (_("最长用时"), 10)]
    heads += [(tell(name), 18) for name in RETURN_REASON_NAMES.values()]
    return sheet_response(
        ListTaken.REVIEWS,
        url_for("letters.review_figures", **asked.state.query),
        _("%(period)s审查统计", period=period_name(asked.period)),
        heads,
        _sheet_rows(asked),
        [_("用时：自提交次日起至作出结论之日的工作日数，当天作出结论的为 0。")],
    )


@bp.get("/reviews/decided")
@needs(Permission.REVIEW_FIGURES)
def decided_reviews() -> ResponseReturnValue:
    """The decisions a figure counts."""
    asked = Asked(NARROWINGS)
    rows = [row for row in asked.rows if _is_wanted(row, asked.state)]
    return render_template(
        "pages/letters/decided_reviews.html",
        period=period_name(asked.period),
        rows=rows,
        chips=_chips(asked),
        outcome_names=OUTCOME_NAMES,
        reason_names=RETURN_REASON_NAMES,
        back_url=url_for("letters.review_figures", period=str(asked.period)),
    )


def _is_wanted(row: ReviewRow, state: ListState) -> bool:
    told = row.told
    keys = {"organ": str(told.organ), "advisor": str(told.advisor), "month": str(told.on.month)}
    return (
        all(state.get(name) in ("", key) for name, key in keys.items())
        and state.get("outcome") in ("", str(told.outcome))
        and (not state.get("reason") or state.get("reason") in told.reasons)
        and (not state.get("timed") or told.days is not None)
    )


def _chips(asked: Asked) -> list[Chip]:
    state, found = asked.state, []
    words: dict[str, str] = {}
    for grouping in Grouping:
        key = state.get(str(grouping))
        names = asked.names(grouping)
        if key:
            words[str(grouping)] = names.get(int(key), "—") if key.isascii() and key.isdigit() else "—"
    outcome, reason = chosen(ReviewOutcome, state.get("outcome")), chosen(ReturnReason, state.get("reason"))
    if outcome:
        words["outcome"] = tell(OUTCOME_NAMES[outcome])
    if reason:
        words["reason"] = tell(RETURN_REASON_NAMES[reason])
    if state.get("timed"):
        words["timed"] = _("计入用时的")
    for key, label in words.items():
        found.append(Chip(label, state.url(**{key: None}), True, removable=True))
    return found


def _sheet_rows(asked: Asked) -> Iterator[list[str | int]]:
    for table in asked.tables():
        for line in table.lines:
            yield _sheet_row(table.grouping, line)
    yield _sheet_row("", asked.whole())


def _sheet_row(grouping: str, line: FigureLine) -> list[str | int]:
    return [
        grouping,
        line.name,
        line.decided.value,
        *(figure.value for figure in line.outcomes),
        line.timed.value,
        line.median,
        line.ninetieth,
        line.longest,
        *(figure.value for figure in line.reasons),
    ]
