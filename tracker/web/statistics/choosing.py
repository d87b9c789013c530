"""What can be asked: the choices of the form, as the address has them set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import MONTHS, QUARTERS, ReportingPeriod
from tracker.domain.statistics import (
    DIMENSION_NAMES,
    MEASURE_NAMES,
    NARROWING,
    NONE,
    NONE_NAMES,
    WORDS,
    Dimension,
)
from tracker.domain.statistics_period import RELATIVE_NAMES
from tracker.domain.vocabulary import N_
from tracker.queries.saved_statistics import SavedFacts
from tracker.queries.statistic_names import Choices
from tracker.web.context import actor, today
from tracker.web.i18n import tell
from tracker.web.list_state import Chip
from tracker.web.periods import period_name
from tracker.web.statistic_figures import key_name
from tracker.web.statistics.address import DAYS, Asking

YEARS_BACK = 6
MOST_NAMED = 10
Options = list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Select:
    """One choice: ``groups`` of (heading, options); the heading is empty where there is one group."""

    key: str
    label: str
    groups: list[tuple[str, Options]]


class AskPage:
    """The form and what leads on from it."""

    def __init__(self, asking: Asking, choices: Choices, saved: Sequence[SavedFacts]) -> None:
        state, question = asking.state, asking.question
        self.days = asking.days
        where = question.where if question else {}
        self.main = [
            _select("count", _("统计什么"), _plain(MEASURE_NAMES), state.get("count")),
            Select("period", _("期间"), _periods(asking)),
            _select("rows", _("行"), _plain(DIMENSION_NAMES), state.get("rows")),
            _select("columns", _("列"), {"": N_("不分列"), **_plain(DIMENSION_NAMES)}, state.get("columns")),
        ]
        self.narrowing = [_narrowing(d, choices, where.get(d, "")) for d in NARROWING]
        self.chips = [
            Chip(
                _(
                    "%(dimension)s：%(key)s",
                    dimension=tell(DIMENSION_NAMES[dimension]),
                    key=key_name(dimension, key, choices.names.get(dimension, {})),
                ),
                state.url(**{str(dimension): None}),
                True,
                removable=True,
            )
            for dimension, key in where.items()
        ]
        self.keeps_subjects = actor().may_somewhere(Permission.SUBJECT_KEEP)
        self.sheet_url = url_for("statistics.sheet", **state.query)
        self.save_url = url_for("statistics.save", **state.query)
        self.saved = [
            Chip(each.name, url_for("statistics.open_saved", statistic_id=each.id), each.question == question)
            for each in saved[:MOST_NAMED]
        ]
        self.names = [each.name for each in saved if each.question == question]
        self.saved_count = len(saved)


def _plain(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def _select(key: str, label: str, names: Mapping[str, str], chosen: str) -> Select:
    return Select(key, label, [("", [(k, tell(name), k == chosen) for k, name in names.items()])])


def _narrowing(dimension: Dimension, choices: Choices, chosen: str) -> Select:
    names = {key: tell(name) for key, name in WORDS.get(dimension, {}).items()}
    names |= choices.names.get(dimension, {})
    if dimension in NONE_NAMES:
        names[NONE] = tell(NONE_NAMES[dimension])
    if chosen and chosen not in names:
        names[chosen] = key_name(dimension, chosen, {})
    options = [("", _("全部"), not chosen), *((key, name, key == chosen) for key, name in names.items())]
    return Select(str(dimension), tell(DIMENSION_NAMES[dimension]), [("", options)])


def _periods(asking: Asking) -> list[tuple[str, Options]]:
    """Relative periods, years, quarters and months, and days of one's own; one that is asked for is there too."""
    chosen = DAYS if asking.days else asking.state.get("period")
    years = range(today().year, today().year - YEARS_BACK, -1)
    asked = asking.question.period if asking.question else None
    fixed = [
        (_("年度"), [ReportingPeriod(year) for year in years]),
        (_("季度"), [ReportingPeriod(y, quarter=q) for y in years[:2] for q in reversed(QUARTERS)]),
        (_("月份"), [ReportingPeriod(y, month=m) for y in years[:2] for m in reversed(MONTHS)]),
    ]
    if isinstance(asked, ReportingPeriod) and all(asked not in periods for _name, periods in fixed):
        fixed[0][1].append(asked)
    return [
        (_("随今天变动"), [(str(k), tell(name), str(k) == chosen) for k, name in RELATIVE_NAMES.items()]),
        *((name, list(_fixed(periods, chosen, today()))) for name, periods in fixed),
        (_("其他"), [(DAYS, _("自定日期"), chosen == DAYS)]),
    ]


def _fixed(periods: Iterable[ReportingPeriod], chosen: str, day: date) -> Iterable[tuple[str, str, bool]]:
    return (
        (str(period), period_name(period), str(period) == chosen)
        for period in periods
        if period.first_on <= day or str(period) == chosen
    )
