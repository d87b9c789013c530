"""Pages of a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.queries.paging import Page


def test_the_last_page_counts_its_rows() -> None:
    page = Page(rows=["a"] * 14, total=314, number=7, size=50)
    assert (page.pages, page.first, page.last) == (7, 301, 314)
    assert page.window == [1, None, 5, 6, 7]


def test_an_empty_list_has_one_page_without_rows() -> None:
    page: Page[str] = Page(rows=[], total=0, number=1, size=50)
    assert (page.pages, page.first, page.last, page.window) == (1, 0, 0, [1])


@given(st.integers(1, 5000), st.integers(1, 200), st.data())
def test_every_page_can_be_reached(total: int, size: int, data: st.DataObject) -> None:
    pages = -(-total // size)
    number = data.draw(st.integers(1, pages))
    window = Page(rows=[0], total=total, number=number, size=size).window
    assert window[0] == 1
    assert window[-1] == pages
    assert number in window
