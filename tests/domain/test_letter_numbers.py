"""发文登记: no number is lost from sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.letter_numbers import ranges, series_of
from tracker.domain.numbering import document_number

SERIALS = st.sets(st.integers(1, 60))


@given(SERIALS, st.integers(0, 70))
def test_every_serial_up_to_the_last_is_borne_or_named_as_missing(borne: set[int], drawn: int) -> None:
    found = series_of([document_number("椒民公开", 2026, n) for n in borne], drawn)
    assert found.last == max(drawn, *borne, 0)
    assert set(found.missing) == set(range(1, found.last + 1)) - borne


def test_a_number_of_another_form_counts_for_none() -> None:
    assert series_of(["〔2021〕依复135号"], 1).missing == (1,)


@given(SERIALS)
def test_stretches_hold_exactly_the_numbers(numbers: set[int]) -> None:
    found = ranges(sorted(numbers))
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(numbers)
    assert all(after[0] > before[1] + 1 for before, after in zip(found, found[1:], strict=False))
