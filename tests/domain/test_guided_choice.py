"""怎样答复: every way through the questions ends, and the ends are those of the annual table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dispositions import REFUSALS, ROW_OF, VARIANT_OF, Disposition, Need
from tracker.domain.guided_choice import QUESTIONS, SEVERABLE, STARTS, Outcome, Pending, Question, walk, ways
from tracker.domain.workflow import RULE_OF, Action

OPEN = ("yes", "yes", "yes", "yes", "no", "no")
"""Clear, a request, ours, held, not public yet, not asked before."""
LAPSES = {Disposition.LAPSED_UNCORRECTED, Disposition.LAPSED_UNPAID}


def outcome(*answers: str) -> Outcome:
    end = walk(answers).at
    assert isinstance(end, Outcome)
    return end


@pytest.mark.parametrize(
    ("answers", "template"),
    [
        (("still",), "still_unclear"),
        (("yes", "petition"), "petition"),
        (("yes", "publication"), "publication"),
        (("yes", "confirmation"), "confirmation"),
        (("yes", "enquiry"), "other_outcome"),
        (("yes", "yes", "other"), "not_ours"),
        (("yes", "yes", "registry"), "refused_enquiry"),
        (("yes", "yes", "yes", "none"), "not_existing"),
        (("yes", "yes", "yes", "creation"), "needs_creation"),
        (("yes", "yes", "yes", "yes", "yes"), "already_public"),
        (("yes", "yes", "yes", "yes", "no", "same"), "repeated"),
        (("yes", "yes", "yes", "yes", "no", "many"), "excessive"),
        ((*OPEN, "secret", "whole"), "refused_state_secret"),
        ((*OPEN, "no", "harmed", "whole"), "refused_third_party"),
        ((*OPEN, "no", "no", "yes", "whole"), "refused_internal"),
        ((*OPEN, "no", "no", "no", "yes", "whole"), "refused_process"),
        ((*OPEN, "no", "no", "no", "no", "yes", "whole"), "refused_enforcement_file"),
        ((*OPEN, "no", "no", "no", "no", "no"), "disclosed"),
        ((*OPEN, "no", "agreed", "no", "no", "no"), "disclosed"),
        ((*OPEN, "no", "interest", "no", "no", "no"), "disclosed"),
    ],
)
def test_answers_lead_to_the_letter(answers: tuple[str, ...], template: str) -> None:
    assert outcome(*answers) == Outcome(template)


@pytest.mark.parametrize(
    ("answers", "action"),
    [
        (("not_asked",), Action.REQUEST_CORRECTION),
        (("silent",), Action.ABANDON),
        (("yes", "yes", "yes", "unsearched"), Action.RECORD_SEARCH),
        (("yes", "yes", "yes", "yes", "no", "ask"), Action.REQUEST_JUSTIFICATION),
        ((*OPEN, "unreviewed"), Action.REVIEW_SECRECY),
        ((*OPEN, "no", "unasked"), Action.CONSULT),
    ],
)
def test_what_must_be_done_first_is_named_and_no_outcome(answers: tuple[str, ...], action: Action) -> None:
    end = walk(answers).at
    assert isinstance(end, Pending)
    assert (end.action, action in RULE_OF) == (action, True)


def test_art_37_what_can_be_severed_is_disclosed_in_part_under_the_ground_found() -> None:
    end = outcome(*OPEN, "no", "harmed", "part")
    assert end == Outcome("partly_disclosed", "refused_third_party")
    assert end.needs == {Need.SECRECY_REVIEW, Need.THIRD_PARTY_CONSULTATION}


def test_every_outcome_a_drafted_reply_may_tell_is_reached_and_each_ground_whole_and_in_part() -> None:
    ends = {way.at for way in ways() if isinstance(way.at, Outcome)}
    told = {end.template for end in ends}
    assert told == {v.template for v in VARIANT_OF.values() if not is_lapse(v.template)}
    grounds = {v.template for row in REFUSALS for v in row.variants}
    assert {end.refused_under for end in ends} == {"", *grounds}
    assert {end.template for end in ends if not end.refused_under} >= grounds


def is_lapse(template: str) -> bool:
    return any(template == v.template for code in LAPSES for v in ROW_OF[code].variants)


def test_no_question_is_asked_twice_and_the_order_is_that_of_the_law() -> None:
    order = [question.key for question in QUESTIONS]
    for way in ways():
        asked = [order.index(step.question.key) for step in way.steps]
        assert asked == sorted(set(asked))


@given(st.sampled_from(STARTS), st.data())
def test_from_wherever_one_begins_each_answer_goes_on_or_ends(start: Question, data: st.DataObject) -> None:
    answers: tuple[str, ...] = ()
    way = walk(answers, start.key)
    assert list(way.skipped) == list(QUESTIONS[: QUESTIONS.index(start)])
    while isinstance(way.at, Question):
        answers = (*answers, data.draw(st.sampled_from(way.at.answers)).key)
        way = walk(answers, start.key)
        assert way.answers == answers
    with pytest.raises(ValueError, match="after the end"):
        walk((*answers, "yes"), start.key)


@pytest.mark.parametrize("start", [SEVERABLE, "nothing", ""])
def test_art_37_is_asked_about_a_ground_only_and_an_unknown_start_is_none(start: str) -> None:
    with pytest.raises(ValueError, match="begin"):
        walk((), start)


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not answered"):
        walk(("maybe",))
