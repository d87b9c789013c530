"""考核计分规则: what each measure of assessment is worth, and how points are taken off.

A rule is a convention of the district, not law. Points are whole hundredths of a point, figures and targets whole
tenths of their unit (a percentage point, a working day, a case), so that equal facts give equal points everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

POINT = 100
"""Hundredths in one point."""

TENTHS = 10
"""Tenths in one unit of a figure."""

MOST_FULL = 1000 * POINT
ALL_PERCENT = 100 * TENTHS
MOST_TARGET = 999 * TENTHS


class Unit(StrEnum):
    """What a figure is counted in."""

    PERCENT = "percent"
    DAYS = "days"
    CASES = "cases"


class Measure(StrEnum):
    """What an organ is measured by, in the order of the sheet."""

    ON_TIME_RATE = "on_time_rate"
    LATE = "late"
    MEDIAN = "median"
    NINETIETH = "ninetieth"
    UNARCHIVED = "unarchived"
    RETURNED = "returned"
    LOST = "lost"
    CHASED_LATE = "chased_late"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.ON_TIME_RATE: N_("按期答复率"),
    Measure.LATE: N_("逾期答复"),
    Measure.MEDIAN: N_("用时中位数"),
    Measure.NINETIETH: N_("用时第 90 百分位"),
    Measure.UNARCHIVED: N_("未归档"),
    Measure.RETURNED: N_("审查退回"),
    Measure.LOST: N_("复议、诉讼纠正"),
    Measure.CHASED_LATE: N_("督办单未按时答复"),
}

UNIT_OF: dict[Measure, Unit] = dict.fromkeys(Measure, Unit.CASES) | {
    Measure.ON_TIME_RATE: Unit.PERCENT,
    Measure.MEDIAN: Unit.DAYS,
    Measure.NINETIETH: Unit.DAYS,
}


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """``weight``: what the measure is worth and the most it can lose; 0 where it does not count. ``target``: the
    figure that costs nothing. ``step``: points taken off for each whole unit worse than the target, parts in
    proportion."""

    weight: int = 0
    target: int = 0
    step: int = 0


@dataclass(frozen=True, slots=True)
class PointsRule:
    """满分 and the rule of each measure; the weights add up to the full score."""

    full: int
    measures: Mapping[Measure, MeasureRule]

    def __getitem__(self, measure: Measure) -> MeasureRule:
        """The rule of a measure; one that is not named does not count."""
        return self.measures.get(measure, MeasureRule())

    @property
    def counted(self) -> tuple[Measure, ...]:
        """The measures that count, in the order of the sheet."""
        return tuple(measure for measure in Measure if self[measure].weight)

    @property
    def weights(self) -> int:
        """What the measures are worth together."""
        return sum(self[measure].weight for measure in Measure)

    def to_data(self) -> dict[str, Any]:
        """Plain data for the database, without what does not count."""
        kept = {str(m): [self[m].weight, self[m].target, self[m].step] for m in self.counted}
        return {"full": self.full, "measures": kept}

    def digest(self) -> str:
        """SHA-256 of the content: equal for rules that give equal points."""
        told = json.dumps(self.to_data(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()


def rule_from_data(data: Mapping[str, Any]) -> PointsRule:
    """The rule that was stored."""
    measures = {Measure(name): MeasureRule(*map(int, part)) for name, part in data["measures"].items()}
    return PointsRule(int(data["full"]), measures)


SHIPPED_RULE = PointsRule(
    100 * POINT,
    {
        Measure.ON_TIME_RATE: MeasureRule(30 * POINT, ALL_PERCENT, 1 * POINT),
        Measure.LATE: MeasureRule(10 * POINT, 0, 2 * POINT),
        Measure.MEDIAN: MeasureRule(10 * POINT, 15 * TENTHS, 1 * POINT),
        Measure.UNARCHIVED: MeasureRule(15 * POINT, 0, 1 * POINT),
        Measure.RETURNED: MeasureRule(10 * POINT, 0, 1 * POINT),
        Measure.LOST: MeasureRule(15 * POINT, 0, 5 * POINT),
        Measure.CHASED_LATE: MeasureRule(10 * POINT, 0, 2 * POINT),
    },
)
"""What is used until the district's office has decided on a rule of its own."""


def points_text(hundredths: int) -> str:
    """30, 3.6, 0.05: points without needless zeros."""
    return _decimal(hundredths, 2)


def tenths_text(tenths: int) -> str:
    """12, 12.5: a figure without needless zeros."""
    return _decimal(tenths, 1)


def _decimal(number: int, places: int) -> str:
    whole, part = divmod(abs(number), 10**places)
    shown = f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".")
    return f"-{shown}" if number < 0 else shown


def rule_text(measure: Measure, rule: MeasureRule) -> TrackerError:
    """How points are taken off, as a sentence."""
    template = {
        Unit.PERCENT: N_("低于 %(target)s%% 的，每低 1 个百分点扣 %(step)s 分"),
        Unit.DAYS: N_("超过 %(target)s 个工作日的，每超 1 个工作日扣 %(step)s 分"),
        Unit.CASES: N_("超过 %(target)s 件的，每超 1 件扣 %(step)s 分")
        if rule.target
        else N_("每件扣 %(step)s 分"),
    }[UNIT_OF[measure]]
    return TrackerError(template, target=tenths_text(rule.target), step=points_text(rule.step))
