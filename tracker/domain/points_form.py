"""A 计分规则 as somebody types it: read, and every fault named beside its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.points_rule import (
    ALL_PERCENT,
    MEASURE_NAMES,
    MOST_FULL,
    MOST_TARGET,
    POINT,
    TENTHS,
    UNIT_OF,
    Measure,
    MeasureRule,
    PointsRule,
    Unit,
    points_text,
    tenths_text,
)
from tracker.domain.vocabulary import N_

FULL = "full"
PARTS = ("weight", "target", "step")
PART_NAMES: dict[str, str] = {"weight": N_("分值"), "target": N_("标准"), "step": N_("扣分")}
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,4})(?:\.(?P<part>[0-9]{1,9}))?", re.ASCII)
_WANTED: dict[int, str] = {
    2: N_("%(label)s请填写不小于 0 的数字，最多两位小数，例如 2.5。"),
    1: N_("%(label)s请填写不小于 0 的数字，最多一位小数，例如 98.5。"),
    0: N_("%(label)s请填写不小于 0 的整数。"),
}
Faults = dict[str, list[TrackerError | str]]


def field_name(part: str, measure: Measure) -> str:
    """The name of one number in a form: ``weight_late``."""
    return f"{part}_{measure}"


def typed_rule(rule: PointsRule) -> dict[str, str]:
    """A rule as the form shows it."""
    typed = {FULL: points_text(rule.full)}
    for measure in Measure:
        part = rule[measure]
        typed[field_name("weight", measure)] = points_text(part.weight)
        typed[field_name("target", measure)] = tenths_text(part.target)
        typed[field_name("step", measure)] = points_text(part.step)
    return typed


def read_rule(typed: Mapping[str, str]) -> PointsRule:
    """The rule as typed, by the names of the fields; of a measure worth nothing the rest may stay empty.

    Raises ``Invalid`` naming every number that is none, and then what does not fit together.
    """
    reader = _Reader(typed)
    full = reader.number(FULL, TrackerError(N_("满分")), 2)
    rule = PointsRule(full, {measure: reader.measure(measure) for measure in Measure})
    faults = reader.faults or faults_of(rule)
    if faults:
        raise Invalid(faults)
    return rule


class _Reader:
    """Numbers of one form; what is none is noted and read as 0."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self.faults: Faults = {}

    def number(self, name: str, label: TrackerError, places: int, *, needed: bool = True) -> int:
        text = unicodedata.normalize("NFKC", self._typed.get(name, "")).strip()
        if not text:
            if needed:
                self.faults[name] = [TrackerError(N_("请填写%(label)s，没有的填 0。"), label=label)]
            return 0
        found = _NUMBER.fullmatch(text)
        if found is None or len(found["part"] or "") > places:
            self.faults[name] = [TrackerError(_WANTED[places], label=label)]
            return 0
        return int(found["whole"] + (found["part"] or "").ljust(places, "0"))

    def measure(self, measure: Measure) -> MeasureRule:
        def part(name: str, places: int, *, needed: bool = True) -> int:
            return self.number(field_name(name, measure), _label(measure, name), places, needed=needed)

        weight = part("weight", 2)
        counts = UNIT_OF[measure] is Unit.CASES
        target = part("target", 0 if counts else 1, needed=weight > 0)
        return MeasureRule(weight, target * TENTHS if counts else target, part("step", 2, needed=weight > 0))


def _label(measure: Measure, part: str) -> TrackerError:
    return TrackerError(N_("“%(measure)s”的%(part)s"), measure=MEASURE_NAMES[measure], part=PART_NAMES[part])


def faults_of(rule: PointsRule) -> Faults:
    """What cannot be a rule, by the name of the field."""
    faults: Faults = {}
    if not POINT <= rule.full <= MOST_FULL:
        faults[FULL] = [N_("满分须在 1 到 1000 分之间。")]
    elif rule.weights != rule.full:
        faults[FULL] = [
            TrackerError(
                N_("各项分值合计 %(sum)s 分，应当等于满分 %(full)s 分，请调整分值或者满分。"),
                sum=points_text(rule.weights),
                full=points_text(rule.full),
            )
        ]
    for measure in rule.counted:
        _fault_target(measure, rule[measure], faults)
        _fault_step(measure, rule[measure], faults)
    return faults


def _fault_target(measure: Measure, rule: MeasureRule, faults: Faults) -> None:
    most, text = MOST_TARGET, N_("%(label)s须在 0 到 999 之间。")
    if UNIT_OF[measure] is Unit.PERCENT:
        most, text = ALL_PERCENT, N_("%(label)s须在 0 到 100 之间。")
    if not 0 <= rule.target <= most:
        faults[field_name("target", measure)] = [TrackerError(text, label=_label(measure, "target"))]


def _fault_step(measure: Measure, rule: MeasureRule, faults: Faults) -> None:
    if rule.step <= 0:
        text = N_("%(label)s须大于 0；这一项不计分的，分值填 0。")
    elif rule.step > rule.weight:
        text = N_("%(label)s不能多于这一项的分值；出现一件就扣完的，两处填同一个数。")
    else:
        return
    faults[field_name("step", measure)] = [TrackerError(text, label=_label(measure, "step"))]
