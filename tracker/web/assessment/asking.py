"""Which period an address asks for, and the choices of one."""

from __future__ import annotations

from typing import Any

from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.queries.board import YEARS
from tracker.web.context import today
from tracker.web.list_state import Chip, ListState
from tracker.web.periods import KEY, part_chips, year_chips


class Asked:
    """The period of the present address (this year unless it names one), and the chips that lead to others."""

    def __init__(self, **place: Any) -> None:
        self._state = ListState.from_request((KEY,), {}).at(**place)
        self.period = read_period(self._state.get(KEY)) or ReportingPeriod(today().year)

    @property
    def query(self) -> dict[str, Any]:
        """The period as an argument of another address."""
        return self._state.query

    @property
    def years(self) -> list[Chip]:
        """The years that can be looked at."""
        last = today().year
        years = sorted({self.period.year, *range(last - YEARS + 1, last + 1)}, reverse=True)
        return year_chips(self.period, years, self._state)

    @property
    def parts(self) -> list[Chip]:
        """The year as a whole, its quarters and its months."""
        return part_chips(self.period, self._state)
