"""How much an earlier reply may help, and why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.resemblance import ORGAN, TEMPLATE, WORDS, pairs, resemblance

TEXTS = st.text(alphabet="养老机构检查记录低保名册二三年2024，。 ", max_size=30)


@given(TEXTS, TEXTS, st.booleans(), st.booleans())
def test_it_is_the_same_both_ways_round_and_within_its_bounds(
    one: str, other: str, organ: bool, template: bool
) -> None:
    there = resemblance(one, other, same_organ=organ, same_template=template)
    back = resemblance(other, one, same_organ=organ, same_template=template)
    assert there.points == back.points
    assert 0 <= there.words <= 100
    assert 0 <= there.points <= WORDS + ORGAN + TEMPLATE == 100


@given(TEXTS)
def test_a_description_is_wholly_like_itself(text: str) -> None:
    assert resemblance(text, text).words == (100 if pairs(text) else 0)


@given(TEXTS, TEXTS)
def test_what_is_said_to_be_shared_stands_in_both(one: str, other: str) -> None:
    for words in resemblance(one, other).shared:
        assert words in one
        assert pairs(words) <= pairs(other)


def test_the_reasons_can_be_read() -> None:
    alike = resemblance("某养老院2024年行政检查记录", "城东养老院行政检查记录", same_organ=True)
    said = [text % words for text, words in alike.reasons()]
    assert said == ["同一机关", "都有“行政检查记录”“养老院”"]


def test_years_and_what_every_request_says_are_no_precedent() -> None:
    assert resemblance("申请公开2024年信息", "相关2024政府信息").words == 0
