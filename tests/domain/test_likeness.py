"""How alike two requests are: bounded, symmetric, and blind to the words every request has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.likeness import ALIKE, NEARLY_THE_SAME, core_words, likeness, sketch_words

TEXTS = st.text(st.sampled_from("征地补偿安置方案道路规划许可环境影响评价报告书年度政府村"), max_size=60)
ASKED = "葭沚街道星光村2023年度征地补偿安置方案及补偿款发放明细表"


@given(TEXTS, TEXTS)
def test_likeness_is_bounded_and_the_same_from_both_sides(one: str, other: str) -> None:
    mine, theirs = core_words(one), core_words(other)
    found, turned = likeness(mine, theirs), likeness(theirs, mine)
    assert 0 <= found.jaccard <= 1 and 0 <= found.score <= 1
    assert (found.jaccard, found.score) == (turned.jaccard, turned.score)


@given(TEXTS)
def test_a_text_is_wholly_like_itself_and_has_the_same_sketch(text: str) -> None:
    mine = core_words(text)
    assert likeness(mine, mine).score == (1 if mine else 0)
    assert sketch_words(text) == sketch_words(text) and len(sketch_words(text)) == (16 if mine else 0)


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (f"本人申请公开贵局{ASKED}的相关信息", NEARLY_THE_SAME, 1),
        (f"{ASKED}，请提供复印件", NEARLY_THE_SAME, 1),
        ("葭沚街道星光村2023年度征地补偿安置方案", NEARLY_THE_SAME, 0.95),
        ("海门街道2021年度环境影响评价报告书", 0, ALIKE),
        ("", 0, 0),
    ],
)
def test_the_score_follows_what_is_asked_for(other: str, least: float, most: float) -> None:
    assert least <= likeness(core_words(ASKED), core_words(other)).score <= most


def test_nearly_identical_requests_share_a_word_of_the_sketch() -> None:
    assert set(sketch_words(ASKED)) & set(sketch_words(f"请求公开：{ASKED}。"))
    assert not set(sketch_words(ASKED)) & set(sketch_words("殡葬服务收费标准及其制定依据"))
