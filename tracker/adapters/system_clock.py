"""The one place that reads the clock of the machine; everywhere else time is an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """The date of law (Asia/Shanghai) and the instant (aware, UTC)."""

    def today(self) -> date: ...

    def now(self) -> datetime: ...


def _machine() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The real one; ``instant`` gives this moment, aware, in UTC."""

    def __init__(self, instant: Callable[[], datetime] = _machine) -> None:
        self._instant = instant

    def today(self) -> date:
        """The date on the wall in Taizhou, whatever zone the machine is set to."""
        return self._instant().astimezone(SHANGHAI).date()

    def now(self) -> datetime:
        """This instant."""
        return self._instant()


class FixedClock:
    """A fixed date of law (``TRACKER_TODAY``); the time of day goes on, so that sessions still age."""

    def __init__(self, today: date) -> None:
        self._today = today

    def today(self) -> date:
        """The fixed date."""
        return self._today

    def now(self) -> datetime:
        """The fixed date at the real time of day in Asia/Shanghai, as UTC."""
        return datetime.combine(self._today, datetime.now(SHANGHAI).timetz()).astimezone(UTC)


def clock_for(fixed: date | None) -> Clock:
    """The fixed clock when a date is given, else the real one."""
    return SystemClock() if fixed is None else FixedClock(fixed)
