"""Short writing of logs for tests: ``log("received 2026-09-10", "extended 2026-10-13 days=20")``."""

from __future__ import annotations

from datetime import date

from tracker.adapters.shipped_calendars import shipped_calendar
from tracker.domain.case_log import LogEntry, parse_entry
from tracker.domain.clock import Reading, fold

CALENDAR = shipped_calendar()


def raw(line: str) -> dict[str, object]:
    kind, on, *fields = line.split()
    pairs = dict(item.split("=", 1) for item in fields)
    entry: dict[str, object] = {"type": kind, "on": on, **pairs}
    if "days" in pairs:
        entry["days"] = int(pairs["days"])
    return entry


def log(*lines: str) -> list[LogEntry]:
    return [parse_entry(raw(line), seq) for seq, line in enumerate(lines, start=1)]


def read(*lines: str, today: str | None = None) -> Reading:
    return fold(log(*lines), CALENDAR, day(today) if today else None)


def day(text: str) -> date:
    return date.fromisoformat(text)


def codes(reading: Reading) -> list[str]:
    return sorted({str(breach.code) for breach in reading.breaches})
