"""收件登记簿: what may become of a piece, what is still owed, and what an answer must say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.mail_register import (
    ANSWERED_HERE,
    CHANNEL_OF,
    CHOOSABLE,
    MATTERS,
    MEDIUM_OF,
    Matter,
    Medium,
    PieceState,
    faults_of_answer,
    faults_of_sorting,
)
from tracker.domain.receipt import CHANNEL_RULES, ReceiptFacts, arrival_of
from tracker.domain.request_terms import Channel

DAY = date(2026, 11, 23)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
STATES = st.builds(PieceState, st.sampled_from(Matter), DAYS, DAYS, st.none() | st.integers(1, 9))


@pytest.mark.parametrize(
    ("matter", "article"),
    [(Matter.CORRECTION, "41"), (Matter.PROPOSAL, "44"), (Matter.COMPLAINT, "51"), (Matter.CASE, "29")],
)
def test_each_matter_rests_on_its_article(matter: Matter, article: str) -> None:
    assert MATTERS[matter].article == article


def test_only_requests_and_what_is_passed_on_have_no_answer_here() -> None:
    assert set(Matter) - ANSWERED_HERE == {Matter.UNDECIDED, Matter.CASE, Matter.MISDIRECTED}
    assert Matter.CASE not in CHOOSABLE


@given(STATES, st.sampled_from(Matter))
def test_what_is_done_stays_where_it_is_and_nothing_is_called_a_request(
    state: PieceState, to: Matter
) -> None:
    allowed = faults_of_sorting(state, to) is None
    assert allowed == (not state.done and to is not Matter.CASE)


@given(STATES)
def test_a_piece_is_done_by_the_act_of_its_own_matter_alone(state: PieceState) -> None:
    if state.matter is Matter.UNDECIDED:
        assert not state.done
    if state.matter in ANSWERED_HERE:
        assert state.done == (state.answered_on is not None)
    if state.matter is Matter.MISDIRECTED:
        assert state.done == (state.forwarded_on is not None)


@pytest.mark.parametrize(
    ("on", "fine"),
    [
        (DAY - timedelta(days=1), False),
        (DAY, True),
        (DAY + timedelta(days=2), True),
        (DAY + timedelta(days=3), False),
    ],
)
def test_an_answer_lies_between_the_arrival_and_today(on: date, fine: bool) -> None:
    state = PieceState(Matter.PROPOSAL)
    faults = faults_of_answer(state, "published", on, DAY, DAY + timedelta(days=2))
    assert (not faults) is fine


@given(
    st.sampled_from(sorted(ANSWERED_HERE)), st.sampled_from([r for m in MATTERS.values() for r in m.results])
)
def test_a_result_belongs_to_its_matter(matter: Matter, result: str) -> None:
    faults = faults_of_answer(PieceState(matter), result, DAY, DAY, DAY)
    assert ("result" in faults) == (result not in MATTERS[matter].results)


def test_every_way_of_coming_has_a_channel_and_every_channel_a_way() -> None:
    assert set(CHANNEL_OF) == set(Medium) and set(MEDIUM_OF) == set(Channel)


@pytest.mark.parametrize("channel", Channel)
def test_a_piece_is_numbered_from_the_day_that_decides_not_from_a_later_confirmation(
    channel: Channel,
) -> None:
    decisive = str(CHANNEL_RULES[channel].decisive)
    facts = ReceiptFacts(channel, confirmed_on=date(2027, 1, 4), **{decisive: date(2026, 12, 31)})
    assert arrival_of(facts, date(2027, 1, 4)) == date(2026, 12, 31)
    assert arrival_of(ReceiptFacts(channel), date(2027, 1, 4)) == date(2027, 1, 4)
