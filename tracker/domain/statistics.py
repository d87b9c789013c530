"""统计分析: what is counted, by what it is divided, and the table that comes of it.

Cases (件) are counted, each once, and each stands in exactly one row and column: so the totals are the sums of the
cells, and every cell is the length of a list of cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tracker.domain.dispositions import ROWS
from tracker.domain.organs import ORGAN_KIND_NAMES
from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.domain.request_terms import CHANNEL_NAMES, REPORT_KIND_NAMES
from tracker.domain.stages import STAGE_NAMES
from tracker.domain.statistics_period import Asked, Relative, read_asked
from tracker.domain.vocabulary import N_

NONE = "none"
"""The key of cases that have no such thing: nobody's, without an outcome."""
LARGEST_KEY = 2**31 - 1


class Measure(StrEnum):
    """What is counted, and by which day it belongs to a period."""

    RECEIVED = "received"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    IN_HAND = "in_hand"
    OVERDUE = "overdue"
    RETURNED = "returned"
    CHALLENGED = "challenged"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.RECEIVED: N_("收到"),
    Measure.ANSWERED: N_("已答复"),
    Measure.ANSWERED_LATE: N_("逾期答复"),
    Measure.IN_HAND: N_("在办（截至今天）"),
    Measure.OVERDUE: N_("在办且超期（截至今天）"),
    Measure.RETURNED: N_("审查退回"),
    Measure.CHALLENGED: N_("被复议、诉讼"),
}
AS_OF_TODAY = frozenset({Measure.IN_HAND, Measure.OVERDUE})
"""Counted as they stand today, whatever the period; months and years are those of receipt."""


class Dimension(StrEnum):
    """By what cases are divided. What identifies an applicant is none."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    ORGAN = "organ"
    ORGAN_KIND = "organ_kind"
    CHANNEL = "channel"
    APPLICANT_KIND = "applicant_kind"
    OUTCOME = "outcome"
    STAGE = "stage"
    SUBJECT = "subject"
    HANDLER = "handler"
    ADVISOR = "advisor"


DIMENSION_NAMES: dict[Dimension, str] = {
    Dimension.YEAR: N_("年度"),
    Dimension.QUARTER: N_("季度"),
    Dimension.MONTH: N_("月份"),
    Dimension.ORGAN: N_("机关"),
    Dimension.ORGAN_KIND: N_("机关类别"),
    Dimension.CHANNEL: N_("渠道"),
    Dimension.APPLICANT_KIND: N_("申请人类别"),
    Dimension.OUTCOME: N_("办理结果"),
    Dimension.STAGE: N_("环节"),
    Dimension.SUBJECT: N_("主题"),
    Dimension.HANDLER: N_("经办人"),
    Dimension.ADVISOR: N_("法律顾问"),
}
OF_TIME = (Dimension.YEAR, Dimension.QUARTER, Dimension.MONTH)
NARROWING: tuple[Dimension, ...] = tuple(d for d in Dimension if d not in OF_TIME)
"""Dimensions a question may be narrowed by; time is narrowed by the period."""

WORDS: dict[Dimension, dict[str, str]] = {
    Dimension.ORGAN_KIND: {str(kind): name for kind, name in ORGAN_KIND_NAMES.items()},
    Dimension.CHANNEL: {str(channel): name for channel, name in CHANNEL_NAMES.items()},
    Dimension.APPLICANT_KIND: {str(kind): name for kind, name in REPORT_KIND_NAMES.items()},
    Dimension.OUTCOME: {str(row.code): row.register_name for row in ROWS},
    Dimension.STAGE: {str(stage): name for stage, name in STAGE_NAMES.items()},
}
"""Keys and names of the dimensions whose values are words of the trade, in their order."""
NONE_NAMES: dict[Dimension, str] = {
    Dimension.APPLICANT_KIND: N_("未登记"),
    Dimension.OUTCOME: N_("尚无结果"),
    Dimension.SUBJECT: N_("未分类"),
    Dimension.HANDLER: N_("未分办"),
    Dimension.ADVISOR: N_("未经审查"),
}
NAMED_PREFIX = {Dimension.HANDLER: "~", Dimension.ADVISOR: "~"}
"""How the key of a member of staff begins who has no account, known by name alone: from registers of earlier years."""

Where = Mapping[Dimension, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One query of 统计分析: it can be asked again on any day. ``where`` narrows by dimension and key."""

    measure: Measure
    period: Asked
    rows: Dimension
    columns: Dimension | None = None
    where: Where = field(default_factory=dict)


def words_of(question: Question) -> dict[str, str]:
    """How an address, and what is saved under a name, write the question."""
    words = {"count": str(question.measure), "period": str(question.period), "rows": str(question.rows)}
    if question.columns:
        words["columns"] = str(question.columns)
    return words | {str(dimension): key for dimension, key in question.where.items()}


def question_of(words: Mapping[str, str]) -> Question:
    """The question written in these words; what is missing or misspelt is as if it had not been said."""
    rows = _member(Dimension, words.get("rows")) or Dimension.MONTH
    columns = _member(Dimension, words.get("columns"))
    said = {dimension: words.get(str(dimension), "") for dimension in NARROWING}
    return Question(
        _member(Measure, words.get("count")) or Measure.RECEIVED,
        read_asked(words.get("period", "")) or Relative.THIS_YEAR,
        rows,
        columns if columns is not rows else None,
        {dimension: key for dimension, key in said.items() if key and is_key(dimension, key)},
    )


Word = TypeVar("Word", bound=StrEnum)


def _member(kind: type[Word], text: str | None) -> Word | None:
    return kind(text) if text in set(kind) else None


def is_key(dimension: Dimension, text: str) -> bool:
    """Whether the text can be a key of the dimension."""
    if text == NONE:
        return dimension in NONE_NAMES
    if dimension in WORDS:
        return text in WORDS[dimension]
    if dimension in OF_TIME:
        period = read_period(text)
        return period is not None and dimension_of(period) is dimension
    prefix = NAMED_PREFIX.get(dimension)
    if prefix and text.startswith(prefix):
        return 1 < len(text) <= 51
    return text.isascii() and text.isdigit() and 0 < int(text[:11]) <= LARGEST_KEY


def dimension_of(period: ReportingPeriod) -> Dimension:
    """Which dimension of time a year, quarter or month belongs to."""
    if period.month:
        return Dimension.MONTH
    return Dimension.QUARTER if period.quarter else Dimension.YEAR


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by key of row and of column (empty where there are no columns)."""

    counts: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        """All cases counted."""
        return sum(self.counts.values())

    def sums(self, axis: int) -> dict[str, int]:
        """The sum of each row (0) or column (1)."""
        found: dict[str, int] = {}
        for place, count in self.counts.items():
            found[place[axis]] = found.get(place[axis], 0) + count
        return found


def time_keys(dimension: Dimension, found: Iterable[str], first_on: date, last_on: date) -> list[str]:
    """Every year, quarter or month from first to last, those without a case too; and all that were found."""
    there = set(found)
    day = first_on
    while day <= last_on:
        period = period_with(dimension, day)
        there.add(str(period))
        day = date.fromordinal(period.last_on.toordinal() + 1)
    return sorted(there)


def period_with(dimension: Dimension, day: date) -> ReportingPeriod:
    """The year, quarter or month the day lies in."""
    if dimension is Dimension.MONTH:
        return ReportingPeriod(day.year, month=day.month)
    if dimension is Dimension.QUARTER:
        return ReportingPeriod(day.year, quarter=(day.month + 2) // 3)
    return ReportingPeriod(day.year)


def ordered_words(dimension: Dimension, found: Iterable[str]) -> list[str]:
    """The keys found, in the order of the vocabulary; an unknown one after them, none last."""
    order = {key: place for place, key in enumerate(WORDS[dimension])}
    return sorted(found, key=lambda key: (key == NONE, order.get(key, len(order)), key))
