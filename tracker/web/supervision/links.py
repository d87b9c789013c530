"""Figures that lead to their lists: the number, and the register's address that shows exactly those cases."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import url_for

from tracker.domain.figures import percent_tenths
from tracker.web.i18n import NONE_SIGN


@dataclass(frozen=True, slots=True)
class Figure:
    """``url`` is empty where there is nothing to list."""

    value: int
    url: str = ""


class Lists:
    """Addresses of lists, within one organ where the board is one organ's."""

    def __init__(self, organ_id: int | None) -> None:
        self.organ_id = organ_id

    def figure(self, value: int, organ_id: int | None = None, **filters: object) -> Figure:
        """A figure and its list."""
        return Figure(value, self.url(organ_id, **filters) if value else "")

    def url(self, organ_id: int | None = None, **filters: object) -> str:
        """The register, filtered; what does not narrow is left out."""
        wanted: dict[str, Any] = {"organ": organ_id or self.organ_id, **filters}
        kept: dict[str, Any] = {k: str(v) for k, v in wanted.items() if v not in (None, "")}
        return url_for("cases.index", **kept)


def rate_text(share: Fraction | None) -> str:
    """96.4%, or — of nothing."""
    return NONE_SIGN if share is None else f"{percent_tenths(share) / 10:.1f}%"


def days_text(days: Fraction | int | None) -> str:
    """12, 12.5, or — of nothing."""
    return NONE_SIGN if days is None else f"{float(days):g}"
