"""Random logs for the properties of the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause

FIRST, LAST = date(2019, 1, 2), date(2026, 3, 1)
KINDS = [
    "correction_requested",
    "corrected",
    "fee_notified",
    "fee_paid",
    "suspended",
    "resumed",
    "extended",
    "justified",
    "delayed",
]
CAUSES = [str(c) for c in SuspensionCause]

days_in_calendar = st.dates(min_value=FIRST, max_value=LAST)


@st.composite
def likely_logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A log as an office might keep it, lawful or not: dates ascend, answers follow letters, at most one stop."""
    day = draw(days_in_calendar)
    log: list[dict[str, Any]] = [{"type": "received", "on": day.isoformat()}]
    out: list[str | None] = []
    seen: set[tuple[str, date]] = set()
    kinds = st.sampled_from(KINDS)
    for _ in range(draw(st.integers(0, 9))):
        day += timedelta(days=draw(st.integers(0, 16)))
        kind = draw(kinds)
        entry = _entry(draw, kind, day, out)
        if entry is not None and (kind in ("suspended", "resumed") or (kind, day) not in seen):
            seen.add((kind, day))
            log.append(entry)
    log += draw(st.one_of(st.just([]), _endings(day + timedelta(days=draw(st.integers(0, 30))))))
    return log


def _entry(draw: st.DrawFn, kind: str, day: date, out: list[str | None]) -> dict[str, Any] | None:
    entry: dict[str, Any] = {"type": kind, "on": day.isoformat()}
    if kind == "suspended":
        ref = draw(st.sampled_from([None, None, "a", "b"]))
        if ref is not None and ref in out:
            return None
        out.append(ref)
        entry |= {"cause": draw(st.sampled_from(CAUSES)), "ref": ref}
    elif kind == "resumed":
        if not out:
            return None
        entry["ref"] = out.pop(draw(st.integers(0, len(out) - 1)))
    elif kind == "extended":
        entry["days"] = draw(st.integers(1, 30))
    elif kind == "delayed":
        entry["until"] = (day + timedelta(days=draw(st.integers(0, 90)))).isoformat()
    return entry


def _endings(day: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    on = day.isoformat()
    signed = (day + timedelta(days=3)).isoformat()
    return st.sampled_from(
        [
            [{"type": "dispatched", "on": on, "by": "post"}],
            [{"type": "dispatched", "on": on, "by": "hand"}],
            [{"type": "dispatched", "on": on, "by": "hand"}, {"type": "delivered", "on": signed}],
            [{"type": "abandoned", "on": on}],
            [{"type": "withdrawn", "on": on}],
        ]
    )


any_date = st.dates() | days_in_calendar | st.sampled_from([date.min, date.max, date(2026, 12, 31)])
scraps = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12), st.text(max_size=12), st.lists(st.integers(), max_size=2)
)
garbage_details = st.dictionaries(
    st.sampled_from(
        [
            "seq",
            "on",
            "void",
            "until",
            "days",
            "by",
            "cause",
            "ref",
            "received_on",
            "answer_due_on",
            "internal_limits",
        ]
    ),
    scraps,
    max_size=5,
)
stored_entries = st.builds(
    LogEntry,
    type=st.sampled_from(EntryType),
    on=any_date,
    seq=st.integers(1, 12),
    cause=st.none() | st.sampled_from(SuspensionCause),
    ref=st.none() | st.sampled_from(["a", "b", ""]),
    days=st.none() | st.integers(-5, 10**12),
    by=st.none() | st.sampled_from(DispatchWay),
    until=st.none() | any_date,
    calendar_version=st.none() | st.integers(0, 3),
    details=garbage_details,
)
stored_logs = st.lists(stored_entries, max_size=14)
"""Whatever our own table could hold, sense or nonsense."""
