"""One paper of an evidence bundle as typesetter and .docx both read it: headings, paragraphs, tables, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.domain.letter_document import clean


class PartKind(StrEnum):
    """``line`` stands flush left, ``right`` at the right edge; ``cover`` is large and centred."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LINE = "line"
    RIGHT = "right"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One block. ``rows``, ``heads`` and ``widths`` (in millimetres, 156 together) belong to tables."""

    kind: PartKind
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A titled paper. ``cover``: its title stands alone in the upper third; ``landscape``: on A4 across, tables 241 mm
    wide; ``numbered``: with page numbers of its own."""

    key: str
    title: str
    parts: tuple[PaperPart, ...]
    cover: bool = False
    landscape: bool = False
    numbered: bool = False

    def lines(self) -> Iterator[str]:
        """Every text in reading order: what PDF and .docx must both show."""
        yield self.title
        for part in self.parts:
            yield from part.heads
            for row in part.rows:
                yield from row
            yield from part.text.split("\n") if part.text else ()

    def characters(self) -> frozenset[str]:
        """Every character a font must have."""
        return frozenset(sign for line in self.lines() for sign in line if not sign.isspace())

    def to_data(self) -> dict[str, Any]:
        """Plain data for the typesetter."""
        return {
            "title": self.title,
            "cover": self.cover,
            "landscape": self.landscape,
            "numbered": self.numbered,
            "parts": [
                {
                    "kind": str(part.kind),
                    "lines": part.text.split("\n") if part.text else [],
                    "heads": list(part.heads),
                    "rows": [list(row) for row in part.rows],
                    "widths": list(part.widths),
                }
                for part in self.parts
            ],
        }


def heading(text: str) -> PaperPart:
    """A heading of the first level."""
    return PaperPart(PartKind.HEADING, clean(text, one_line=True))


def paragraphs(text: str) -> PaperPart:
    """Text with one indented paragraph a line."""
    return PaperPart(PartKind.PARAGRAPH, clean(text))


def flush(text: str) -> PaperPart:
    """Lines that begin at the left edge."""
    return PaperPart(PartKind.LINE, clean(text))


def signature(text: str) -> PaperPart:
    """Lines at the right edge."""
    return PaperPart(PartKind.RIGHT, text)


def table(heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> PaperPart:
    """A ruled table whose head is repeated on every page."""
    cleaned = tuple(tuple(clean(cell) for cell in row) for row in rows)
    return PaperPart(PartKind.TABLE, heads=tuple(heads), rows=cleaned, widths=tuple(widths))
