"""A line of a text around what was looked for. Plain pieces, found or not: who shows them escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BEFORE, LONGEST = 24, 96


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet; ``found``: it is what was looked for."""

    text: str
    found: bool = False


def snippet(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text around the first span, every span within marked, with … where it was cut. Spans may overlap."""
    merged = _merged(spans)
    first = merged[0][0] if merged else 0
    start = max(0, first - BEFORE)
    end = min(len(text), start + LONGEST)
    pieces = [Piece("…")] if start else []
    at = start
    for begin, stop in merged:
        if begin >= end:
            break
        if begin > at:
            pieces.append(Piece(_plain(text[at:begin])))
        pieces.append(Piece(_plain(text[max(begin, at) : min(stop, end)]), found=True))
        at = min(stop, end)
    if at < end:
        pieces.append(Piece(_plain(text[at:end])))
    if end < len(text):
        pieces.append(Piece("…"))
    return tuple(pieces)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, stop in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((begin, stop))
    return merged


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
