"""归档: retention periods, which is proposed and why, when a period is over (DA/T 22-2015, 国家档案局令第8号)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.challenges import ChallengeResult
from tracker.domain.vocabulary import N_


class Retention(StrEnum):
    """保管期限."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"

    @property
    def years(self) -> int | None:
        """How many years; None for ever."""
        return {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}.get(self)


RETENTION_NAMES: dict[Retention, str] = {
    Retention.PERMANENT: N_("永久"),
    Retention.THIRTY_YEARS: N_("30 年"),
    Retention.TEN_YEARS: N_("10 年"),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a case ended: its outcome and the results of its challenges (None: not decided); ``held``: it was on hold
    for a proceeding, ``ordered_anew``: a new reply was ordered."""

    disposition: str | None
    results: tuple[str | None, ...] = ()
    held: bool = False
    ordered_anew: bool = False


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One row: the first whose condition holds is proposed."""

    retention: Retention
    why: str
    when: Callable[[Ended], bool]


def _refused(ended: Ended) -> bool:
    given = ended.disposition
    return given is not None and (given.startswith("refused_") or given == "partly_disclosed")


RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule(
        Retention.PERMANENT,
        N_("复议、诉讼的结果是纠正"),
        lambda ended: str(ChallengeResult.CORRECTED) in ended.results,
    ),
    RetentionRule(
        Retention.THIRTY_YEARS,
        N_("经过复议、诉讼，办理过涉诉保全，或者重新答复过"),
        lambda ended: bool(ended.results) or ended.held or ended.ordered_anew,
    ),
    RetentionRule(Retention.THIRTY_YEARS, N_("不予公开或者部分公开"), _refused),
    RetentionRule(Retention.TEN_YEARS, N_("其他办理结果"), lambda _ended: True),
)
"""No line of 国家档案局令第8号 names these files: proposals, which the archivist may change with a reason."""


def proposed_retention(ended: Ended) -> RetentionRule:
    """The row that applies."""
    return next(row for row in RETENTION_RULES if row.when(ended))


def period_ends_on(year: int, retention: Retention) -> date | None:
    """The last day of the period, counted from 1 January after the year of the file; None for ever."""
    return None if retention.years is None else date(year + retention.years, 12, 31)
