"""A new rule as a form: a row of three numbers for each measure."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from tracker.domain.points_form import FULL, PARTS, field_name, read_rule, typed_rule
from tracker.domain.points_rule import MEASURE_NAMES, UNIT_OF, Measure, PointsRule, Unit
from tracker.domain.reporting_period import ReportingPeriod, last_ended, read_period
from tracker.domain.vocabulary import N_
from tracker.web.forms import ChineseDateField, Filled, LineField, ParagraphField, TrackerForm
from tracker.web.periods import period_name

LABELS: dict[Unit, dict[str, str]] = {
    Unit.PERCENT: {
        "weight": N_("分值"),
        "target": N_("标准（%）"),
        "step": N_("每低 1 个百分点扣"),
    },
    Unit.DAYS: {
        "weight": N_("分值"),
        "target": N_("标准（工作日）"),
        "step": N_("每超 1 个工作日扣"),
    },
    Unit.CASES: {
        "weight": N_("分值"),
        "target": N_("不扣分的件数"),
        "step": N_("每超 1 件扣"),
    },
}


class RuleFrame(TrackerForm):
    """What stands around the numbers. ``seen`` names the rule the last preview showed."""

    full = LineField(_l("满分"), longest=20)
    in_force_from = ChineseDateField(_l("启用日期"), [Filled()])
    reason = ParagraphField(_l("修改的原因"), [Filled()], longest=500)
    period = SelectField(_l("用哪个期间预览"))
    seen = HiddenField()

    def rule(self) -> PointsRule:
        """What was typed. Raises ``Invalid`` naming every number that is none."""
        names = [FULL, *(field_name(part, m) for m in Measure for part in PARTS)]
        return read_rule({name: str(self[name].data or "") for name in names})

    def offer_periods(self, today: date) -> None:
        """What has just ended, and this year as far as it goes."""
        periods = (*last_ended(today), ReportingPeriod(today.year))
        self.period.choices = [(str(period), period_name(period)) for period in periods]

    def tried_on(self, today: date) -> ReportingPeriod:
        """The period the rule is tried on: the quarter that ended last unless another was chosen."""
        return read_period(str(self.period.data or "")) or last_ended(today)[0]

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Each measure with its three fields."""
        return [(MEASURE_NAMES[m], [self[field_name(part, m)] for part in PARTS]) for m in Measure]


RuleForm: type[RuleFrame] = type(
    "RuleForm",
    (RuleFrame,),
    {
        field_name(part, measure): LineField(_l(LABELS[UNIT_OF[measure]][part]), longest=20)
        for measure in Measure
        for part in PARTS
    },
)
"""The form with its numbers."""


def begin_with(rule: PointsRule, today: date) -> dict[str, Any]:
    """A form filled with the newest rule, to be changed from there."""
    return {**typed_rule(rule), "in_force_from": today, "period": str(last_ended(today)[0])}
