"""A model reply names nobody: neither who is known, nor what looks like a number of a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import composed
from tracker.domain.deidentified import BLANK, deidentify, reply_text, still_named

NAMES = st.lists(st.text("张王李欧阳小明敏台州公司", min_size=1, max_size=5), max_size=6)
TEXTS = st.text("张王李欧阳小明敏台州公司的申请已收到。", max_size=60)


@given(TEXTS, NAMES)
def test_nobody_known_is_left(text: str, names: list[str]) -> None:
    assert still_named(deidentify(text, names), names) == ()


@given(TEXTS, NAMES)
def test_a_second_pass_changes_nothing(text: str, names: list[str]) -> None:
    once = deidentify(text, names)
    assert deidentify(once, names) == once


def test_longer_names_go_first_and_single_characters_stay() -> None:
    assert deidentify("张三丰和张三、张", ["张三", "张三丰", "张", " "]) == f"{BLANK}和{BLANK}、张"


@pytest.mark.parametrize(
    "private",
    ["331002199001010012", "33100219900101001X", "13812345678", "0576-88886666", "wang.min@example.cn"],
)
def test_what_looks_like_a_number_of_a_person_goes(private: str) -> None:
    assert deidentify(f"电话（{private}），请联系", []) == f"电话（{BLANK}），请联系"


def test_doors_go_and_numbers_of_documents_stay() -> None:
    assert deidentify("海门街道解放路88号3幢201室", []) == f"海门街道解放路{BLANK}号{BLANK}幢{BLANK}室"
    for official in ("椒民公开〔2026〕12号", "国令第711号", "国办函〔2020〕109号", "2026年2月3日收到3份"):
        assert deidentify(official, []) == official


def test_a_reply_is_told_without_addressee_number_and_contact() -> None:
    document = composed("disclosed")
    text = reply_text(document, [document.addressee])
    assert text and document.addressee not in text
    assert not {document.organ, *document.contact, "{number}", "{date}"} & set(text.split("\n"))
