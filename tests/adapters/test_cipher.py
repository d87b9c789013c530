"""Personal data opens only with its key, and equal values meet only under the same key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters.cipher import AesCipher, DataUnreadable

OURS, THEIRS = AesCipher("k" * 32), AesCipher("x" * 32)


@given(st.text())
def test_what_is_sealed_opens_again_and_never_looks_the_same(text: str) -> None:
    first, second = OURS.seal(text), OURS.seal(text)
    assert OURS.open(first) == OURS.open(second) == text
    assert first != second
    assert text.encode() not in first or len(text) < 4


@given(st.text(min_size=1), st.data())
def test_altered_bytes_do_not_open(text: str, data: st.DataObject) -> None:
    sealed = bytearray(OURS.seal(text))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1
    with pytest.raises(DataUnreadable):
        OURS.open(bytes(sealed))


def test_a_foreign_key_opens_nothing() -> None:
    with pytest.raises(DataUnreadable):
        THEIRS.open(OURS.seal("331002190709268208"))


def test_fingerprints_are_keyed() -> None:
    assert OURS.fingerprint("13805761659") == OURS.fingerprint("13805761659")
    assert OURS.fingerprint("13805761659") != OURS.fingerprint("13805761658")
    assert OURS.fingerprint("13805761659") != THEIRS.fingerprint("13805761659")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        AesCipher("short")
