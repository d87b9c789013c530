"""审查要点: what applies by outcome, what may be answered, and what a machine sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR
from tracker.domain.dispositions import Disposition, Need
from tracker.domain.legal_basis import article_words
from tracker.domain.review_checklist import (
    POINT_OF,
    POINTS,
    Answer,
    Point,
    ReviewFacts,
    Sight,
    findings,
    not_met,
    points_for,
    unanswered,
)

ALWAYS = {Point.SUBJECT, Point.RECEIPT_DATE, Point.GROUND, Point.REMEDY, Point.TIME}
TODAY = date(2026, 11, 23)
FACTS = ReviewFacts(
    text="张三：本机关已于2026年11月9日收到……根据第三十六条第二项、第四十条……可以申请行政复议。",
    addressee="张三",
    applicant="张三",
    items=1,
    answered=1,
    received_on=date(2026, 11, 9),
    templates=("disclosed",),
    remedies=("可以申请行政复议。",),
    held=frozenset({Need.SECRECY_REVIEW}),
    due_on=date(2026, 12, 7),
    provisional=False,
    today=TODAY,
)


def sight(point: Point, **changes: object) -> Sight:
    return findings(replace(FACTS, **changes), CALENDAR)[point].sight  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "more"),
    [
        (Disposition.DISCLOSED, {Point.THIRD_PARTY}),
        (Disposition.PARTLY_DISCLOSED, {Point.THIRD_PARTY, Point.SEVERABILITY}),
        (Disposition.REFUSED_THIRD_PARTY, {Point.THIRD_PARTY, Point.SEVERABILITY}),
        (Disposition.REFUSED_INTERNAL, {Point.SEVERABILITY}),
        (Disposition.REFUSED_ENQUIRY, set()),
        (Disposition.NOT_HELD, set()),
        (Disposition.PETITION, set()),
    ],
)
def test_points_follow_the_outcome(outcome: Disposition, more: set[Point]) -> None:
    assert {p.point for p in points_for([outcome])} == ALWAYS | more


@given(st.sets(st.sampled_from(list(Disposition)), min_size=1))
def test_several_outcomes_ask_what_each_asks(outcomes: set[Disposition]) -> None:
    alone = {p.point for outcome in outcomes for p in points_for([outcome])}
    assert {p.point for p in points_for(outcomes)} == alone


@given(st.dictionaries(st.sampled_from(list(Point)), st.sampled_from([*Answer, "", "nonsense"])))
def test_an_answer_counts_only_where_it_can_be_given(answers: dict[str, str]) -> None:
    open_points = unanswered(POINTS, answers)
    for p in POINTS:
        given_ = answers.get(p.point, "")
        assert (p in open_points) == (given_ not in set(p.answers))
        assert (p in not_met(POINTS, answers)) == (given_ == Answer.NOT_MET)


def test_what_always_concerns_cannot_be_waved_away() -> None:
    assert Answer.NOT_CONCERNED not in POINT_OF[Point.REMEDY].answers
    assert Answer.NOT_CONCERNED in POINT_OF[Point.SEVERABILITY].answers


@pytest.mark.parametrize("point", POINTS)
def test_every_point_names_its_articles(point: object) -> None:
    assert POINT_OF[point.point] is point  # type: ignore[attr-defined]
    assert point.articles()  # type: ignore[attr-defined]


def test_a_sound_reply_agrees_in_every_point_a_machine_can_see() -> None:
    seen = findings(FACTS, CALENDAR)
    assert {p for p, f in seen.items() if f.sight is not Sight.AGREES} == {Point.THIRD_PARTY}
    assert seen[Point.THIRD_PARTY].sight is Sight.UNTOLD
    assert article_words("36(2)") in seen[Point.GROUND].params["articles"]


def test_what_differs_is_seen() -> None:
    assert sight(Point.SUBJECT, addressee="李四") is Sight.DIFFERS
    assert sight(Point.SUBJECT, applicant="") is Sight.DIFFERS
    assert sight(Point.SUBJECT, items=2) is Sight.DIFFERS
    assert sight(Point.RECEIPT_DATE, received_on=date(2026, 11, 10)) is Sight.DIFFERS
    assert sight(Point.GROUND, held=frozenset()) is Sight.DIFFERS
    assert sight(Point.GROUND, templates=("already_public",)) is Sight.DIFFERS
    assert sight(Point.REMEDY, remedies=("应当先申请行政复议。",)) is Sight.DIFFERS
    assert sight(Point.REMEDY, remedies=()) is Sight.DIFFERS
    refused = {"templates": ("refused_third_party",)}
    assert sight(Point.THIRD_PARTY, **refused) is Sight.DIFFERS
    asked = frozenset({Need.THIRD_PARTY_CONSULTATION})
    assert sight(Point.THIRD_PARTY, held=asked, **refused) is Sight.AGREES
    assert sight(Point.SEVERABILITY, templates=("refused_internal",)) is Sight.UNTOLD
    assert sight(Point.SEVERABILITY, templates=("partly_disclosed",)) is Sight.AGREES


@pytest.mark.parametrize(
    ("due", "provisional", "seen"),
    [
        (TODAY - timedelta(days=1), False, Sight.DIFFERS),
        (TODAY, False, Sight.AGREES),
        (TODAY + timedelta(days=1), True, Sight.UNTOLD),
        (None, False, Sight.UNTOLD),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_not(
    due: date | None, provisional: bool, seen: Sight
) -> None:
    assert sight(Point.TIME, due_on=due, provisional=provisional) is seen
