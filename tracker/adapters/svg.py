"""Pieces of an SVG drawing: whole numbers, presentation attributes only, every text escaped.

A text's width is reckoned: a Chinese sign takes its size, any other a little more than half of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

FIRST_WIDE = 0x2E80
NARROW_SIGN = 0.58


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece drawn from its own upper left corner, and how high it is."""

    markup: str
    height: int


def ems(text: str) -> float:
    """The width of a text in its own size."""
    return sum(1.0 if ord(sign) >= FIRST_WIDE else NARROW_SIGN for sign in text)


def text(
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    fill: str = "#1b2026",
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text whose baseline is at ``y``."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{escape(said)}</text>'
    )


def rect(x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "") -> str:
    """A filled box."""
    line = f' stroke="{stroke}"' if stroke else ""
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" '
        f'fill="{fill}"{line}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str) -> str:
    """A thin line."""
    return f'<path d="M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}" stroke="{stroke}"/>'


def at(x: float, y: float, markup: str) -> str:
    """A piece put in its place."""
    return f'<g transform="translate({_number(x)} {_number(y)})">{markup}</g>'


def fitted(said: str, width: float, size: float, least: float) -> tuple[str, float]:
    """The text and the size, between ``size`` and ``least``, at which it fits; cut with “…” where even that is too
    wide."""
    wanted = ems(said)
    if wanted * size <= width:
        return said, size
    if wanted * least <= width:
        return said, width / wanted
    kept = said
    while kept and (ems(kept) + 1) * least > width:
        kept = kept[:-1]
    return f"{kept}…", least


_CLOSING = "，。；、）》”"


def wrapped(said: str, width: float, size: float) -> Iterator[str]:
    """The lines of a text in a column; a line ends where the column is full. No line begins with a sign that closes:
    one may stand beyond the column, for a second the last sign before them goes along to the next line."""
    begun = ""
    for sign in said:
        if begun and ems(begun + sign) * size > width:
            cut = len(begun)
            if sign in _CLOSING:
                cut = len(begun.rstrip(_CLOSING)) - 1 if ems(begun) * size > width else 0
            if cut > 0:
                yield begun[:cut]
                begun = begun[cut:]
        begun += sign
    if begun:
        yield begun


def spread(numbers: Iterable[int], width: int, least: int) -> tuple[int, ...]:
    """Widths of the parts of a bar: nothing for 0, at least ``least`` for anything else, together ``width``."""
    held = tuple(numbers)
    whole = sum(held)
    if not whole:
        return (0,) * len(held)
    widths = [max(least, round(number * width / whole)) if number else 0 for number in held]
    widths[max(range(len(held)), key=lambda place: widths[place])] += width - sum(widths)
    return tuple(widths)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
