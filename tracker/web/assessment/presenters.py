"""Figures of assessment in words, each leading to its list, with points and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.points_rule import MEASURE_NAMES, POINT, Measure, points_text
from tracker.domain.points_versions import RuleVersion
from tracker.domain.vocabulary import N_
from tracker.queries.assessment import OrganFigures
from tracker.queries.assessment_scores import Assessment, OrganScore
from tracker.web.assessment.asking import Asked
from tracker.web.i18n import NONE_SIGN, plain_day, tell
from tracker.web.supervision.links import Figure, Lists, days_text, rate_text

HEADS: tuple[tuple[str, int], ...] = (
    (N_("机关"), 28),
    (N_("名次"), 6),
    (N_("得分"), 8),
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
_FIGURES_OF_ANSWERS = 7


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One organ; ``assessed`` is False for one that answered nothing in the period. ``place`` and ``total`` are — where
    there is none, ``url`` leads to the sheet of its points."""

    name: str
    url: str
    assessed: bool
    place: str
    total: str
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


def figure_line(organ: OrganScore, asked: Asked) -> FigureLine:
    """The figures with their lists."""
    found, period = organ.figures, asked.period
    lists, told = Lists(found.organ_id), found.answered
    return FigureLine(
        name=found.name,
        url=url_for("assessment.organ", organ_code=found.code, **asked.query),
        assessed=found.assessed,
        place=str(organ.place or NONE_SIGN),
        total=NONE_SIGN if organ.total is None else points_text(organ.total),
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


@dataclass(frozen=True, slots=True)
class VersionLine:
    """Which version of the rule points are given by; ``shipped``: nobody has decided on it yet."""

    text: str
    url: str
    shipped: bool


def version_line(version: RuleVersion) -> VersionLine:
    """按第 2 版计分规则……"""
    full = points_text(version.rule.full)
    if version.shipped:
        text = _("按第 1 版计分规则计分（随系统提供，区政府办公室尚未另定），满分 %(full)s 分。", full=full)
    else:
        text = _(
            "按第 %(number)d 版计分规则计分（%(day)s起施行），满分 %(full)s 分。",
            number=version.number,
            day=plain_day(version.in_force_from),
            full=full,
        )
    return VersionLine(text, url_for("assessment.rule", rule_number=version.number), version.shipped)


def heads(found: Assessment) -> list[tuple[str, int]]:
    """Heads of the sheet, with a column of points taken off for each measure that counts."""
    own = [(tell(label), width) for label, width in HEADS]
    taken = [
        (_("%(measure)s扣分", measure=tell(MEASURE_NAMES[measure])), 14)
        for measure in found.version.rule.counted
    ]
    return own + taken


def sheet_rows(found: Assessment) -> Iterator[Sequence[Cell]]:
    """Rows of the sheet; an organ that is not assessed says so and has neither points nor figures of answers."""
    counted: Sequence[Measure] = found.version.rule.counted
    for organ in found.organs:
        each = organ.figures
        points: Sequence[Cell] = (None,) * len(counted)
        if organ.score:
            points = [line.off / POINT for line in organ.score.lines]
        total: Cell = _("不参评") if organ.total is None else organ.total / POINT
        kept = (each.returned, each.lost, each.chased, each.chased_late)
        yield (each.name, organ.place, total, *_of_answers(each), *kept, *points)


def _of_answers(each: OrganFigures) -> Sequence[Cell]:
    if not each.assessed:
        return (None,) * _FIGURES_OF_ANSWERS
    told = each.answered
    return (
        told.answered,
        told.on_time,
        told.late,
        rate_text(told.rate),
        float(told.median) if told.median is not None else None,
        told.ninetieth,
        each.archived,
    )
