"""The document model: open slots, frozen text, hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import DOCUMENTS, SLOTS, composed
from tracker.domain.letter_document import BlockKind, LetterDocument, clean


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_document_survives_storage_with_the_same_hash(key: str) -> None:
    document = composed(key)
    again = LetterDocument.from_data(document.to_data())
    assert again == document
    assert again.digest() == document.digest()


def test_the_hash_binds_the_text_not_the_slots_it_will_get() -> None:
    document = composed("disclosed")
    assert "{number}" in document.text() and "{date}" in document.text() and "{seal}" in document.text()
    issued = document.fill(**SLOTS)
    assert issued.slots.filled and not document.slots.filled
    assert issued.digest() != document.digest()
    assert "{" not in issued.text()


def test_an_issued_text_cannot_be_filled_again() -> None:
    issued = composed("disclosed").fill(**SLOTS)
    with pytest.raises(ValueError):
        issued.fill(**SLOTS)


def test_free_paragraphs_can_be_reworded_and_fixed_ones_cannot() -> None:
    document = composed("disclosed")
    fixed = next(b for b in document.blocks if b.kind is BlockKind.FIXED)
    free = next(b for b in document.blocks if b.kind is BlockKind.FREE)
    edited = document.with_texts({fixed.key: "改写法条", free.key: "另行写明。"})
    assert "改写法条" not in edited.text()
    assert "另行写明。" in edited.text()
    assert edited.digest() != document.digest()


def test_applicants_cannot_write_slots() -> None:
    """Slots are places of the document, not words: a request that says {number} stays as it was typed."""
    issued = composed("petition", "{number} {date} {seal}").fill(**SLOTS)
    assert "{number} {date} {seal}" in issued.text()


@given(st.text())
def test_cleaning_keeps_what_can_be_read_and_is_stable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(c) < 32 and c != "\n" for c in once)


@pytest.mark.parametrize("name", ["𠮷野", "䶮", "㛃", "喆", "堃", "喆\U000e0100", "Ⅳ·é"])
def test_rare_characters_are_never_cleaned_away(name: str) -> None:
    assert clean(name, one_line=True) == name


def test_direction_marks_and_controls_are_dropped() -> None:
    assert clean("张\u202e三\x00\x1b[0m", one_line=True) == "张三[0m"
