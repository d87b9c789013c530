"""考核得分 and 排名: the figures of a period under the 计分规则 that is in force when the period ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.figures import percent_tenths
from tracker.domain.points import Figures, Score, places, score
from tracker.domain.points_rule import TENTHS, Measure, PointsRule
from tracker.domain.points_versions import RuleVersion, in_force_on
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.vocabulary import N_
from tracker.queries.assessment import OrganFigures, read_assessment
from tracker.queries.points_rules import list_rule_versions


@dataclass(frozen=True, slots=True)
class OrganScore:
    """One organ with its points and place. ``score`` is None where it is not assessed, ``place`` also where the person
    does not see the whole district."""

    figures: OrganFigures
    score: Score | None
    place: int | None

    @property
    def total(self) -> int | None:
        """得分 in hundredths of a point."""
        return self.score.total if self.score else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """All organs of a period, the best first, those not assessed last; ``ranked``: whether places are given."""

    period: ReportingPeriod
    version: RuleVersion
    organs: Sequence[OrganScore]
    ranked: bool

    @property
    def assessed(self) -> Sequence[OrganScore]:
        """The organs that have points."""
        return [each for each in self.organs if each.score]


def read_scores(session: Session, actor: Actor, period: ReportingPeriod, today: date) -> Assessment:
    """The assessment of the organs the person watches. Places are for those who read the whole district: among some of
    its organs they would say nothing."""
    found = read_assessment(session, actor, period, today)
    version = in_force_on(list_rule_versions(session), period.last_on)
    ranked = actor.reads_whole_district
    return Assessment(period, version, score_organs(found, version.rule, ranked=ranked), ranked)


def read_organ_score(
    session: Session, actor: Actor, organ_code: str, period: ReportingPeriod, today: date
) -> tuple[Assessment, OrganScore]:
    """One organ within the assessment. Raises ``NotFound`` for one the person does not watch."""
    assessment = read_scores(session, actor, period, today)
    for each in assessment.organs:
        if each.figures.code == organ_code:
            return assessment, each
    raise NotFound(N_("没有找到这个机关的考核，或者它不属于您所在的机关。"))


def score_organs(found: Sequence[OrganFigures], rule: PointsRule, *, ranked: bool) -> list[OrganScore]:
    """Every organ under a rule, in the order of the places; within a place in the order of the district."""
    scores = [score(rule, measured(each)) if each.assessed else None for each in found]
    given = places([s.total if s else None for s in scores])
    organs = [
        OrganScore(each, s, place if ranked else None)
        for each, s, place in zip(found, scores, given, strict=True)
    ]
    return sorted(organs, key=lambda o: -1 if o.total is None else o.total, reverse=True)


def measured(found: OrganFigures) -> Figures:
    """The figures a rule speaks of, in tenths; the rate rounded down as it is shown everywhere."""
    told = found.answered
    return {
        Measure.ON_TIME_RATE: None if told.rate is None else percent_tenths(told.rate),
        Measure.LATE: told.late * TENTHS,
        Measure.MEDIAN: None if told.median is None else int(told.median * TENTHS),
        Measure.NINETIETH: None if told.ninetieth is None else told.ninetieth * TENTHS,
        Measure.UNARCHIVED: found.unarchived * TENTHS,
        Measure.RETURNED: found.returned * TENTHS,
        Measure.LOST: found.lost * TENTHS,
        Measure.CHASED_LATE: found.chased_late * TENTHS,
    }
