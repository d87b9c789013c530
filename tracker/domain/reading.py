"""What the clock says of a case: state, due date, figures, breaches, and how they came about.

What every replay makes is a named tuple: as unchangeable as the rest and three times as quick to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.domain.errors import Refusal, RefusalCode, TrackerError
from tracker.domain.statute import RULES, RuleKey
from tracker.domain.vocabulary import N_


class ClockState(StrEnum):
    """What the clock of the current run is doing."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    SUSPENDED = "suspended"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    STOPPED = "stopped"


STATE_NAMES: dict[ClockState, str] = {
    ClockState.NOT_STARTED: N_("未起算"),
    ClockState.RUNNING: N_("计算中"),
    ClockState.SUSPENDED: N_("征求意见，不计入期限"),
    ClockState.AWAITING_CORRECTION: N_("等待补正"),
    ClockState.AWAITING_PAYMENT: N_("等待缴费"),
    ClockState.STOPPED: N_("已停止"),
}


class BreachCode(StrEnum):
    """违法情形: what broke the law but happened, and is therefore recorded."""

    LATE_CORRECTION_NOTICE = "late_correction_notice"
    SECOND_CORRECTION = "second_correction"
    SECOND_EXTENSION = "second_extension"
    EXTENSION_OVER_20 = "extension_over_20"
    EXTENSION_AFTER_DUE = "extension_after_due"
    SUSPENSION_AFTER_DUE = "suspension_after_due"
    CORRECTION_AFTER_DUE = "correction_after_due"
    FEE_AFTER_DUE = "fee_after_due"
    DELAY_AFTER_DUE = "delay_after_due"


BREACH_TEXTS: dict[BreachCode, str] = {
    BreachCode.LATE_CORRECTION_NOTICE: N_(
        "补正告知晚于收到申请之日起 7 个工作日（第三十条）；期限仍自收到补正之日重新计算，原到期日作为风险日期保留。"
    ),
    BreachCode.SECOND_CORRECTION: N_("补正只能告知一次（第三十条）；再次告知不停止、不重新计算期限。"),
    BreachCode.SECOND_EXTENSION: N_("延期只能一次（第三十三条第二款）；再次延期不改变到期日。"),
    BreachCode.EXTENSION_OVER_20: N_("延长不得超过 20 个工作日（第三十三条第二款）；按 20 个工作日计算。"),
    BreachCode.EXTENSION_AFTER_DUE: N_("到期之后才延期；到期日和逾期不变。"),
    BreachCode.SUSPENSION_AFTER_DUE: N_("到期之后才征求意见；到期日和逾期不变。"),
    BreachCode.CORRECTION_AFTER_DUE: N_("到期之后才告知补正；到期日和逾期不变。"),
    BreachCode.FEE_AFTER_DUE: N_("到期之后才发收费通知；到期日和逾期不变。"),
    BreachCode.DELAY_AFTER_DUE: N_("到期之后才另定期限（第三十五条）；到期日和逾期不变。"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach: which, by which entry, on which day of law."""

    code: BreachCode
    seq: int
    on: date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the computation: day, article, rule, a sentence (template and parameters), and what came of it."""

    on: date
    article: str
    rule: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    seq: int | None = None
    due_on: date | None = None
    breach: BreachCode | None = None

    @property
    def text(self) -> TrackerError:
        """The sentence with its parameters."""
        return TrackerError(self.template, **self.params)

    @property
    def name(self) -> str:
        """What the rule is called."""
        return RULES[RuleKey(self.rule)].name

    @property
    def source(self) -> str:
        """The law or notice the article stands in."""
        return RULES[RuleKey(self.rule)].source


class Span(NamedTuple):
    """Days not counted: working days d with ``start`` < d <= ``end``. ``end`` is None while it is open."""

    start: date
    end: date | None


class RunFigures(NamedTuple):
    """One run of the reply clock as it stands or stood. A correction, a payment and an order each begin a new run.

    ``order`` counts the replies demanded: 1 for the application, 2 after the first order to reply anew.
    """

    number: int
    order: int
    day_zero_on: date
    limit: int
    due_on: date | None
    at_risk_on: date | None
    stopped_on: date | None
    on_time: bool | None
    used: int | None
    provisional: bool
    calendar_version: int


@dataclass(frozen=True, slots=True)
class RunPart:
    """What the days of one run need beside its figures: the entry that began it, the days not counted, since when and
    for what it waited for the applicant, and the day the next run began (None for the current run)."""

    number: int
    began_by: int
    spans: tuple[Span, ...] = ()
    waiting_since: date | None = None
    waiting_for: ClockState | None = None
    ended_on: date | None = None


class Reading(NamedTuple):
    """The reply clock of a case at a moment.

    ``runs`` holds every run, the current one last; the figures of a reading are those of the current run and empty
    before the receipt. ``deducted_days``: working days taken out by suspensions so far. ``parts``: the same runs for
    their days, where steps were asked for.
    """

    state: ClockState
    calendar_version: int
    today: date | None = None
    runs: tuple[RunFigures, ...] = ()
    breaches: tuple[Breach, ...] = ()
    spans: tuple[Span, ...] = ()
    paused_since: date | None = None
    deducted_days: int = 0
    steps: tuple[Step, ...] = ()
    parts: tuple[RunPart, ...] = ()
    refused: RefusalCode | None = None

    @property
    def run(self) -> int:
        """Number of the current run; 0 before the receipt."""
        return len(self.runs)

    @property
    def day_zero_on(self) -> date | None:
        """The day after which the current run counts."""
        return self.runs[-1].day_zero_on if self.runs else None

    @property
    def limit(self) -> int | None:
        """Working days the organ has in all."""
        return self.runs[-1].limit if self.runs else None

    @property
    def due_on(self) -> date | None:
        """The last day of the period; None while the clock waits and after a lapse or withdrawal."""
        return self.runs[-1].due_on if self.runs else None

    @property
    def at_risk_on(self) -> date | None:
        """The date that must be feared after a late correction notice."""
        return self.runs[-1].at_risk_on if self.runs else None

    @property
    def used(self) -> int | None:
        """Working days counted; None without a due date, and without a today unless the clock has stopped."""
        return self.runs[-1].used if self.runs else None

    @property
    def remaining(self) -> int | None:
        """Working days left, negative when late; None where ``used`` is."""
        used, limit = self.used, self.limit
        return limit - used if used is not None and limit is not None else None

    @property
    def stopped_on(self) -> date | None:
        """The day of law on which the current run stopped."""
        return self.runs[-1].stopped_on if self.runs else None

    @property
    def on_time(self) -> bool | None:
        """Whether it stopped in time; None while it runs and after a lapse or withdrawal."""
        return self.runs[-1].on_time if self.runs else None

    @property
    def provisional(self) -> bool:
        """暂定: a year without a notice lies among the days counted."""
        return self.runs[-1].provisional if self.runs else False

    @property
    def overdue(self) -> bool:
        """Late: stopped after the due date, or running when the day after it has begun."""
        if self.state is ClockState.STOPPED:
            return self.on_time is False
        return self.due_on is not None and self.today is not None and self.today > self.due_on


def days_used_of(reading: Reading) -> int | None:
    """办理用时: working days the current run had counted when it stopped; None while it runs and where it lapsed."""
    return reading.used if reading.stopped_on is not None else None


@dataclass(frozen=True, slots=True)
class Preview:
    """What recording an entry would do: refused, or the readings before and after and the breaches it adds."""

    refusal: Refusal | None
    new_breaches: tuple[Breach, ...]
    before: Reading
    after: Reading
