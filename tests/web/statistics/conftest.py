"""The demonstration district on a day of November, and people of it signed in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.clocks import StandingClock
from tests.web.supervision.conftest import enter_as

__all__ = ["enter_as"]


@pytest.fixture(autouse=True)
def in_november(clock: StandingClock) -> None:
    """The demonstration is set up on the day the figures are asked for."""
    clock.set(date(2026, 11, 23))
