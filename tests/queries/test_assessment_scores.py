"""Points and places of organs: by the figures of their cases, and places for the whole district alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case
from tests.people import Cast
from tests.queries.conftest import MONDAY
from tracker.domain.errors import NotFound
from tracker.domain.figures import Timeliness
from tracker.domain.points_rule import SHIPPED_RULE, Measure
from tracker.domain.reporting_period import ReportingPeriod
from tracker.queries.assessment import OrganFigures
from tracker.queries.assessment_scores import measured, read_organ_score, read_scores, score_organs

YEAR = ReportingPeriod(2026)
ANSWERED = date(2026, 9, 1)


def figures(organ_id: int, late: int = 0, answered: int = 10) -> OrganFigures:
    days = ((12, answered),) if answered else ()
    return OrganFigures(
        organ_id=organ_id,
        code=f"O{organ_id}",
        name=f"机关{organ_id}",
        answered=Timeliness(answered, answered - late, days),
        archived=answered,
        returned=0,
        lost=0,
        chased=0,
        chased_late=0,
    )


def answer(session: Session, organ_id: int, serial: int, *, on_time: bool, archived: bool) -> None:
    case = bare_case(session, organ_id, date(2026, 8, 3), serial)
    case.stopped_on, case.on_time, case.days_used = ANSWERED, on_time, 21 - on_time
    case.clock_state, case.stage = "stopped", "archived" if archived else "delivered"


@pytest.fixture
def answered(session: Session, cast: Cast) -> Cast:
    """区民政局 answered three, one late and one not archived; 区财政局 one, well."""
    ours, theirs = cast.organ_ids["MZJ"], cast.organ_ids["CZJ"]
    answer(session, ours, 1, on_time=True, archived=True)
    answer(session, ours, 2, on_time=True, archived=False)
    answer(session, ours, 3, on_time=False, archived=True)
    answer(session, theirs, 1, on_time=True, archived=True)
    session.commit()
    return cast


def test_best_first_ties_in_the_order_of_the_district_not_assessed_last() -> None:
    found = [figures(1, late=1), figures(2, answered=0), figures(3), figures(4), figures(5, late=2)]
    ranked = score_organs(found, SHIPPED_RULE, ranked=True)
    assert [(o.figures.organ_id, o.place) for o in ranked] == [(3, 1), (4, 1), (1, 3), (5, 4), (2, None)]
    assert ranked[-1].score is None
    assert [o.place for o in score_organs(found, SHIPPED_RULE, ranked=False)] == [None] * 5


def test_the_rate_is_the_one_shown_rounded_down() -> None:
    told = measured(figures(1, late=1, answered=3))
    assert told[Measure.ON_TIME_RATE] == 666
    assert (told[Measure.LATE], told[Measure.MEDIAN], told[Measure.UNARCHIVED]) == (10, 120, 0)
    nothing = measured(figures(1, answered=0))
    assert (nothing[Measure.ON_TIME_RATE], nothing[Measure.MEDIAN]) == (None, None)


def test_points_of_real_cases(session: Session, answered: Cast) -> None:
    found = read_scores(session, answered.supervisor, YEAR, MONDAY)
    assert found.ranked and found.version.shipped
    first, second = found.assessed
    assert (first.figures.code, first.place, first.total) == ("CZJ", 1, 9500)
    assert (second.figures.code, second.place) == ("MZJ", 2)
    off = {line.measure: line.off for line in second.score.lines} if second.score else {}
    assert off == {
        Measure.ON_TIME_RATE: 3000,
        Measure.LATE: 200,
        Measure.MEDIAN: 500,
        Measure.UNARCHIVED: 100,
        Measure.RETURNED: 0,
        Measure.LOST: 0,
        Measure.CHASED_LATE: 0,
    }
    assert {o.figures.code for o in found.organs if o.score is None} == {"HMJ", "BGS"}


def test_a_head_sees_the_own_organ_without_a_place(session: Session, answered: Cast) -> None:
    found = read_scores(session, answered.disclosure_head, YEAR, MONDAY)
    assert [(o.figures.code, o.place) for o in found.organs] == [("MZJ", None)]
    assert not found.ranked
    own = read_organ_score(session, answered.disclosure_head, "MZJ", YEAR, MONDAY)[1]
    assert own.total == 10000 - 3800
    for code in ("CZJ", "NONE"):
        with pytest.raises(NotFound):
            read_organ_score(session, answered.disclosure_head, code, YEAR, MONDAY)


def test_a_period_without_answers_assesses_nobody(session: Session, answered: Cast) -> None:
    found = read_scores(session, answered.supervisor, ReportingPeriod(2026, month=2), MONDAY)
    assert found.assessed == [] and len(found.organs) == 4
