"""GB 11643 and GB 32100, cross-checked with an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from tracker.domain.identity_numbers import (
    NumberCheck,
    check_credit_code,
    check_resident_number,
    normalise_number,
)

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("331002190709268208", NumberCheck.OK),
        ("33100219010306346X", NumberCheck.OK),
        ("33100219010306346x", NumberCheck.OK),
        ("３３１００２１９０１０３０６３４６Ｘ", NumberCheck.OK),
        ("331002 19070926 8208", NumberCheck.OK),
        ("331002190001011234", NumberCheck.WRONG_CHECK_DIGIT),
        ("33100219070926820", NumberCheck.WRONG_SHAPE),
        ("33100219070926820XX", NumberCheck.WRONG_SHAPE),
        ("", NumberCheck.WRONG_SHAPE),
        ("身份证号码不详", NumberCheck.WRONG_SHAPE),
    ],
)
def test_resident_number(number: str, verdict: NumberCheck) -> None:
    assert check_resident_number(number) is verdict


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("91331002MA0B3KPHU5", NumberCheck.OK),
        ("91331002ma0b3kphu5", NumberCheck.OK),
        ("91331002MA0B3KPHU6", NumberCheck.WRONG_CHECK_DIGIT),
        ("91331002MA0B3KPIU5", NumberCheck.WRONG_SHAPE),
        ("9133100", NumberCheck.WRONG_SHAPE),
    ],
)
def test_credit_code(number: str, verdict: NumberCheck) -> None:
    assert check_credit_code(number) is verdict


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_exactly_one_check_digit_fits_a_resident_number(stem: str) -> None:
    fitting = [c for c in "0123456789X" if check_resident_number(stem + c) is NumberCheck.OK]
    assert fitting == [ric.calc_check_digit(stem + "0")]


@given(
    st.text(alphabet="0123456789", min_size=8, max_size=8), st.text(CREDIT_ALPHABET, min_size=9, max_size=9)
)
def test_exactly_one_check_character_fits_a_credit_code(head: str, tail: str) -> None:
    fitting = [c for c in CREDIT_ALPHABET if check_credit_code(head + tail + c) is NumberCheck.OK]
    assert fitting == [uscc.calc_check_digit(head + tail + "0")]


@given(st.text())
def test_any_text_gets_a_verdict(text: str) -> None:
    assert check_resident_number(text) in NumberCheck
    assert check_credit_code(text) in NumberCheck
    assert normalise_number(normalise_number(text)) == normalise_number(text)
