"""Figures of 统计分析 in addresses: a number of the table leads to its list in the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.reporting_period import read_period
from tracker.domain.statistics import (
    AS_OF_TODAY,
    MEASURE_NAMES,
    NONE,
    NONE_NAMES,
    OF_TIME,
    WORDS,
    Dimension,
    Measure,
    Where,
    is_key,
)
from tracker.domain.statistics_period import EARLIEST, DayRange, Settled, read_settled
from tracker.queries.statistics import Counted
from tracker.web.i18n import NONE_SIGN, in_english, plain_day, tell
from tracker.web.list_state import ListState, chosen
from tracker.web.periods import period_name

FIGURE = "figure"
PERIOD = "figure_period"
_PREFIX = "figure_"
KEYS = (FIGURE, PERIOD, *(f"{_PREFIX}{dimension}" for dimension in Dimension))
"""What an address of the register says of a figure."""


def read_counted(state: ListState) -> Counted | None:
    """The figure an address names; None when it names none."""
    measure, period = chosen(Measure, state.get(FIGURE)), read_settled(state.get(PERIOD))
    if measure is None or period is None:
        return None
    return Counted(measure, period, read_where(state, _PREFIX))


def read_where(state: ListState, prefix: str = "") -> dict[Dimension, str]:
    """What the address narrows by; keys that cannot be are left out."""
    found = {dimension: state.get(f"{prefix}{dimension}") for dimension in Dimension}
    return {dimension: key for dimension, key in found.items() if key and is_key(dimension, key)}


def counted_url(counted: Counted) -> str:
    """The list of the cases the figure counts."""
    narrowed: dict[str, Any] = {f"{_PREFIX}{dimension}": key for dimension, key in counted.where.items()}
    return url_for(
        "cases.index",
        status="all",
        figure=str(counted.measure),
        figure_period=str(counted.period),
        **narrowed,
    )


def counted_words(counted: Counted, names: Mapping[Dimension, Mapping[str, str]]) -> str:
    """2026年收到：椒江区民政局、网络."""
    measure = tell(MEASURE_NAMES[counted.measure])
    if counted.measure in AS_OF_TODAY:
        said = measure
    else:
        said = _("%(period)s%(measure)s", period=settled_name(counted.period), measure=measure)
    narrowed = where_words(counted.where, names)
    if not narrowed:
        return said
    return _("%(said)s：%(narrowed)s", said=said, narrowed=(", " if in_english() else "、").join(narrowed))


def where_words(where: Where, names: Mapping[Dimension, Mapping[str, str]]) -> list[str]:
    """The narrowings in words."""
    return [key_name(dimension, key, names.get(dimension, {})) for dimension, key in where.items()]


def key_name(dimension: Dimension, key: str, names: Mapping[str, str]) -> str:
    """One row, column or narrowing in words; ``names`` of organs and people by key."""
    if key == NONE:
        return tell(NONE_NAMES[dimension]) if dimension in NONE_NAMES else NONE_SIGN
    if dimension in WORDS:
        return tell(WORDS[dimension].get(key, key))
    if dimension in OF_TIME:
        period = read_period(key)
        return period_name(period) if period else key
    return names.get(key) or _("不在名单中")


def settled_name(period: Settled) -> str:
    """2026年第3季度, 2026年1月15日至2026年3月31日, or 截至2026年3月31日 where the beginning does not narrow."""
    if isinstance(period, DayRange) and period.first_on == EARLIEST:
        return _("截至%(day)s", day=plain_day(period.last_on))
    if isinstance(period, DayRange):
        return _("%(first)s至%(last)s", first=plain_day(period.first_on), last=plain_day(period.last_on))
    return period_name(period)
