"""What is asked of the search, from its address: anything misspelt is said and left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.dispositions import Disposition
from tracker.domain.errors import TrackerError
from tracker.domain.search_query import parse_query
from tracker.domain.written_dates import parse_written_date
from tracker.services.finding import COUNTED, Wanted
from tracker.web.i18n import tell
from tracker.web.list_state import ListState, chosen

KEYS = ("q", "organ", "outcome", "state", "from", "to", "start")
NEWEST = "newest"
OPEN, ENDED = "open", "ended"


@dataclass(frozen=True, slots=True)
class Asked:
    """``faults``: what is wrong with the address, by field; nothing is looked for while the text itself is at fault."""

    wanted: Wanted
    faults: dict[str, str]
    start: int

    @property
    def looks(self) -> bool:
        """Whether there is something to look for."""
        return bool(self.wanted.terms) and not self.faults


def read_asked(state: ListState, today: date) -> Asked:
    """The terms and filters of an address."""
    faults: dict[str, str] = {}
    try:
        wanted = Wanted(parse_query(state.get("q")))
    except TrackerError as error:
        faults["q"], wanted = tell(error), Wanted(())
    outcome = chosen(Disposition, state.get("outcome"))
    wanted = replace(
        wanted,
        organ_id=state.number("organ", 0) or None,
        outcome=str(outcome or ""),
        ended={OPEN: False, ENDED: True}.get(state.get("state")),
        first_on=_day(state, "from", today, faults),
        last_on=_day(state, "to", today, faults),
        newest=state.sort == NEWEST,
    )
    start = state.number("start", 0)
    return Asked(wanted, faults, start if start < COUNTED else 0)


def _day(state: ListState, key: str, today: date, faults: dict[str, str]) -> date | None:
    text = state.get(key)
    if not text:
        return None
    try:
        return parse_written_date(text, today)
    except TrackerError as error:
        faults[key] = tell(error)
        return None
