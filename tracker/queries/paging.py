"""One page of a longer list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page; ``total`` counts the whole list, pages count from 1. ``more``: the list was counted no further,
    and ends with the last page all the same."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Position in the list of the first row shown, 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Position in the list of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def window(self) -> list[int | None]:
        """Page numbers to offer: the ends and the neighbours; None stands for a gap."""
        near = {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            before = shown[-1] if shown else None
            if before is not None and number - before > 1:
                shown.append(None)
            shown.append(number)
        return shown
