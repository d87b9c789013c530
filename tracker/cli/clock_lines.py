"""One line of ``clock evaluate``: JSON in, JSON out, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry, parse_day, parse_entry
from tracker.domain.clock import Reading, find_refusal, fold
from tracker.domain.errors import Refusal, RefusalCode

_EMPTY: dict[str, Any] = {
    "state": None,
    "due_on": None,
    "used": None,
    "remaining": None,
    "on_time": None,
    "provisional": None,
    "breaches": None,
}


LONGEST_LINE = 8 * 1024 * 1024
"""Bytes. A longer line is answered with ``bad_entry`` and never held whole."""


def answers_to(file: BinaryIO, calendar: WorkCalendar, today: date | None) -> Iterator[str]:
    """One JSON answer for each line of a file, whatever stands in it, holding one line at a time."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield json.dumps(_refused(None, RefusalCode.BAD_ENTRY))
        else:
            yield _written(evaluate_line(line, calendar, today))


def _written(answer: dict[str, Any]) -> str:
    """JSON without the constants that JSON does not know; the ``id`` alone could hold them, or be too deep to write."""
    try:
        return json.dumps(answer, allow_nan=False)
    except (ValueError, RecursionError):
        return json.dumps(_refused(None, RefusalCode.BAD_ENTRY))


def evaluate_line(line: bytes, calendar: WorkCalendar, today: date | None) -> dict[str, Any]:
    """The answer to one line ``{"id","log"}``, optionally with its own ``today``. Never raises: a line that cannot be
    read is answered with ``bad_entry``."""
    try:
        raw = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return _refused(None, RefusalCode.BAD_ENTRY)
    if not isinstance(raw, dict):
        return _refused(None, RefusalCode.BAD_ENTRY)
    name = raw.get("id")
    try:
        day = today_of(raw, today)
        log = parse_log(raw.get("log"))
    except Refusal as refusal:
        return _refused(name, refusal.code)
    found = find_refusal(log, day)
    if found is not None:
        return _refused(name, found.code)
    return {"id": name, **reading_as_json(fold(log, calendar, day))}


def parse_log(raw: object) -> list[LogEntry]:
    """The entries of a JSON log, numbered as they stand. Raises ``Refusal``."""
    if not isinstance(raw, list):
        raise Refusal(RefusalCode.BAD_ENTRY)
    return [parse_entry(entry, seq) for seq, entry in enumerate(raw, start=1)]


def today_of(raw: dict[str, Any], today: date | None) -> date | None:
    """The line's own today, else the given one. Raises ``Refusal`` when it is no date."""
    own = raw.get("today")
    return today if own is None else parse_day(own)


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """The fields of the contract."""
    return {
        "state": str(reading.state),
        "due_on": reading.due_on.isoformat() if reading.due_on else None,
        "used": reading.used,
        "remaining": reading.remaining,
        "on_time": reading.on_time,
        "provisional": reading.provisional,
        "breaches": sorted({str(breach.code) for breach in reading.breaches}),
        "refused": None,
    }


def _refused(name: object, code: RefusalCode) -> dict[str, Any]:
    return {"id": name, **_EMPTY, "refused": str(code)}
