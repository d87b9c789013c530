"""附件 are named with their pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.letter_attachments import attachment_line, without_pages


@pytest.mark.parametrize(
    ("filename", "pages", "line"),
    [
        ("资金发放汇总表.pdf", 3, "《资金发放汇总表》（3页）"),
        ("《汇总表》.docx", None, "《汇总表》"),
        ("会议纪要〔2025〕3号", 12, "《会议纪要〔2025〕3号》（12页）"),
    ],
)
def test_a_file_gives_its_line(filename: str, pages: int | None, line: str) -> None:
    assert attachment_line(filename, pages) == line


def test_what_does_not_say_its_pages_is_named() -> None:
    lines = ["《汇总表》（3页）", "", "  《请示》 ", "《图》共 2 页", "《空》（0页）"]
    assert without_pages(lines) == ("《请示》", "《空》（0页）")


@given(st.text(min_size=1, max_size=40), st.integers(1, 9999))
def test_a_counted_file_never_lacks_its_pages(filename: str, pages: int) -> None:
    assert not without_pages([attachment_line(filename, pages).replace("\n", " ")])
