"""Excel sheets and other files as answers to a request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Response, send_file

from tracker.adapters.table_writer import Cell, write_table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def sheet_response(
    title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()
) -> Response:
    """A table as a download named after its title; nothing of it is kept on this machine."""
    out = BytesIO()
    write_table(out, "Sheet1", title, heads, rows, notes)
    return download(out.getvalue(), f"{title}.xlsx", MEDIA_TYPE)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep, never shown within our pages and never stored on the way."""
    response = send_file(
        BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
