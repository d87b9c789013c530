"""其他期限: every period of the statute from the day it starts on, with the reasons for its last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.domain.calendar import DayKind, DayNote, WorkCalendar
from tracker.domain.periods import Ending, ending, months_later
from tracker.domain.statute import CONVENTION, RULES, RuleKey, StatutoryRule, Unit
from tracker.domain.vocabulary import N_


class PeriodGroup(StrEnum):
    """What a period is about, as the calculator groups them."""

    HANDLING = "handling"
    CONSULTATION = "consultation"
    FEE = "fee"
    REMEDY = "remedy"
    RESPONDENT = "respondent"
    OTHER = "other"


GROUP_NAMES: dict[PeriodGroup, str] = {
    PeriodGroup.HANDLING: N_("办理期限"),
    PeriodGroup.CONSULTATION: N_("征求意见"),
    PeriodGroup.FEE: N_("缴费"),
    PeriodGroup.REMEDY: N_("救济期限"),
    PeriodGroup.RESPONDENT: N_("本机关应诉、应复议"),
    PeriodGroup.OTHER: N_("其他"),
}

_GROUPED: dict[PeriodGroup, tuple[RuleKey, ...]] = {
    PeriodGroup.HANDLING: (
        RuleKey.REPLY,
        RuleKey.CORRECTION_NOTICE,
        RuleKey.CORRECTION_RESTART,
        RuleKey.PAYMENT_RESTART,
        RuleKey.EXTENSION,
        RuleKey.ORDERED_ANEW,
        RuleKey.LAPSE_PROPOSAL,
    ),
    PeriodGroup.CONSULTATION: (
        RuleKey.THIRD_PARTY_ANSWER,
        RuleKey.CO_PRODUCER_ANSWER,
        RuleKey.DELIVERY_PROOF,
    ),
    PeriodGroup.FEE: (RuleKey.PAYMENT,),
    PeriodGroup.REMEDY: (
        RuleKey.RECONSIDERATION_FILING,
        RuleKey.LITIGATION_FILING,
        RuleKey.LITIGATION_AFTER_RECONSIDERATION,
    ),
    PeriodGroup.RESPONDENT: (
        RuleKey.RECONSIDERATION_ANSWER,
        RuleKey.RECONSIDERATION_ANSWER_SIMPLE,
        RuleKey.LITIGATION_ANSWER,
    ),
}

LENGTH_TEXTS: dict[Unit, str] = {
    Unit.WORKING_DAYS: N_("%(span)d 个工作日"),
    Unit.CALENDAR_DAYS: N_("%(span)d 日"),
    Unit.MONTHS: N_("%(span)d 个月"),
}

_RECONSIDERATION = "《行政复议法》"
_COUNTED_BY = {
    _RECONSIDERATION: "《行政复议法》第八十八条、《民事诉讼法》第八十五条",
    CONVENTION: "",
}
_BY_INTERPRETATION = "法释〔2018〕1号第四十八条"
_MONTHS_BY = "《民法典》第二百零二条"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why a period ends where it does: template, parameters, and the article where law says it."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    article: str = ""


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """One period from one day. ``passed`` are the days off over which its last day was carried; ``reasons`` in the
    order of the computation. ``started_before_law``: the rule was not in force on the day it is counted from."""

    rule: StatutoryRule
    start_on: date
    end: Ending
    passed: tuple[tuple[date, DayNote], ...]
    reasons: tuple[Reason, ...]

    @property
    def started_before_law(self) -> bool:
        """Whether the rule was not yet law on the day it is counted from."""
        return self.start_on < self.rule.in_force_from


def period_end(key: RuleKey, start: date, calendar: WorkCalendar) -> PeriodEnd:
    """The end of one statutory period. Raises ``KeyError`` for a rule without a length."""
    rule = RULES[key]
    if rule.span is None:
        raise KeyError(key)
    end = ending(start, rule.span, rule.unit, calendar)
    passed = tuple(_passed(end, calendar))
    return PeriodEnd(rule, start, end, passed, tuple(_reasons(rule, rule.span, start, end, calendar)))


def group_of(key: RuleKey) -> PeriodGroup:
    """Where the calculator lists a period."""
    return next((group for group, keys in _GROUPED.items() if key in keys), PeriodGroup.OTHER)


def periods_by_group() -> dict[PeriodGroup, Sequence[RuleKey]]:
    """Every rule that has a length, by group, in the order they are shown."""
    listed = {key for keys in _GROUPED.values() for key in keys}
    others = tuple(key for key, rule in RULES.items() if rule.span is not None and key not in listed)
    return {**_GROUPED, PeriodGroup.OTHER: others} if others else dict(_GROUPED)


def same_start(key: RuleKey) -> Sequence[RuleKey]:
    """The periods that begin on the same kind of day as this one, itself among them."""
    starts = RULES[key].starts
    return [other for keys in periods_by_group().values() for other in keys if RULES[other].starts == starts]


def _passed(end: Ending, calendar: WorkCalendar) -> Iterator[tuple[date, DayNote]]:
    day = end.raw_on
    while day < end.due_on:
        yield day, calendar.day_note(day)
        day += timedelta(days=1)


def _reasons(
    rule: StatutoryRule, span: int, start: date, end: Ending, calendar: WorkCalendar
) -> Iterator[Reason]:
    by = _COUNTED_BY.get(rule.source, _BY_INTERPRETATION)
    yield Reason(N_("%(starts)s不计入，自次日起算。"), {"starts": rule.starts}, by)
    if rule.unit is Unit.WORKING_DAYS:
        yield _by_working_days(span, start, end, calendar)
        if rule.source == _RECONSIDERATION:
            yield Reason(N_("十日以内的复议期间按工作日计算。"), article="《行政复议法》第八十八条")
    elif rule.unit is Unit.CALENDAR_DAYS:
        yield Reason(N_("第 %(span)d 日为 %(raw)s。"), {"span": span, "raw": end.raw_on})
    else:
        yield _by_months(span, start, end)
    if end.rolled:
        yield Reason(N_("最后一日是休息日或者节假日，以其后第一个工作日为期间届满之日。"), article=by)
    if calendar.day_note(end.due_on).kind is DayKind.MAKE_UP:
        yield Reason(N_("%(day)s虽在周末，但调休上班，是工作日。"), {"day": end.due_on})
    if end.provisional:
        yield Reason(N_("所涉年度的放假安排尚未公布，按周末和法定节日推算，日期暂定。"))


def _by_working_days(span: int, start: date, end: Ending, calendar: WorkCalendar) -> Reason:
    days = (start + timedelta(days=n) for n in range(1, (end.due_on - start).days + 1))
    kinds = [calendar.day_note(day).kind for day in days]
    off = sum(kind in (DayKind.WEEKEND, DayKind.HOLIDAY) for kind in kinds)
    params = {"span": span, "off": off, "made_up": kinds.count(DayKind.MAKE_UP)}
    if params["made_up"]:
        return Reason(
            N_("第 %(span)d 个工作日届满；其间休息日、节假日 %(off)d 天不计，调休上班 %(made_up)d 天计入。"),
            params,
        )
    return Reason(N_("第 %(span)d 个工作日届满；其间休息日、节假日 %(off)d 天不计。"), params)


def _by_months(span: int, start: date, end: Ending) -> Reason:
    params = {"span": span, "raw": end.raw_on}
    if months_later(start, span).day < start.day:
        return Reason(
            N_("满 %(span)d 个月没有对应日，以该月最后一日 %(raw)s 为最后一日。"), params, _MONTHS_BY
        )
    return Reason(N_("满 %(span)d 个月的对应日为 %(raw)s。"), params, _MONTHS_BY)
