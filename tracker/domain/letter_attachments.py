"""附件 of a letter: each named with its pages, so that who opens the envelope can see that nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAGES = re.compile(r"[1-9]\d{0,4}\s*页")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def attachment_line(filename: str, pages: int | None) -> str:
    """The line for a file: its name without the ending, in 《》, and its pages where they are known."""
    name = _ENDING.sub("", filename.strip())
    titled = name if name.startswith("《") else f"《{name}》"
    return f"{titled}（{pages}页）" if pages else titled


def without_pages(lines: Sequence[str]) -> tuple[str, ...]:
    """Attachments that do not say how many pages they have."""
    return tuple(line.strip() for line in lines if line.strip() and not _PAGES.search(line))
