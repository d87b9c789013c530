"""更正事实: what of an entry can be corrected, and what that does to the clocks of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.calendar_changes import ClockMove
from tracker.domain.case_clocks import ClockKind, ClockReading
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry
from tracker.domain.errors import Invalid
from tracker.domain.vocabulary import N_

APPLIES: dict[str, frozenset[EntryType]] = {
    "days": frozenset({EntryType.EXTENDED, EntryType.ORDERED_ANEW}),
    "by": frozenset({EntryType.DISPATCHED}),
    "until": frozenset({EntryType.DELAYED}),
}
"""What the clock reads of an entry beside its day, and of which entries."""

_NOT_OF_THIS: dict[str, str] = {
    "days": N_("只有延期和责令重新答复的记录有工作日数，这条记录请留空。"),
    "by": N_("只有寄发答复的记录有寄发方式，这条记录请留空。"),
    "until": N_("只有另定合理期限的记录有截止日期，这条记录请留空。"),
}


@dataclass(frozen=True, slots=True)
class FactChange:
    """What is to stand instead; None leaves a thing as it is. ``void``: it never happened."""

    on: date | None = None
    days: int | None = None
    by: DispatchWay | None = None
    until: date | None = None
    void: bool = False


def correction_details(change: FactChange, standing: LogEntry) -> dict[str, Any]:
    """Details of the ``fact_corrected`` entry: what it changes, and what stood before.

    Raises ``Invalid`` where nothing is given or nothing would change, and for a field the entry does not have.
    """
    details: dict[str, Any] = {"seq": standing.seq, "was_on": standing.on.isoformat()}
    if change.void:
        return {**details, "void": True}
    given = {name: value for name, value in _given(change) if value is not None}
    faults = {
        name: [_NOT_OF_THIS[name]] for name in given if name in APPLIES and standing.type not in APPLIES[name]
    }
    if faults:
        raise Invalid(faults)
    if not given:
        raise Invalid({"on": [N_("请填写更正后的日期或内容，或者选择作废。")]})
    changed = {name: value for name, value in given.items() if value != getattr(standing, name)}
    if not changed:
        raise Invalid({"on": [N_("与现在的记录相同，没有需要更正的内容。")]})
    for name, value in changed.items():
        before = getattr(standing, name)
        details[f"was_{name}"] = None if before is None else _plain(before)
        details[name] = _plain(value)
    return details


def _given(change: FactChange) -> Iterator[tuple[str, Any]]:
    yield from (("on", change.on), ("days", change.days), ("by", change.by), ("until", change.until))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, DispatchWay) else value


def moved_clocks(before: Sequence[ClockReading], after: Sequence[ClockReading]) -> tuple[ClockMove, ...]:
    """Clocks whose date, or whose 暂定, is another afterwards: the reply clock as it now runs first, then the others.
    A date is None where there is no such clock, or while it waits."""
    was, now = _by_key(before), _by_key(after)
    keys = sorted(
        was.keys() | now.keys(), key=lambda key: (key[0] != ClockKind.REPLY, key[0], key[1], key[2])
    )
    moves = (_move(key, was.get(key), now.get(key)) for key in keys)
    return tuple(
        move
        for move in moves
        if move.date_moves or (move.new_due_on is not None and move.was_provisional != move.is_provisional)
    )


_Key = tuple[ClockKind, int, str]


def _by_key(clocks: Sequence[ClockReading]) -> dict[_Key, ClockReading]:
    """The reply clock counts as one, whichever run it is in."""
    return {
        (clock.kind, 0 if clock.kind is ClockKind.REPLY else clock.run, clock.ref or ""): clock
        for clock in clocks
        if clock.kind is not ClockKind.REPLY or clock.run == max(_reply_runs(clocks))
    }


def _reply_runs(clocks: Sequence[ClockReading]) -> list[int]:
    return [clock.run for clock in clocks if clock.kind is ClockKind.REPLY]


def _move(key: _Key, was: ClockReading | None, now: ClockReading | None) -> ClockMove:
    run = now.run if now is not None else was.run if was is not None else key[1]
    return ClockMove(
        kind=key[0],
        run=run,
        ref=key[2] or None,
        old_due_on=was.due_on if was else None,
        new_due_on=now.due_on if now else None,
        was_provisional=was.provisional if was else False,
        is_provisional=now.provisional if now else False,
    )


def days_quoted(
    details: Mapping[str, Any],
    moves: Sequence[ClockMove],
    before: Sequence[ClockReading],
    after: Sequence[ClockReading],
) -> tuple[date, ...]:
    """Days that papers may have quoted and that no longer stand: old due dates, risk dates, the corrected day."""
    gone = {move.old_due_on for move in moves if move.date_moves and move.old_due_on is not None}
    gone |= _risks(before) - _risks(after)
    if details.get("void") or "on" in details:
        gone.add(date.fromisoformat(details["was_on"]))
    if details.get("was_until"):
        gone.add(date.fromisoformat(details["was_until"]))
    return tuple(sorted(gone))


def _risks(clocks: Sequence[ClockReading]) -> set[date]:
    return {clock.at_risk_on for clock in clocks if clock.at_risk_on is not None}
