"""The days of a computation sheet: each with its number or the reason it is not counted, and where that stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.calendar import DayKind, DayNote
from tracker.domain.day_marks import DayMark, DayMarkKind
from tracker.domain.errors import TrackerError
from tracker.domain.reading import ClockState
from tracker.domain.vocabulary import N_

Text = str | TrackerError
"""A marked text, or one with parameters; ``str()`` gives it in Chinese."""

WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))

UNVERIFIED = N_("未核")
"""Stands where the number of a notice is not verified."""

DAY_OF_LAW = N_("法定节日，放假通知未载入")
"""Stands instead of a notice where a year is not loaded."""

NOT_YET = N_("尚未计入")
UNUSED = N_("停止后未用")

_MARK_WORDS: dict[DayMarkKind, str] = {
    DayMarkKind.RECEIPT: N_("起算日，不计入"),
    DayMarkKind.SUSPENDED: N_("征求意见，不计入"),
    DayMarkKind.WAITING: N_("等待申请人，不计入"),
    DayMarkKind.COUNTED: "",
    DayMarkKind.OFF: "",
}
_WAITING_WORDS: dict[ClockState, str] = {
    ClockState.AWAITING_CORRECTION: N_("等待补正，不计入"),
    ClockState.AWAITING_PAYMENT: N_("等待缴费，不计入"),
}
_SIGNS: dict[DayMarkKind, str] = {
    DayMarkKind.RECEIPT: N_("起"),
    DayMarkKind.SUSPENDED: N_("扣"),
    DayMarkKind.WAITING: N_("待"),
    DayMarkKind.COUNTED: "",
    DayMarkKind.OFF: "",
}


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day: its number in the count, or why it is not counted.

    ``ordinal`` says the number in words; ``reasons`` are the whole truth besides; ``signs`` the short marks of the
    calendar. ``is_ahead``: a day that has not come, or that the stop left unused; ``is_rest``: nobody works on it.
    """

    on: date
    weekday: str
    kind: DayMarkKind
    number: int | None
    ordinal: Text
    reasons: tuple[Text, ...]
    signs: tuple[str, ...]
    is_due: bool = False
    is_stop: bool = False
    is_today: bool = False
    is_ahead: bool = False
    is_rest: bool = False

    @property
    def is_start(self) -> bool:
        """Day 0."""
        return self.kind is DayMarkKind.RECEIPT

    @property
    def reason(self) -> str:
        """The reasons in one Chinese text."""
        return "；".join(str(part) for part in self.reasons)


@dataclass(frozen=True, slots=True)
class SkippedDays:
    """Days left out of the count for one reason, as spans of neighbouring days."""

    reason: Text
    spans: tuple[tuple[date, date], ...]
    count: int


@dataclass(frozen=True, slots=True)
class LegendKey:
    """One line of the legend: a cell as it is drawn, with its name."""

    kind: DayMarkKind
    name: str
    sign: str
    is_ahead: bool = False
    is_due: bool = False
    is_stop: bool = False
    is_rest: bool = False


_LEGEND: tuple[LegendKey, ...] = (
    LegendKey(DayMarkKind.RECEIPT, N_("起算日，第 0 日"), "0"),
    LegendKey(DayMarkKind.COUNTED, N_("已计"), "1"),
    LegendKey(DayMarkKind.COUNTED, NOT_YET, "1", is_ahead=True),
    LegendKey(DayMarkKind.OFF, N_("休息日"), "", is_rest=True),
    LegendKey(DayMarkKind.SUSPENDED, N_("征求意见，不计入"), N_("扣")),
    LegendKey(DayMarkKind.WAITING, N_("等待申请人，不计入"), N_("待")),
)
_DUE_KEY = LegendKey(DayMarkKind.COUNTED, N_("到期日"), "", is_due=True)
_STOP_KEY = LegendKey(DayMarkKind.COUNTED, N_("停止日"), "", is_stop=True)


def legend_of(days: Sequence[SheetDay]) -> tuple[LegendKey, ...]:
    """The lines of the legend that these days need."""
    kinds = {(day.kind, day.is_ahead) for day in days}
    shown = [key for key in _LEGEND if (key.kind, key.is_ahead) in kinds]
    if any(day.is_stop for day in days):
        shown = [replace(key, name=UNUSED) if key.is_ahead else key for key in shown]
    flags = ((any(day.is_due for day in days), _DUE_KEY), (any(day.is_stop for day in days), _STOP_KEY))
    return (*shown, *(key for on, key in flags if on))


def sheet_day(
    mark: DayMark,
    waiting_for: ClockState | None = None,
    breaches: Mapping[date, Sequence[Text]] | None = None,
    *,
    every_day: bool = False,
) -> SheetDay:
    """A mark in words. ``breaches``: what broke the law, by day; ``every_day``: calendar days are counted."""
    broken = tuple((breaches or {}).get(mark.on, ()))
    return SheetDay(
        on=mark.on,
        weekday=WEEKDAYS[mark.on.weekday()],
        kind=mark.kind,
        number=mark.number,
        ordinal=_ordinal(mark.number, every_day),
        reasons=(*_reasons(mark, waiting_for), *broken),
        signs=_signs(mark, bool(broken)),
        is_due=mark.is_due,
        is_stop=mark.is_stop,
        is_today=mark.is_today,
        is_ahead=mark.is_ahead and mark.kind is DayMarkKind.COUNTED,
        is_rest=mark.note.kind in (DayKind.WEEKEND, DayKind.HOLIDAY),
    )


def _ordinal(number: int | None, every_day: bool) -> Text:
    if number is None:
        return ""
    return TrackerError(N_("第 %(n)d 日") if every_day else N_("第 %(n)d 个工作日"), n=number)


def day_reason(note: DayNote) -> Text:
    """Why a day is off or worked, with the notice that says so; empty for a plain working day."""
    if note.kind is DayKind.WORKDAY:
        return ""
    if note.kind is DayKind.WEEKEND:
        return N_("周末")
    made_up = note.kind is DayKind.MAKE_UP
    template = N_("%(name)s调休上班（%(notice)s）") if made_up else N_("%(name)s放假（%(notice)s）")
    return TrackerError(template, name=note.name or "", notice=_authority(note))


def _authority(note: DayNote) -> str:
    if note.notice:
        return note.notice
    return DAY_OF_LAW if note.by_law else UNVERIFIED


def skipped_days(days: Sequence[SheetDay]) -> tuple[SkippedDays, ...]:
    """Every day that is not counted, by reason, in the order in which the reasons first come up."""
    found: dict[str, tuple[Text, list[date]]] = {}
    for day in days:
        if day.number is None and day.kind is not DayMarkKind.RECEIPT:
            reason = day.reasons[0]
            found.setdefault(str(reason), (reason, []))[1].append(day.on)
    return tuple(SkippedDays(reason, _spans(ons), len(ons)) for reason, ons in found.values())


def _reasons(mark: DayMark, waiting_for: ClockState | None) -> list[Text]:
    words = _MARK_WORDS[mark.kind]
    if mark.kind is DayMarkKind.WAITING and waiting_for is not None:
        words = _WAITING_WORDS.get(waiting_for, words)
    parts: list[Text] = [part for part in (words, day_reason(mark.note)) if part]
    ahead = mark.is_ahead and mark.number is not None
    flags = (
        (ahead and not mark.is_unused, NOT_YET),
        (ahead and mark.is_unused, UNUSED),
        (mark.is_due, N_("到期日")),
        (mark.is_late, N_("超期")),
        (mark.is_stop, N_("停止日")),
        (mark.is_restart, N_("重新起算")),
    )
    return parts + [word for on, word in flags if on]


def _signs(mark: DayMark, broken: bool) -> tuple[str, ...]:
    signs = [_SIGNS[mark.kind]]
    if mark.note.kind is DayKind.HOLIDAY:
        signs.append(N_("休"))
    elif mark.note.kind is DayKind.MAKE_UP:
        signs.append(N_("班"))
    flags = (
        (mark.is_due, N_("到期")),
        (mark.is_late, N_("超")),
        (mark.is_stop, N_("停止")),
        (mark.is_restart, N_("重起")),
        (broken, N_("违")),
    )
    signs += [sign for on, sign in flags if on]
    return tuple(sign for sign in signs if sign)


def _spans(ons: Sequence[date]) -> tuple[tuple[date, date], ...]:
    spans: list[tuple[date, date]] = []
    for on in ons:
        if spans and spans[-1][1] + timedelta(days=1) == on:
            spans[-1] = (spans[-1][0], on)
        else:
            spans.append((on, on))
    return tuple(spans)
