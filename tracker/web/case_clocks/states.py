"""How a clock stands, as a light with words. Only a period of law that the organ itself lets pass is 超期."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading
from tracker.domain.clock_kinds import Duty
from tracker.domain.reading import STATE_NAMES, ClockState
from tracker.domain.urgency import Thresholds, Urgency, remaining_on, urgency_on
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """A light and its words. ``past``: nothing of it runs any more."""

    urgency: Urgency
    text: str
    past: bool = False


def standing(
    clock: ClockReading, today: date, calendar: WorkCalendar, thresholds: Thresholds
) -> ClockStanding:
    """How the clock stands today."""
    if clock.state is ClockState.STOPPED:
        return ClockStanding(*_ended(clock), past=True)
    if clock.due_on is None:
        waits = clock.state is not ClockState.RUNNING
        return ClockStanding(Urgency.GREY, tell(STATE_NAMES[clock.state]) if waits else _("未记入日期"))
    left = remaining_on(clock.due_on, today, calendar)
    if today > clock.due_on:
        return _over(clock, -left)
    text = _("今天到期") if left == 0 else _("剩 %(n)d 个工作日", n=left)
    if not clock.of_law:
        return ClockStanding(Urgency.YELLOW if left <= 1 else Urgency.GREEN, text)
    light = urgency_on(clock.due_on, today, calendar, thresholds, provisional=clock.provisional)
    return ClockStanding(light, text)


def _over(clock: ClockReading, late: int) -> ClockStanding:
    if clock.kind is ClockKind.CORRECTION_NOTICE:
        return ClockStanding(Urgency.GREY, _("期满，没有告知补正"), past=True)
    if clock.kind is ClockKind.LAPSE_PROPOSAL:
        return ClockStanding(Urgency.YELLOW, _("可以提示视为放弃，由人核查后决定"))
    if not clock.of_law:
        return ClockStanding(Urgency.YELLOW, _passed(late))
    if clock.rule.duty is Duty.OTHERS:
        return ClockStanding(
            Urgency.ORANGE, _("期满未到，已过 %(n)d 个工作日", n=late) if late else _("期满未到")
        )
    return ClockStanding(Urgency.RED, _("超期 %(n)d 个工作日", n=late) if late else _("超期"))


def _passed(late: int) -> str:
    return _("内部时限已过 %(n)d 个工作日", n=late) if late else _("内部时限已过")


def _ended(clock: ClockReading) -> tuple[Urgency, str]:
    if clock.stopped_on is None:
        return Urgency.GREY, _("已终止") if clock.current else _("不再计算")
    if clock.on_time is None:
        return Urgency.GREY, _("已终止")
    if clock.on_time:
        return Urgency.GREEN, _("按期")
    if not clock.of_law:
        return Urgency.GREY, _("晚于内部时限")
    return (Urgency.RED, _("逾期")) if clock.rule.duty is Duty.ORGAN else (Urgency.GREY, _("晚于期限"))
