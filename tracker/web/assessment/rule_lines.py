"""Versions of the rule in words, and what another rule would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.points_rule import MEASURE_NAMES, PointsRule, points_text, rule_text
from tracker.domain.points_versions import RuleSpan, RuleVersion
from tracker.queries.assessment import OrganFigures
from tracker.queries.assessment_scores import OrganScore, score_organs
from tracker.web.i18n import NONE_SIGN, plain_day, spell, tell


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure of a rule."""

    name: str
    weight: str
    rule: str


def measure_lines(rule: PointsRule) -> list[MeasureLine]:
    """The measures that count."""
    return [
        MeasureLine(tell(MEASURE_NAMES[m]), points_text(rule[m].weight), spell(rule_text(m, rule[m])))
        for m in rule.counted
    ]


@dataclass(frozen=True, slots=True)
class SpanLine:
    """One version in the list of versions."""

    number: int
    url: str
    days: str
    in_force: bool
    version: RuleVersion


def span_line(span: RuleSpan, current: RuleVersion) -> SpanLine:
    """A version with the days on which it is in force."""
    number = span.version.number
    return SpanLine(
        number=number,
        url=url_for("assessment.rule", rule_number=number),
        days=_days(span),
        in_force=number == current.number,
        version=span.version,
    )


def _days(span: RuleSpan) -> str:
    begins = span.version.in_force_from
    if span.never:
        return _("没有施行，同日起由更新的版本代替")
    if begins is None:
        return _("至%(last)s", last=plain_day(span.until)) if span.until else _("一直施行")
    if span.until is None:
        return _("%(first)s起", first=plain_day(begins))
    return _("%(first)s至%(last)s", first=plain_day(begins), last=plain_day(span.until))


@dataclass(frozen=True, slots=True)
class Compared:
    """One organ under the rule of the period and under the one that is tried."""

    name: str
    total: str
    place: str
    new_total: str
    new_place: str
    change: str


def compare(found: Sequence[OrganFigures], now: PointsRule, tried: PointsRule) -> list[Compared]:
    """The organs that are assessed, in the order the tried rule would give."""
    before = {each.figures.organ_id: each for each in score_organs(found, now, ranked=True)}
    return [
        _compared(before[each.figures.organ_id], each)
        for each in score_organs(found, tried, ranked=True)
        if each.score
    ]


def _compared(old: OrganScore, new: OrganScore) -> Compared:
    was, will = old.total or 0, new.total or 0
    sign = "+" if will > was else ""
    return Compared(
        name=new.figures.name,
        total=points_text(was),
        place=str(old.place),
        new_total=points_text(will),
        new_place=str(new.place),
        change=f"{sign}{points_text(will - was)}" if will != was else NONE_SIGN,
    )
