"""发文登记: the numbers of one series in a year, each with its letter; a voided one stays, a missing one shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.numbering import parse_document_number


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of a series from 1 to the last one drawn. ``missing``: no letter bears them."""

    last: int
    missing: tuple[int, ...]


def series_of(numbers: Iterable[str], drawn: int) -> Series:
    """Which serials are borne, against the last one drawn. Numbers of another form say nothing about a serial."""
    borne = {parsed[2] for number in numbers if (parsed := parse_document_number(number)) is not None}
    last = max(drawn, *borne, 0)
    return Series(last, tuple(n for n in range(1, last + 1) if n not in borne))


def ranges(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Whole stretches of ascending numbers: (first, last) of each."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
