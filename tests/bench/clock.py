"""``make bench-clock``: the calendar and the fold against numpy and against a bare table, all in one run."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np

from tests.bench.timing import in_turns, machine, told
from tracker.adapters.shipped_calendars import shipped_calendar
from tracker.domain.case_log import parse_entry
from tracker.domain.clock import fold
from tracker.domain.statute import REPLY_DAYS

CALENDAR = shipped_calendar()
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
AFTER_LAST = LAST + timedelta(days=400)
RECEIVED_ON, TODAY = date(2025, 9, 1), date(2025, 10, 9)
LOG = [
    parse_entry(raw, seq)
    for seq, raw in enumerate(
        (
            {"type": "received", "on": "2025-09-01"},
            {"type": "suspended", "on": "2025-09-05", "cause": "third_party"},
            {"type": "resumed", "on": "2025-09-15"},
            {"type": "extended", "on": "2025-09-22", "days": 20},
        ),
        start=1,
    )
]
MILLION = 1_000_000


def main() -> None:
    """Print the figures of the three aims and what they are compared with."""
    print(machine())
    one_due_date()
    four_entries()
    a_million()


def one_due_date() -> None:
    """Aim: not slower than one call of numpy."""
    business = _business_days()
    start = np.datetime64(RECEIVED_ON)
    table, base = _table()
    offset = RECEIVED_ON.toordinal() - base
    figures = in_turns(
        {
            "nth_workday": lambda: CALENDAR.nth_workday(RECEIVED_ON, REPLY_DAYS),
            "numpy.busday_offset, one datetime64": lambda: np.busday_offset(
                start, REPLY_DAYS, roll="backward", busdaycal=business
            ),
            "bare table look-up (one list index)": lambda: table[offset],
        },
        calls=20_000,
        rounds=15,
    )
    print(f"One due date: the {REPLY_DAYS}th working day after a day")
    for name, taken in figures.items():
        print(told(name, taken, "ns"))
    ours, numpys, bare = figures.values()
    print(
        f"  ratio to numpy {ours.ratio_to(numpys):.3f} (aim: at most 1); to the bare table {ours.ratio_to(bare):.1f}"
    )


def four_entries() -> None:
    """Aim: 25 µs without steps."""
    figures = in_turns(
        {
            "fold": lambda: fold(LOG, CALENDAR, TODAY),
            "fold with its steps": lambda: fold(LOG, CALENDAR, TODAY, steps=True),
        },
        calls=2_000,
        rounds=25,
    )
    print("A reading of four entries: received, suspended, resumed, extended")
    for name, taken in figures.items():
        print(told(name, taken))
    plain, with_steps = figures.values()
    print(
        f"  least {plain.least * 1e6:.1f} µs (aim: 25); with steps {with_steps.ratio_to(plain):.2f} times that"
    )


def a_million() -> None:
    """Aim: within twice numpy's time. Ours takes and gives ``date`` objects, numpy's its own arrays."""
    business = _business_days()
    chosen = random.Random(711)
    days = [FIRST + timedelta(days=chosen.randrange((LAST - FIRST).days)) for _ in range(MILLION)]
    array = np.array(days, dtype="datetime64[D]")
    nth = CALENDAR.nth_workday

    def ours() -> list[date]:
        return [nth(day, REPLY_DAYS) for day in days]

    def numpys() -> object:
        return np.busday_offset(array, REPLY_DAYS, roll="backward", busdaycal=business)

    if ours() != numpys().tolist():  # type: ignore[attr-defined]
        raise SystemExit("the calendar and numpy disagree: the figures would mean nothing")
    figures = in_turns(
        {"nth_workday, date to date": ours, "numpy, array to array": numpys}, calls=1, rounds=5
    )
    print("A million plain periods, receipt to due date, both giving the same days")
    for name, taken in figures.items():
        print(told(name, taken, "ms"))
    mine, theirs = figures.values()
    print(f"  ratio to numpy {mine.ratio_to(theirs):.2f} (aim: at most 2)")


def _business_days() -> np.busdaycalendar:
    """numpy's calendar with the same days: every day works but those off, for make-up days fit no weekmask."""
    span = range(FIRST.toordinal(), AFTER_LAST.toordinal())
    off = [day for day in map(date.fromordinal, span) if not CALENDAR.is_workday(day)]
    return np.busdaycalendar(weekmask="1111111", holidays=off)


def _table() -> tuple[list[date], int]:
    """Every due date written out, by day of receipt."""
    span = range(FIRST.toordinal(), LAST.toordinal() + 1)
    return [CALENDAR.nth_workday(date.fromordinal(ordinal), REPLY_DAYS) for ordinal in span], span.start


if __name__ == "__main__":
    main()
