"""Forms of the office's numbers (GB/T 9704-2012, DA/T 22-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.numbering import (
    ArchiveParts,
    archive_number,
    archive_series,
    case_number,
    document_number,
    parse_document_number,
)


@given(
    st.sampled_from(["椒政公开", "椒民公开补", "大陈公开"]), st.integers(1900, 2999), st.integers(1, 99999)
)
def test_a_document_number_reads_back(prefix: str, year: int, serial: int) -> None:
    assert parse_document_number(document_number(prefix, year, serial)) == (prefix, year, serial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "椒政公开[2026]1号",
        "椒政公开〔2026〕01号",
        "椒政公开〔26〕1号",
        "〔2026〕1号",
        "椒政公开〔2026〕第1号",
    ],
)
def test_other_forms_are_not_taken_for_numbers(text: str) -> None:
    assert parse_document_number(text) is None


def test_forms() -> None:
    assert case_number("椒政公开", 2026, 12) == "椒政公开受〔2026〕12号"
    assert archive_number(ArchiveParts("Z109", "BGS"), 2026, "D30", 1) == "Z109-WS·2026-D30-BGS-0001"


def test_the_parts_of_an_archive_number_are_the_organs() -> None:
    plain = ArchiveParts("Z109", "", "XX", 3)
    assert archive_number(plain, 2026, "Y", 12) == "Z109-XX·2026-Y-012"
    assert archive_number(plain, 2026, "Y", 12345) == "Z109-XX·2026-Y-12345"
    assert archive_series(plain, "Y") == "archive:XX:Y:"
    assert archive_series(ArchiveParts("Z109", "BGS"), "D30") == "archive:D30:BGS"
