"""计分规则: decided on by the district's office, a version for good; what has ended keeps the rule of its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.errors import Conflict, Forbidden, Invalid
from tracker.domain.points_rule import POINT, SHIPPED_RULE, Measure, MeasureRule, PointsRule
from tracker.domain.points_versions import in_force_on
from tracker.domain.reporting_period import ReportingPeriod
from tracker.models import PointsRule as StoredRule
from tracker.queries.assessment_scores import read_scores
from tracker.queries.points_rules import list_rule_versions
from tracker.services.context import Context
from tracker.services.points_rules import NewRule, set_rule

TODAY = date(2026, 9, 10)
STRICT = PointsRule(
    100 * POINT,
    dict(SHIPPED_RULE.measures) | {Measure.LATE: MeasureRule(10 * POINT, 0, 10 * POINT)},
)
WANTED = NewRule(STRICT, TODAY, "逾期一件扣完")


@pytest.fixture
def office(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.supervisor, TODAY)


def test_a_version_is_read_back_with_who_when_and_why(office: Context, session: Session) -> None:
    assert set_rule(office, WANTED, expected_number=1) == 2
    session.rollback()
    [kept] = list_rule_versions(session)
    assert (kept.number, kept.rule.digest(), kept.in_force_from) == (2, STRICT.digest(), TODAY)
    assert (kept.reason, kept.made_by, kept.made_at) == ("逾期一件扣完", "沈督查", office.now)


def test_a_period_is_scored_by_the_rule_of_its_last_day(
    office: Context, cast: Cast, session: Session
) -> None:
    set_rule(office, replace(WANTED, in_force_from=date(2026, 10, 1)), expected_number=1)
    numbers = {
        str(period): read_scores(session, cast.supervisor, period, TODAY).version.number
        for period in (
            ReportingPeriod(2026, month=9),
            ReportingPeriod(2026, quarter=3),
            ReportingPeriod(2026, month=10),
            ReportingPeriod(2026),
            ReportingPeriod(2025),
        )
    }
    assert numbers == {"2026-09": 1, "2026-Q3": 1, "2026-10": 2, "2026": 2, "2025": 1}


def test_the_next_version_follows_and_the_old_one_stays(office: Context, session: Session) -> None:
    set_rule(office, WANTED, expected_number=1)
    back = NewRule(SHIPPED_RULE, TODAY, "改回")
    assert set_rule(office, back, expected_number=2) == 3
    session.rollback()
    versions = list_rule_versions(session)
    assert [v.number for v in versions] == [2, 3]
    assert in_force_on(versions, TODAY).rule.digest() == SHIPPED_RULE.digest()


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (replace(WANTED, reason="  "), "reason"),
        (replace(WANTED, in_force_from=date(2026, 9, 9)), "in_force_from"),
        (replace(WANTED, rule=SHIPPED_RULE), "full"),
        (replace(WANTED, rule=PointsRule(90 * POINT, STRICT.measures)), "full"),
    ],
)
def test_what_cannot_be_changes_nothing(
    office: Context, session: Session, wanted: NewRule, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        set_rule(office, wanted, expected_number=1)
    assert list(caught.value.fields) == [field]
    assert session.scalar(select(func.count()).select_from(StoredRule)) == 0


def test_two_people_meet_as_a_conflict(office: Context) -> None:
    set_rule(office, WANTED, expected_number=1)
    softer = PointsRule(STRICT.full, dict(STRICT.measures) | {Measure.LATE: MeasureRule(1000, 0, 500)})
    with pytest.raises(Conflict):
        set_rule(office, replace(WANTED, rule=softer), expected_number=1)


@pytest.mark.parametrize("part", ["disclosure_head", "approver", "administrator", "auditor", "clerk"])
def test_nobody_else_decides(cast: Cast, ctx_for: ContextFor, part: str) -> None:
    with pytest.raises(Forbidden):
        set_rule(ctx_for(cast.actors[part], TODAY), WANTED, expected_number=1)
