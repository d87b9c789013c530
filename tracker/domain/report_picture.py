"""年报图解: the numbers one page shows of a year, each that of the report's tables or counted beside them.

The months and the channels are those of the requests received in the year (row 1 of table 3); answers in time are
counted as in ``figures.py``: requests withdrawn or abandoned have no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from tracker.domain.annual_table import CARRIED_IN, CARRIED_OUT, COLUMN_NAMES, COLUMNS, NEW, RESULTS, TOTAL
from tracker.domain.challenge_table import ChallengeColumn
from tracker.domain.challenges import ChallengeKind
from tracker.domain.dispositions import GROUP_NAMES
from tracker.domain.dispositions import ROWS as OUTCOMES
from tracker.domain.report_figures import ReportFigures
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.vocabulary import N_

NO_MONTHS = (0,) * 12
WHOLE = 1000
"""Shares are told in tenths of a per cent."""


@dataclass(frozen=True, slots=True)
class PictureCounts:
    """What the picture needs beside the tables: requests received by month and by channel, answers, those in time."""

    months: tuple[int, ...] = NO_MONTHS
    channels: Mapping[Channel, int] = field(default_factory=dict)
    answered: int = 0
    on_time: int = 0

    def __add__(self, other: PictureCounts) -> PictureCounts:
        """A district is the sum of its organs."""
        return PictureCounts(
            tuple(one + two for one, two in zip(self.months, other.months, strict=True)),
            {
                each: number
                for each in Channel
                if (number := self.channels.get(each, 0) + other.channels.get(each, 0))
            },
            self.answered + other.answered,
            self.on_time + other.on_time,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole by its name."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Contested:
    """复议 or 诉讼: all of the year, and how they ended (name, number)."""

    name: str
    total: int
    results: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the page shows. ``counts`` is None where a report was handed in before they were kept; ``organs`` is
    empty for a single organ, else the requests received by each, the most first; ``note`` as in the report."""

    organ: str
    year: int
    note: str
    received: int
    carried_in: int
    closed: int
    carried_out: int
    outcomes: tuple[Share, ...]
    kinds: tuple[Share, ...]
    counts: PictureCounts | None
    contested: tuple[Contested, ...]
    organs: tuple[Share, ...] = ()

    @property
    def title(self) -> str:
        """As the file is named."""
        return f"{self.organ}{self.year}年政府信息公开年报图解"

    @property
    def channels(self) -> tuple[Share, ...]:
        """Channels by which any request came."""
        held = self.counts.channels if self.counts else {}
        return tuple(Share(name, held[each]) for each, name in CHANNEL_NAMES.items() if held.get(each))


def picture_of(
    organ: str,
    year: int,
    figures: ReportFigures,
    counts: PictureCounts | None,
    organs: Iterable[Share] = (),
    note: str = "",
) -> Picture:
    """The page of one report."""
    table = figures.requests
    return Picture(
        organ,
        year,
        note,
        table[NEW, TOTAL],
        table[CARRIED_IN, TOTAL],
        table[RESULTS, TOTAL],
        table[CARRIED_OUT, TOTAL],
        tuple(
            Share(name, sum(table[row.number, TOTAL] for row in OUTCOMES if row.group is group))
            for group, name in GROUP_NAMES.items()
        ),
        tuple(Share(COLUMN_NAMES[column], table[NEW, column]) for column in COLUMNS[:-1]),
        counts,
        _contested(figures),
        tuple(sorted(organs, key=lambda each: -each.number)),
    )


def tenths(numbers: Sequence[int]) -> tuple[int, ...]:
    """Shares of the whole in tenths of a per cent that add up to 100.0 %, each less than a tenth from the exact one;
    zeros of nothing."""
    whole = sum(numbers)
    if not whole:
        return (0,) * len(numbers)
    exact = [Fraction(number * WHOLE, whole) for number in numbers]
    shares = [floor(share) for share in exact]
    short = WHOLE - sum(shares)
    for place in sorted(range(len(numbers)), key=lambda at: (shares[at] - exact[at], at))[:short]:
        shares[place] += 1
    return tuple(shares)


def percent(part: int, whole: int, share: int | None = None) -> str:
    """A part of a whole as it is written, by its ``share`` in tenths of a per cent, or rounded down: 38.7%, and neither
    0% nor 100% where it is not."""
    told = share if share is not None else part * WHOLE // whole if whole else 0
    if part and not told:
        return "<0.1%"
    if part < whole and told == WHOLE:
        return ">99.9%"
    return f"{told // 10}.{told % 10}%" if told % 10 else f"{told // 10}%"


_RESULTS = (
    (ChallengeColumn.UPHELD, N_("维持")),
    (ChallengeColumn.CORRECTED, N_("纠正")),
    (ChallengeColumn.OTHER, N_("其他")),
    (ChallengeColumn.PENDING, N_("未审结")),
)
_WAYS = (
    (N_("行政复议"), (ChallengeKind.RECONSIDERATION,)),
    (N_("行政诉讼"), (ChallengeKind.DIRECT_SUIT, ChallengeKind.SUIT_AFTER_RECONSIDERATION)),
)


def _contested(figures: ReportFigures) -> tuple[Contested, ...]:
    table = figures.challenges
    if table is None:
        return ()
    return tuple(
        Contested(
            name,
            sum(table[kind, ChallengeColumn.TOTAL] for kind in kinds),
            tuple(Share(said, sum(table[kind, column] for kind in kinds)) for column, said in _RESULTS),
        )
        for name, kinds in _WAYS
    )
