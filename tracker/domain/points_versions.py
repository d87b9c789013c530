"""计分规则的版本: which one is in force on a day, and from when until when each was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.points_rule import SHIPPED_RULE, PointsRule

SHIPPED_NUMBER = 1


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version, never edited. The first is the one shipped: it has no day, no reason and no author."""

    number: int
    rule: PointsRule
    in_force_from: date | None = None
    reason: str = ""
    made_by: str = ""
    made_at: datetime | None = None

    @property
    def shipped(self) -> bool:
        """Whether it came with the program and nobody has decided on it."""
        return self.number == SHIPPED_NUMBER


SHIPPED = RuleVersion(SHIPPED_NUMBER, SHIPPED_RULE)


@dataclass(frozen=True, slots=True)
class RuleSpan:
    """A version with the days on which it is in force; ``until`` None: no end yet. ``never``: another version took its
    place on the very day it would have begun, or before."""

    version: RuleVersion
    until: date | None
    never: bool


def in_force_on(versions: Sequence[RuleVersion], day: date) -> RuleVersion:
    """The version of the latest day of beginning that is not after ``day``; of one day the latest made."""
    begun = [v for v in versions if v.in_force_from is not None and v.in_force_from <= day]
    return max(begun, key=_order, default=SHIPPED)


def spans(versions: Sequence[RuleVersion]) -> list[RuleSpan]:
    """Every version with its days, the shipped one included, the newest first."""
    found = []
    for version in sorted((SHIPPED, *versions), key=lambda v: v.number, reverse=True):
        later = [v for v in versions if _order(v) > _order(version)]
        begins = min((v.in_force_from for v in later if v.in_force_from), default=None)
        never = begins is not None and version.in_force_from is not None and begins <= version.in_force_from
        found.append(RuleSpan(version, begins - timedelta(days=1) if begins else None, never))
    return found


def _order(version: RuleVersion) -> tuple[date, int]:
    return (version.in_force_from or date.min, version.number)
