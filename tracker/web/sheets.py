"""Excel sheets and other files as answers to a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TypeVar

from flask import Response, send_file

from tracker.adapters.table_writer import Cell, write_table
from tracker.domain.list_exports import ListTaken
from tracker.queries.paging import Page
from tracker.services.exports import record_export
from tracker.web.context import context
from tracker.web.list_state import ListState

Row = TypeVar("Row")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def sheet_response(
    taken: ListTaken,
    address: str,
    title: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str] = (),
) -> Response:
    """A list as a download named after its title, once it is on record who took it away and how many rows it has;
    ``address``: where the list is to be seen. Nothing of it is kept on this machine."""
    out = BytesIO()
    written = write_table(out, "Sheet1", title, heads, rows, notes)
    record_export(context(), taken, address, written)
    return download(out.getvalue(), f"{title}.xlsx", MEDIA_TYPE)


def whole_list(page: Callable[[int], Page[Row]]) -> Iterator[Row]:
    """The rows of every page of a list, one page in memory at a time."""
    first = page(1)
    yield from first.rows
    for number in range(2, first.pages + 1):
        yield from page(number).rows


def list_address(endpoint: str, state: ListState) -> str:
    """Where the same list is to be seen; without what was searched for, which may name a person."""
    return replace(state, endpoint=endpoint).url(q=None, page=state.get("page") or None)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep, never shown within our pages and never stored on the way."""
    response = send_file(
        BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
