"""The clock of a case in words: the large date, what is left, the state, and how it was computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import CLOCK_NAMES, ClockKind
from tracker.domain.errors import TrackerError
from tracker.domain.reading import BREACH_TEXTS, ClockState, Reading
from tracker.domain.stages import IN_HAND, Stage
from tracker.domain.urgency import DEFAULT_THRESHOLDS, Thresholds, Urgency, remaining_on, urgency_of
from tracker.models import Case
from tracker.queries.case_record import CaseRecord
from tracker.web.cases.clock_bar import Bar, bar_of
from tracker.web.i18n import full_day, month_day, tell, weekday
from tracker.web.posting_day import posting_line

ASKS_CORRECTION = frozenset({str(Stage.REGISTERED), *(str(stage) for stage in IN_HAND)})
"""While a correction can still be asked for in time, its period is worth a line."""


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of the computation as a sentence."""

    on: date | None
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class ClockCard:
    """What the card shows, top to bottom."""

    title: str
    urgency: str
    light_text: str
    headline: str
    headline_small: str
    provisional: bool
    left_text: str
    bar: Bar | None
    state_text: str
    second: Sequence[str]
    breaches: Sequence[str]
    steps: Sequence[CardStep]


def clock_card(record: CaseRecord, today: date) -> ClockCard:
    """The card of the current run."""
    case = record.case
    more = [*_posting(record), *_other_clocks(case, record, today)]
    return card_of(record.reading, record.calendar, today, case.organ.thresholds, more)


def card_of(
    reading: Reading,
    calendar: WorkCalendar,
    today: date,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    more: Sequence[str] = (),
) -> ClockCard:
    """The card of a reading, of a case or supposed; ``more`` are lines on other periods."""
    urgency, light_text = light_of(reading, thresholds)
    large, small = headline(reading)
    return ClockCard(
        title=_("答复期限") if reading.run < 2 else _("答复期限（第 %(n)d 次起算）", n=reading.run),
        urgency=str(urgency),
        light_text=light_text,
        headline=large,
        headline_small=small,
        provisional=reading.provisional and reading.due_on is not None and reading.stopped_on is None,
        left_text=left_text(reading),
        bar=bar_of(reading, calendar, today),
        state_text=_state(reading),
        second=[*_second(reading), *more],
        breaches=_breaches(reading),
        steps=_steps(reading),
    )


def light_of(reading: Reading, thresholds: Thresholds) -> tuple[Urgency, str]:
    """The light, and its words where they are others than the light's own."""
    if reading.state is ClockState.STOPPED:
        if reading.on_time is None:
            return Urgency.GREY, _("已终止")
        return (Urgency.GREEN, _("按期答复")) if reading.on_time else (Urgency.RED, _("逾期答复"))
    return urgency_of(reading, thresholds) or Urgency.GREY, ""


def headline(reading: Reading) -> tuple[str, str]:
    """The large answer of a clock, and what stands small beside it."""
    if reading.due_on is not None:
        small = f"{reading.due_on.year} · {weekday(reading.due_on)}"
        stopped = reading.state is ClockState.STOPPED
        return month_day(reading.due_on), _("%(day)s 到期", day=small) if stopped else small
    if reading.state is ClockState.AWAITING_CORRECTION:
        return _("等待补正"), _("期限停止计算")
    if reading.state is ClockState.AWAITING_PAYMENT:
        return _("等待缴费"), _("期限停止计算")
    if reading.state is ClockState.SUSPENDED:
        return _("征求意见中"), _("期限停止计算")
    return (_("已终止"), "") if reading.state is ClockState.STOPPED else (_("未起算"), "")


def left_text(reading: Reading) -> str:
    """What is left, or how it ended."""
    if reading.state is ClockState.STOPPED:
        return _stopped(reading)
    if reading.due_on is None or reading.remaining is None:
        return ""
    if reading.overdue:
        if reading.remaining == 0:
            return _("昨日到期后遇休息日，已经超期")
        return _("超期 %(n)d 个工作日", n=-reading.remaining)
    return _("今天到期") if reading.remaining == 0 else _("剩 %(n)d 个工作日", n=reading.remaining)


def _state(reading: Reading) -> str:
    since = full_day(reading.paused_since)
    if reading.state is ClockState.STOPPED:
        return _("期限已经停止，不再计算。")
    if reading.state is ClockState.AWAITING_CORRECTION:
        return _("%(day)s告知补正，等待申请人；自收到补正之日起重新计算 20 个工作日。", day=since)
    if reading.state is ClockState.AWAITING_PAYMENT:
        return _("%(day)s发出收费通知，等待缴费；自缴费次日起重新计算 20 个工作日。", day=since)
    if reading.state is ClockState.SUSPENDED:
        return _("%(day)s发函征求意见，次日起的工作日不计入期限，收到意见后继续计算。", day=since)
    if reading.used is None or reading.limit is None:
        return _("尚未起算。")
    return _(
        "期限正在计算：共 %(limit)d 个工作日，已计 %(used)d 个。", limit=reading.limit, used=reading.used
    )


def _stopped(reading: Reading) -> str:
    day = full_day(reading.stopped_on)
    if reading.on_time is None:
        return _("%(day)s终止", day=day)
    return _("%(day)s答复，用去 %(used)d 个工作日", day=day, used=reading.used or 0)


def _second(reading: Reading) -> list[str]:
    lines = []
    if reading.deducted_days:
        lines.append(_("已扣除 %(n)d 个工作日", n=reading.deducted_days))
    if reading.at_risk_on is not None:
        lines.append(_("风险日期：%(day)s（按收到申请之日推算）", day=full_day(reading.at_risk_on)))
    if reading.provisional and reading.stopped_on is None and reading.due_on is not None:
        lines.append(_("所涉年度的放假安排尚未公布，日期暂定，可能前后变动至多 7 天。"))
    return lines


def _posting(record: CaseRecord) -> list[str]:
    reading = record.reading
    if reading.due_on is None or reading.stopped_on is not None or reading.overdue:
        return []
    post_by = record.case.organ.post_by
    return [posting_line(reading.due_on, post_by, record.calendar, reading.day_zero_on)]


def _other_clocks(case: Case, record: CaseRecord, today: date) -> list[str]:
    """Running periods beside the reply clock: correction notice, answers of those consulted, payment."""
    parties = {c.ref: c.party for c in record.consultations}
    lines = []
    for clock in case.clocks:
        kind = ClockKind(clock.kind)
        if kind is ClockKind.REPLY or not kind.of_law or not clock.current or clock.due_on is None:
            continue
        left = remaining_on(clock.due_on, today, record.calendar)
        if kind is ClockKind.CORRECTION_NOTICE and (left < 0 or case.stage not in ASKS_CORRECTION):
            continue
        name = tell(CLOCK_NAMES[kind])
        if clock.ref in parties:
            name = _("%(name)s（%(party)s）", name=name, party=parties[clock.ref])
        text = _("剩 %(n)d 个工作日", n=left) if left >= 0 else _("已过 %(n)d 个工作日", n=-left)
        lines.append(_("%(name)s：%(day)s，%(left)s", name=name, day=full_day(clock.due_on), left=text))
    return lines


def _breaches(reading: Reading) -> list[str]:
    return [
        _("%(day)s：%(text)s", day=full_day(breach.on), text=tell(BREACH_TEXTS[breach.code]))
        for breach in reading.breaches
    ]


def _steps(reading: Reading) -> list[CardStep]:
    steps = [
        CardStep(step.on, tell(TrackerError(step.template, **step.params)), step.article)
        for step in reading.steps
    ]
    if reading.due_on is not None:
        steps.append(CardStep(None, _("到期日为 %(day)s。", day=full_day(reading.due_on)), ""))
    return steps
