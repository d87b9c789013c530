"""What is masked cannot be read back; what is public stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.masking import mask_address, mask_email, mask_name, mask_number, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王敏", "王＊"), ("王晓敏", "王＊敏"), ("欧阳晓敏", "欧阳＊敏"), ("尼格买提江", "尼＊＊＊江")],
)
def test_names_of_citizens(name: str, masked: str) -> None:
    assert mask_name(name, "citizen") == masked


def test_names_of_organisations_are_public() -> None:
    assert mask_name("台州某某科技有限公司", "legal_person") == "台州某某科技有限公司"


@given(st.from_regex(r"\d{17}[\dX]", fullmatch=True))
def test_ten_figures_of_an_identity_number_are_hidden(number: str) -> None:
    assert mask_number(number) == number[:4] + "*" * 10 + number[-4:]


def test_phones_addresses_and_mail() -> None:
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("88201") == "***01"
    assert mask_address("台州市椒江区葭沚街道星明村1号") == "台州市椒江区******"
    assert mask_email("wang@example.cn") == "w***@example.cn"


@given(st.text(min_size=3, max_size=30))
def test_no_mask_shows_everything(text: str) -> None:
    assert mask_name(text, "citizen") != text or "＊" in text
    assert mask_number(text) != text or "*" in text
    assert mask_phone(text) != text or "*" in text
