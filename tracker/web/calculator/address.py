"""The state of the calculator is its address: its parameters, and the shortest address that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.written_dates import NotADate, parse_written_date

Pairs = list[tuple[str, str]]

MOST_ROWS = 30
"""Rows that are read; what lies beyond is said to be left out. No case of law needs as many."""

LONGEST: dict[str, int] = {"kind": 32, "on": 20, "cause": 16, "ref": 16, "days": 5, "until": 20, "by": 16}
"""The fields of a row and how many characters of each are read."""

NEEDS: dict[EntryType, tuple[str, ...]] = {
    EntryType.CORRECTION_REQUESTED: (),
    EntryType.CORRECTED: (),
    EntryType.SUSPENDED: ("cause", "ref"),
    EntryType.CONSULTATION_DELIVERED: ("ref",),
    EntryType.RESUMED: ("ref",),
    EntryType.EXTENDED: ("days",),
    EntryType.FEE_NOTIFIED: (),
    EntryType.FEE_PAID: (),
    EntryType.JUSTIFICATION_REQUESTED: (),
    EntryType.JUSTIFIED: (),
    EntryType.DELAYED: ("until",),
    EntryType.DISPATCHED: ("by",),
    EntryType.DELIVERED: (),
    EntryType.ABANDONED: (),
    EntryType.WITHDRAWN: (),
    EntryType.ORDERED_ANEW: ("days",),
}
"""What can be added to a receipt, in the order it is offered, and what each needs beside its day."""

_ROW_FIELD = re.compile(r"e([0-9]{1,4})-([a-z]+)")
_TYPED = ("on", "days", "until", "ref")
_DAYS = ("on", "until")


def canonical(given: MultiDict[str, str], today: date) -> tuple[Pairs, bool]:
    """The parameters that count, days with their years, rows numbered anew, without empty ones and without what a
    row's kind does not need; and whether rows had to be left out. ``remove`` names a row to be taken out."""
    pairs: Pairs = []
    received = written_day(given.get("received", ""), today)
    if received:
        pairs.append(("received", received))
    rows = [row for number, row in _rows(given, today) if str(number) != given.get("remove")]
    filled = [row for row in rows if any(row.get(name) for name in ("kind", *_TYPED))]
    for number, row in enumerate(filled[:MOST_ROWS], start=1):
        pairs += [(f"e{number}-{name}", row[name]) for name in _counting(row)]
    return pairs, len(filled) > MOST_ROWS


def pairs_of(log: Sequence[LogEntry]) -> Pairs | None:
    """The address of what the clock reads of a log: days and codes, never a name. Letters are numbered anew. None
    where there is no receipt or more than the calculator reads."""
    entries = effective(log)
    received = next((e for e in entries if e.type is EntryType.RECEIVED), None)
    rows = [e for e in entries if e.type in NEEDS]
    if received is None or len(rows) > MOST_ROWS:
        return None
    pairs: Pairs = [("received", received.on.isoformat())]
    refs = list(dict.fromkeys(e.ref for e in rows if e.ref is not None))
    for number, entry in enumerate(sorted(rows, key=lambda e: e.on), start=1):
        said = {
            "kind": str(entry.type),
            "on": entry.on.isoformat(),
            "cause": entry.cause or "",
            "ref": "" if entry.ref is None else str(refs.index(entry.ref) + 1),
            "days": "" if entry.days is None else str(entry.days),
            "until": entry.until.isoformat() if entry.until else "",
            "by": entry.by or "",
        }
        pairs += [(f"e{number}-{name}", str(said[name])) for name in _counting(said)]
    return pairs


def calculator_url(log: Sequence[LogEntry]) -> str | None:
    """Where a case's clock can be tried out; None where ``pairs_of`` gives nothing."""
    pairs = pairs_of(log)
    if pairs is None:
        return None
    said: dict[str, Any] = dict(pairs)
    return url_for("calculator.index", **said)


def written_day(text: str, today: date) -> str:
    """A typed day as 2026-11-23, so that an address means the same next year; what is no day stays as typed."""
    plain = _clipped(text, LONGEST["on"])
    try:
        return parse_written_date(plain, today).isoformat()
    except NotADate:
        return plain


def _clipped(text: str, longest: int) -> str:
    return text.strip()[:longest].strip()


def _rows(given: MultiDict[str, str], today: date) -> list[tuple[int, dict[str, str]]]:
    rows: dict[int, dict[str, str]] = {}
    for name, value in given.items():
        found = _ROW_FIELD.fullmatch(name)
        if not found or found[2] not in LONGEST:
            continue
        plain = written_day(value, today) if found[2] in _DAYS else _clipped(value, LONGEST[found[2]])
        rows.setdefault(int(found[1]), {})[found[2]] = plain
    return sorted(rows.items())


def _counting(row: dict[str, str]) -> Iterable[str]:
    """Names of the fields that say something: those the kind needs; all that was typed while none is chosen."""
    kind = row.get("kind", "")
    needed = NEEDS[EntryType(kind)] if kind in NEEDS else ("days", "until", "ref")
    return [name for name in LONGEST if row.get(name) and (name in ("kind", "on") or name in needed)]
