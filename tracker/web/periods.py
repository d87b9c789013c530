"""统计期间 in words, and the choices of one."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.domain.reporting_period import MONTHS, QUARTERS, ReportingPeriod
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState

KEY = "period"


def period_name(period: ReportingPeriod) -> str:
    """2026年, 2026年第四季度, 2026年11月."""
    return tell(period.name)


def part_name(period: ReportingPeriod) -> str:
    """The period within its year: 全年, 第四季度, 11月."""
    if period.month:
        return _("%(month)d月", month=period.month)
    return _("第%(quarter)d季度", quarter=period.quarter) if period.quarter else _("全年")


def year_chips(period: ReportingPeriod, years: list[int], state: ListState) -> list[Chip]:
    """The years that can be looked at."""
    return [
        Chip(_("%(year)d年", year=year), state.url(period=ReportingPeriod(year)), year == period.year)
        for year in years
    ]


def part_chips(period: ReportingPeriod, state: ListState) -> list[Chip]:
    """The year as a whole, its quarters and its months."""
    parts = [
        period.whole_year,
        *(ReportingPeriod(period.year, quarter=quarter) for quarter in QUARTERS),
        *(ReportingPeriod(period.year, month=month) for month in MONTHS),
    ]
    return [Chip(part_name(part), state.url(period=part), part == period) for part in parts]
