"""Figures of assessment in words, each leading to its list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.vocabulary import N_
from tracker.queries.assessment import OrganFigures
from tracker.web.supervision.links import Figure, Lists, days_text, rate_text

HEADS: tuple[tuple[str, int], ...] = (
    (N_("机关"), 28),
    (N_("答复"), 8),
    (N_("按期答复"), 10),
    (N_("逾期答复"), 10),
    (N_("按期答复率"), 12),
    (N_("用时中位数"), 12),
    (N_("第 90 百分位"), 14),
    (N_("已归档"), 10),
    (N_("审查退回"), 10),
    (N_("复议、诉讼纠正"), 16),
    (N_("收到督办单"), 12),
    (N_("督办单未按时答复"), 18),
)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One organ; ``assessed`` is False for one that answered nothing in the period."""

    name: str
    assessed: bool
    answered: Figure
    on_time: Figure
    late: Figure
    rate: str
    median: str
    ninetieth: str
    archived: Figure
    returned: Figure
    lost: Figure
    chased: Figure
    chased_late: Figure


def figure_line(found: OrganFigures, period: ReportingPeriod) -> FigureLine:
    """The figures with their lists."""
    lists, told = Lists(found.organ_id), found.answered
    return FigureLine(
        name=found.name,
        assessed=found.assessed,
        answered=lists.figure(told.answered, status="all", answered=period),
        on_time=lists.figure(told.on_time, status="all", answered=period, outcome="on_time"),
        late=lists.figure(told.late, status="all", answered=period, outcome="late"),
        rate=rate_text(told.rate),
        median=days_text(told.median),
        ninetieth=days_text(told.ninetieth),
        archived=lists.figure(found.archived, status="all", answered=period, stage="archived"),
        returned=lists.figure(found.returned, status="all", returned=period),
        lost=lists.figure(found.lost, status="all", lost=period),
        chased=lists.figure(found.chased, status="all", chased=period),
        chased_late=lists.figure(found.chased_late, status="all", chased_late=period),
    )


def sheet_rows(found: Iterable[OrganFigures]) -> Iterator[Sequence[Cell]]:
    """Rows of the sheet; an organ that is not assessed says so and has no figures of answers."""
    for each in found:
        told = each.answered
        if each.assessed:
            figures: tuple[Cell, ...] = (
                told.answered,
                told.on_time,
                told.late,
                rate_text(told.rate),
                float(told.median) if told.median is not None else None,
                told.ninetieth,
                each.archived,
            )
        else:
            figures = (_("不参评"), None, None, None, None, None, None)
        yield (each.name, *figures, each.returned, each.lost, each.chased, each.chased_late)
