"""The sheet of one organ in words: each measure with its figure, rule, sum, points taken off and points left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.points import ScoreLine, calculation_text, figure_text
from tracker.domain.points_rule import MEASURE_NAMES, UNIT_OF, Measure, Unit, points_text, rule_text
from tracker.domain.reporting_period import ReportingPeriod
from tracker.queries.assessment import OrganFigures
from tracker.queries.assessment_scores import Assessment, OrganScore
from tracker.web.i18n import spell, tell
from tracker.web.supervision.links import Figure, Lists


@dataclass(frozen=True, slots=True)
class Line:
    """One measure. A count is a ``figure`` with its list; a rate or a number of days is ``text``, and ``of`` names the
    lists it is made from."""

    name: str
    weight: str
    figure: Figure | None
    text: str
    of: Sequence[tuple[str, Figure]]
    rule: str
    calculation: str
    off: str
    left: str


class OrganPage:
    """Points and place of one organ, and how they come about."""

    def __init__(self, found: Assessment, own: OrganScore) -> None:
        self.code, self.name = own.figures.code, own.figures.name
        self.assessed = own.score is not None
        self.full = points_text(found.version.rule.full)
        self.place = own.place
        self.of = len(found.assessed)
        lines = own.score.lines if own.score else ()
        self.lines = [_line(line, own.figures, found.period) for line in lines]
        self.total = points_text(own.score.total) if own.score else ""
        self.off = points_text(own.score.off) if own.score else ""


def _line(line: ScoreLine, found: OrganFigures, period: ReportingPeriod) -> Line:
    counts = UNIT_OF[line.measure] is Unit.CASES
    return Line(
        name=tell(MEASURE_NAMES[line.measure]),
        weight=points_text(line.rule.weight),
        figure=_list_of(line.measure, found, period) if counts else None,
        text=figure_text(line.measure, line.figure),
        of=() if counts else _made_from(line.measure, found, period),
        rule=spell(rule_text(line.measure, line.rule)),
        calculation=spell(calculation_text(line)),
        off=points_text(line.off),
        left=points_text(line.left),
    )


def _list_of(measure: Measure, found: OrganFigures, period: ReportingPeriod) -> Figure:
    counted: dict[Measure, tuple[int, dict[str, object]]] = {
        Measure.LATE: (found.answered.late, {"answered": period, "outcome": "late"}),
        Measure.UNARCHIVED: (found.unarchived, {"unarchived": period}),
        Measure.RETURNED: (found.returned, {"returned": period}),
        Measure.LOST: (found.lost, {"lost": period}),
        Measure.CHASED_LATE: (found.chased_late, {"chased_late": period}),
    }
    value, narrowed = counted[measure]
    return Lists(found.organ_id).figure(value, None, status="all", **narrowed)


def _made_from(
    measure: Measure, found: OrganFigures, period: ReportingPeriod
) -> Sequence[tuple[str, Figure]]:
    lists, told = Lists(found.organ_id), found.answered
    answered = (_("答复"), lists.figure(told.answered, status="all", answered=period))
    if measure is not Measure.ON_TIME_RATE:
        return (answered,)
    on_time = lists.figure(told.on_time, status="all", answered=period, outcome="on_time")
    return (answered, (_("按期"), on_time))
