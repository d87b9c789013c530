"""What stands in the words of an alert: names of clocks, dates and numbers, written by whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tracker.domain.alerts import ALERT_TEXTS, WAITED_FOR, AlertKind
from tracker.domain.case_clocks import CLOCK_NAMES, ClockKind
from tracker.domain.vocabulary import N_

WriteDay = Callable[[date], str]
WriteText = Callable[[str], str]

SOME_CLOCK = N_("办理期限")


def text_of(kind: AlertKind, params: Mapping[str, Any]) -> str:
    """The words for a kind; what is due in no working days is due today."""
    if kind is AlertKind.DUE_SOON and params.get("left") == 0:
        return ALERT_TEXTS[AlertKind.DUE_TODAY]
    return ALERT_TEXTS[kind]


def values_of(
    clock_kind: str, due_on: date, params: Mapping[str, Any], write_day: WriteDay, write: WriteText
) -> dict[str, Any]:
    """The values that stand in the words; dates among the parameters are written by ``write_day``."""
    values = {name: _value(value, write_day) for name, value in params.items()}
    return {**values, "clock": write(_clock_name(clock_kind, params)), "due": write_day(due_on)}


def _clock_name(clock_kind: str, params: Mapping[str, Any]) -> str:
    if clock_kind in set(ClockKind):
        return CLOCK_NAMES[ClockKind(clock_kind)]
    return WAITED_FOR.get(str(params.get("period", "")), SOME_CLOCK)


def _value(value: Any, write_day: WriteDay) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return write_day(date.fromisoformat(value))
    except ValueError:
        return value
