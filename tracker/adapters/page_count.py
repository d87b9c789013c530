"""How many pages a file takes in a paper file, where a program can tell."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tracker.adapters.pdf_pages import FAULTS

PICTURES = frozenset({"image/jpeg", "image/png"})


def count_pages_of(content: bytes, media_type: str) -> int | None:
    """Pages of a PDF that opens without a password; one for a picture; None for what has no fixed pages."""
    if media_type in PICTURES:
        return 1
    if media_type != "application/pdf":
        return None
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        return len(reader.pages) or None
    except FAULTS:
        return None
