"""The state of a list lives in its address, so that it can be kept, sent and gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

from tracker.domain.urgency import URGENCY_NAMES, Urgency
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class ListState:
    """What a list shows: its filters, its order, its page. ``defaults`` are left out of addresses; ``place`` fills
    the parts of the path."""

    endpoint: str
    values: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_request(cls, keys: tuple[str, ...], defaults: Mapping[str, str] | None = None) -> ListState:
        """The state the present address asks for; ``keys`` are the filters the list knows."""
        known = (*keys, "sort", "page")
        values = {key: request.args[key].strip()[:200] for key in known if request.args.get(key, "").strip()}
        return cls(endpoint=request.endpoint or "", values=values, defaults=dict(defaults or {}))

    def at(self, **place: Any) -> ListState:
        """The same state of a list whose address has parts to fill."""
        return replace(self, place=place)

    def get(self, key: str) -> str:
        """The value of a filter, its default, or empty."""
        return self.values.get(key) or self.defaults.get(key, "")

    @property
    def query(self) -> dict[str, Any]:
        """The filters as arguments of another address."""
        return dict(self.values)

    def number(self, key: str, default: int = 1) -> int:
        """A whole number of at least 1, or the default when the address says something else."""
        text = self.get(key)
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000 else default

    @property
    def sort(self) -> str:
        """The key the list is ordered by."""
        return self.get("sort").removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self.get("sort").startswith("-")

    def url(self, **changes: Any) -> str:
        """The address of this list with changes; another filter or order begins at the first page."""
        merged: dict[str, Any] = {**self.values, **changes}
        if "page" not in changes:
            merged.pop("page", None)
        kept: dict[str, Any] = {
            k: str(v) for k, v in merged.items() if v not in (None, "") and str(v) != self.defaults.get(k)
        }
        if kept.get("page") == "1":
            del kept["page"]
        return url_for(self.endpoint, **self.place, **kept)

    def sorted_by(self, key: str) -> str:
        """The address ordered by a column; a second time turns the order round."""
        return self.url(sort=f"-{key}" if self.sort == key and not self.descending else key)

    def toggled(self, key: str, value: str) -> str:
        """The address with a filter set, or without it when it is set already."""
        return self.url(**{key: None if self.get(key) == value else value})


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter as the page shows it; a removable one, when on, links to the list without it."""

    label: str
    url: str
    on: bool
    count: int | str | None = None
    removable: bool = False
    light: str = ""


def light_chip(urgency: Urgency, on: bool, count: int, state: ListState) -> Chip:
    """The filter by one light, the same on every list of cases."""
    return Chip(
        tell(URGENCY_NAMES[urgency]),
        state.toggled("light", str(urgency)),
        on,
        count,
        removable=True,
        light=str(urgency),
    )


Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], text: str) -> Choice | None:
    """The member an address names; None when it names none, so that an old link still opens."""
    try:
        return kind(text)
    except ValueError:
        return None
