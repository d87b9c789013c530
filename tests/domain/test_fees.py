"""信息处理费: the tariff of 国办函〔2020〕109号, with amounts that organs really charged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.fees import FeeBasis, fee

ITEM, PAGE = FeeBasis.ITEM, FeeBasis.PAGE


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0), (30, 0), (31, 10), (44, 140), (57, 270), (68, 380), (72, 420), (100, 700), (101, 720),
        (109, 880), (119, 1080), (200, 2700), (201, 2740), (250, 4700),
    ],
)  # fmt: skip
def test_by_page(pages: int, yuan: int) -> None:
    assert fee(PAGE, pages) == yuan


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (0, 0),
        (10, 0),
        (11, 100),
        (30, 2000),
        (31, 2200),
        (40, 4000),
        (41, 4300),
        (45, 5500),
        (50, 7000),
        (51, 7400),
    ],
)
def test_by_item(items: int, yuan: int) -> None:
    assert fee(ITEM, items) == yuan


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_month_costs_the_same_however_it_is_divided(earlier: int, now: int) -> None:
    assert fee(ITEM, earlier) + fee(ITEM, now, earlier=earlier) == fee(ITEM, earlier + now)


@given(st.sampled_from(FeeBasis), st.integers(0, 2000))
def test_one_more_never_costs_less(basis: FeeBasis, quantity: int) -> None:
    assert fee(basis, quantity + 1) >= fee(basis, quantity) >= 0


def test_negative_numbers_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError):
        fee(ITEM, -1)
    with pytest.raises(ValueError):
        fee(ITEM, 1, earlier=-1)
