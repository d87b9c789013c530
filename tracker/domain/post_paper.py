"""What a day's post is handed in with: the list, and a sheet of labels."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """One label: to whom, from whom, what is inside. ``mark`` is its number on the list; empty parts leave a line to
    be written on."""

    to: str
    phone: str
    postcode: str
    address: str
    sender: str
    sender_phone: str
    sender_postcode: str
    sender_address: str
    contents: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One mail item of the list; its number is written beside it at the counter, or scanned afterwards."""

    mark: str
    to: str
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostPaper:
    """List and labels of one day; without rows there is no list."""

    organs: str
    made_on: date
    rows: tuple[PostRow, ...]
    labels: tuple[Label, ...]

    def to_data(self) -> dict[str, Any]:
        """What the typesetter reads."""
        day = self.made_on
        return {
            "organs": self.organs,
            "day": [day.year, day.month, day.day],
            "letters": sum(len(row.contents) for row in self.rows),
            "rows": [asdict(row) for row in self.rows],
            "labels": [asdict(label) for label in self.labels],
        }

    def characters(self) -> frozenset[str]:
        """Every character of the sheets."""
        told = [self.organs]
        for row in self.rows:
            told += [row.to, *row.contents]
        for label in self.labels:
            told += [label.to, label.phone, label.postcode, label.address, label.sender]
            told += [label.sender_phone, label.sender_postcode, label.sender_address, *label.contents]
        return frozenset(sign for text in told for sign in text if not sign.isspace())
