"""What is to be recorded of a case, worked out before anything is written: refusals, breaches, texts, rows.

Both ways into the log use it: ``case_record.append`` for one case, ``case_batch`` for many new ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.effects import effects_of
from tracker.domain.errors import BreachNeedsReason, NotLawfulNow
from tracker.domain.internal_limits import KEPT, InternalLimits
from tracker.domain.reading import Reading
from tracker.domain.stages import Stage, stage_of
from tracker.domain.vocabulary import N_
from tracker.queries.case_log import as_entry
from tracker.services.context import Context
from tracker.services.log_chain import digest_of

SCHEMA_VERSION = 1
_AFTER_ARCHIVING = frozenset(
    {
        EntryType.FACT_CORRECTED,
        EntryType.ORDERED_ANEW,
        EntryType.HANDED_OVER,
        EntryType.HELD,
        EntryType.HOLD_RELEASED,
        EntryType.RETENTION_CHANGED,
        EntryType.FILE_DESTROYED,
        EntryType.CALENDAR_CHANGED,
        EntryType.CHASE_ANSWERED,
        EntryType.CHALLENGED,
        EntryType.CHALLENGE_HEARING,
        EntryType.CHALLENGE_ANSWERED,
        EntryType.CHALLENGE_CLOSED,
    }
)
_STOPPING = frozenset({EntryType.DISPATCHED, EntryType.DELIVERED, EntryType.ABANDONED, EntryType.WITHDRAWN})
_KEEPS_CALENDAR = _STOPPING | {EntryType.CHALLENGE_ANSWERED, EntryType.CHALLENGE_CLOSED}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What happened, before it is recorded. ``on`` is the day of law; ``details`` holds ids, codes and the clock's
    fields (cause, ref, days, by, until), never personal data; ``text`` is free text kept apart."""

    type: EntryType
    on: date
    details: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None
    named_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """One entry ready to be stored: ``told`` as the domain reads it, ``details`` with the breaches it adds, ``text``
    with the reason where it explains one, ``reading`` the clock by the calendar in force, once all are recorded, on the
    last of them."""

    new: NewEntry
    told: LogEntry
    details: Mapping[str, Any]
    text: str | None
    reading: Reading | None


def as_log_entry(entry: NewEntry, seq: int, version: int | None = None) -> LogEntry:
    """The entry as the domain reads it once it is stored."""
    return as_entry(str(entry.type), entry.on, seq, version, dict(entry.details))


def told_entries(
    log: Sequence[LogEntry],
    entries: Sequence[NewEntry],
    calendar: WorkCalendar,
    today: date,
    *,
    limits: InternalLimits | None,
    reason: str | None,
) -> list[ToldEntry]:
    """The entries as they will stand after this log. ``limits``: those a stopping entry keeps.

    A reason is kept with each entry that breaks the law, else with the last. Raises ``Refusal`` for what cannot be,
    ``BreachNeedsReason`` for a breach without a reason, ``NotLawfulNow`` for what an archived file takes no more.
    """
    _require_open_file(log, entries)
    candidates = [
        (entry, as_log_entry(entry, seq, calendar.version if entry.type in _KEEPS_CALENDAR else None))
        for seq, entry in enumerate((_with_limits(entry, limits) for entry in entries), start=len(log) + 1)
    ]
    effects = effects_of(log, [told for _, told in candidates], calendar, today)
    ready: list[ToldEntry] = []
    explained = False
    for (entry, told), effect in zip(candidates, effects, strict=True):
        if effect.refusal is not None:
            raise effect.refusal
        if effect.new_breaches and not reason:
            raise BreachNeedsReason(effect.new_breaches)
        details, text = entry.details, entry.text
        if effect.new_breaches:
            details = {**details, "breaches": sorted({str(b.code) for b in effect.new_breaches})}
        if reason and (effect.new_breaches or (len(ready) + 1 == len(entries) and not explained)):
            text = f"{text}\n{reason}" if text else reason
            explained = True
        ready.append(ToldEntry(entry, told, details, text, effect.reading))
    return ready


def entry_values(
    ctx: Context, ready: ToldEntry, case_id: int, text_id: int | None, previous_digest: str
) -> dict[str, Any]:
    """The columns of a stored entry, its digest linked to that of the entry before it."""
    values: dict[str, Any] = {
        "case_id": case_id,
        "seq": ready.told.seq,
        "schema_version": SCHEMA_VERSION,
        "type": str(ready.new.type),
        "happened_on": ready.new.on,
        "recorded_at": ctx.now,
        "actor_id": ctx.actor.account_id,
        "named_person_id": ready.new.named_person_id,
        "text_id": text_id,
        "calendar_version": ready.told.calendar_version,
        "details": dict(ready.details),
    }
    values["digest"] = digest_of(values, previous_digest)
    return values


def _require_open_file(log: Sequence[LogEntry], entries: Sequence[NewEntry]) -> None:
    gone = any(entry.type is EntryType.FILE_DESTROYED for entry in log)
    if gone and any(entry.type is not EntryType.CALENDAR_CHANGED for entry in entries):
        raise NotLawfulNow(N_("这件申请的案卷已经到期销毁，不再登记任何事项。"))
    if stage_of(log) is Stage.ARCHIVED and any(entry.type not in _AFTER_ARCHIVING for entry in entries):
        raise NotLawfulNow(
            N_("这件申请已经归档，只能更正事实、登记复议诉讼和重新答复、办理保全或变更保管期限。")
        )


def _with_limits(entry: NewEntry, limits: InternalLimits | None) -> NewEntry:
    """A stopping entry keeps the limits of its day as it keeps its calendar: later settings judge no finished reply."""
    if limits is None or entry.type not in _STOPPING:
        return entry
    return replace(entry, details={**entry.details, KEPT: limits.as_details()})
