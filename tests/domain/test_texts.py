"""Pasted texts and numbers of postal pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.mail_numbers import looks_like_mail_number, normalise_mail_number
from tracker.domain.texts import clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  第一行\r\n第二行\r  ", "第一行\n第二行"),
        ("王\x00晓\x1b敏", "王晓敏"),
        ("\u202efdp.exe\u202c", "fdp.exe"),
        ("=SUM(A1)+<b>", "=SUM(A1)+<b>"),
        ("𠮷\U00031350\ue000", "𠮷\U00031350\ue000"),
        (None, ""),
    ],
)
def test_texts_lose_control_signs_and_nothing_else(typed: str | None, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line(" 台州市\n椒江区\t 海门 街道 ") == "台州市 椒江区 海门 街道"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)
    clean_text(text).encode()


@pytest.mark.parametrize("number", ["XA12345678533", "xa 1234 5678 533", "EE123456785CN", "1234567890123"])
def test_numbers_as_the_post_gives_them(number: str) -> None:
    assert looks_like_mail_number(number)


@pytest.mark.parametrize("number", ["", "123", "XA1234", "12345678901234", "邮1234567890123"])
def test_odd_numbers(number: str) -> None:
    assert not looks_like_mail_number(number)


def test_a_number_is_kept_without_blanks() -> None:
    assert normalise_mail_number(" xa-1234 5678 533 ") == "XA12345678533"
