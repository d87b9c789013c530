"""A clock that stands still until a test moves it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

from tracker.adapters.system_clock import SHANGHAI

USUAL_TODAY = date(2026, 11, 23)


def today_of_tests() -> date:
    """The day the suite plays on: ``TRACKER_TODAY`` when the environment sets one, else a Monday without trouble."""
    given = os.environ.get("TRACKER_TODAY")
    return date.fromisoformat(given) if given else USUAL_TODAY


class StandingClock:
    """Ten in the morning in Taizhou, on the day a test sets."""

    def __init__(self, today: date | None = None) -> None:
        self.set(today or today_of_tests())

    def today(self) -> date:
        return self._now.astimezone(SHANGHAI).date()

    def now(self) -> datetime:
        return self._now

    def set(self, today: date, at: time = time(10, 0)) -> None:
        """Move to a day."""
        self._now = datetime.combine(today, at, SHANGHAI).astimezone(UTC)

    def advance(self, **span: float) -> None:
        """Let time pass: ``advance(minutes=31)``."""
        self._now += timedelta(**span)
