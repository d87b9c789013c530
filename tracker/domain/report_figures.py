"""What the tables of one annual report say together: tables 2, 3 and 4, and the fees of part six."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.domain import annual_table, proactive
from tracker.domain.annual_table import AnnualTable
from tracker.domain.challenge_table import ChallengeTable
from tracker.domain.proactive import ProactiveTable


@dataclass(frozen=True, slots=True)
class YearFees:
    """信息处理费 (Art 42): ``payments`` made within the year and what they come to, in whole yuan."""

    payments: int = 0
    yuan: int = 0


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The figures of one organ or several together. ``proactive`` is None while nobody has typed table 2;
    ``challenges`` and ``fees`` are None where a report was handed in before they were kept with it."""

    requests: AnnualTable = field(default_factory=AnnualTable)
    proactive: ProactiveTable | None = None
    challenges: ChallengeTable | None = field(default_factory=ChallengeTable)
    fees: YearFees | None = field(default_factory=YearFees)


def sum_of(several: Iterable[ReportFigures]) -> ReportFigures:
    """A district is the sum of its organs; a table that some of them lack is the sum of the others."""
    all_of = tuple(several)
    typed = [each.proactive for each in all_of if each.proactive is not None]
    challenges = ChallengeTable()
    for each in all_of:
        challenges = challenges + (each.challenges or ChallengeTable())
    fees = [each.fees for each in all_of if each.fees is not None]
    return ReportFigures(
        annual_table.sum_of(each.requests for each in all_of),
        proactive.sum_of(typed) if typed else None,
        challenges,
        YearFees(sum(each.payments for each in fees), sum(each.yuan for each in fees)),
    )
