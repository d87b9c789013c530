"""更正事实: an entry recorded with a wrong date, or one that never happened. The old entry stays readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from tracker.domain.alerts import AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.calendar_changes import ClockMove
from tracker.domain.case_clocks import ClockKind, clocks_of
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, effective
from tracker.domain.clock import Preview, Reading
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow
from tracker.domain.fact_correction import FactChange, correction_details, days_quoted, moved_clocks
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, StoredEntry
from tracker.queries.alerts import AlertRow, list_quoting
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_log import read_log
from tracker.queries.quotations import QuotingLetter, list_quoting_letters
from tracker.queries.scope import get_case
from tracker.services.alerts import ClockKey, tell
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append, preview_entry
from tracker.services.context import Context
from tracker.services.corrected_records import follow_correction


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a correction would do: to the reply clock, to every clock that moves, and which letters and alerts have
    told somebody what would no longer stand."""

    preview: Preview
    moves: tuple[ClockMove, ...]
    letters: Sequence[QuotingLetter]
    alerts: Sequence[AlertRow]


def correct_fact(
    ctx: Context,
    case_id: int,
    *,
    seq: int,
    on: date | None = None,
    days: int | None = None,
    by: DispatchWay | None = None,
    until: date | None = None,
    void: bool = False,
    reason: str,
    expected_version: int | None,
) -> Reading:
    """Give entry ``seq`` another day of law or other fields the clock reads, or void it. All clocks are replayed.

    The reason is demanded and stays in the log, with the letters and alerts that quoted what stood before; the handler
    is told when the due date moves. Raises ``Refusal`` where the log could not be so (before the receipt, after the
    stop, in the future), ``Invalid`` where nothing would change.
    """
    if not reason.strip():
        raise Invalid({"reason": [N_("请写明更正的理由和依据。")]})
    change = FactChange(on, days, by, until, void)
    with acting(ctx, case_id, Action.CORRECT_FACT, expected_version) as case:
        entry = _target(ctx, case, seq)
        return record_change(ctx, case, entry, change, foresee_change(ctx, case, entry, change), reason)


def record_change(
    ctx: Context,
    case: Case,
    entry: StoredEntry,
    change: FactChange,
    seen: Foreseen,
    reason: str,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Reading:
    """Write the change of an entry with what it touches; ``more`` joins its details. For verbs that hold the case."""
    new = _entry(ctx, entry, change)
    new = NewEntry(new.type, new.on, {**new.details, **_aftermath(seen), **more})
    reading = append(ctx, case, new, reason=reason)
    follow_correction(ctx, case, entry, change)
    _tell_handler(ctx, case, seen)
    return reading


def preview_fact(
    ctx: Context,
    case_id: int,
    *,
    seq: int,
    on: date | None = None,
    days: int | None = None,
    by: DispatchWay | None = None,
    until: date | None = None,
    void: bool = False,
) -> Preview:
    """The due date before and after such a correction. Writes nothing."""
    change = FactChange(on, days, by, until, void)
    return foresee_fact(ctx, case_id, seq=seq, change=change).preview


def foresee_fact(ctx: Context, case_id: int, *, seq: int, change: FactChange) -> Foreseen:
    """Everything such a correction would touch. Writes nothing. Raises as ``correct_fact`` does, but for refusals,
    which the preview holds."""
    case = get_case(ctx.session, ctx.actor, case_id)
    return foresee_change(ctx, case, _target(ctx, case, seq), change)


def foresee_change(ctx: Context, case: Case, entry: StoredEntry, change: FactChange) -> Foreseen:
    """As ``foresee_fact``, of an entry at hand."""
    session = ctx.session
    new = _entry(ctx, entry, change)
    log = read_log(session, case.id)
    calendar = current_calendar(session)
    preview = preview_entry(ctx, case, new, log, calendar)
    if preview.refusal is not None:
        return Foreseen(preview, (), (), ())

    def kept(version: int) -> WorkCalendar:
        return calendar if version == calendar.version else calendar_at(session, version)

    longer = [*log, LogEntry(new.type, new.on, len(log) + 1, details=new.details)]
    before = clocks_of(log, calendar, ctx.today, calendars=kept)
    after = clocks_of(longer, calendar, ctx.today, calendars=kept)
    moves = moved_clocks(before, after)
    quoted = days_quoted(new.details, moves, before, after)
    return Foreseen(
        preview=preview,
        moves=moves,
        letters=list_quoting_letters(session, ctx.actor, case.id, quoted),
        alerts=[row for day in quoted for row in list_quoting(session, ctx.actor, case.id, day)],
    )


def _aftermath(seen: Foreseen) -> dict[str, Any]:
    """What the entry keeps of it: old and new dates, and whom it concerns, by number."""
    kept: dict[str, Any] = {}
    others = []
    for move in seen.moves:
        if move.kind is ClockKind.REPLY:
            kept |= _dates(move)
        else:
            others.append({"kind": str(move.kind), "ref": move.ref, **_dates(move)})
    if others:
        kept["clocks"] = others
    if seen.letters:
        kept["letters"] = [letter.id for letter in seen.letters]
    if seen.alerts:
        kept["alerts"] = [alert.id for alert in seen.alerts]
    return kept


def _dates(move: ClockMove) -> dict[str, Any]:
    return {
        "old_due_on": move.old_due_on.isoformat() if move.old_due_on else None,
        "new_due_on": move.new_due_on.isoformat() if move.new_due_on else None,
    }


def _tell_handler(ctx: Context, case: Case, seen: Foreseen) -> None:
    for move in _moved_dates(seen):
        tell(
            ctx,
            [case.handler_id],
            AlertKind.FACT_CORRECTED,
            on=move.new_due_on or ctx.today,
            case=case,
            clock=ClockKey(str(move.kind), move.run, move.ref or ""),
            params={"old": _written(move.old_due_on), "new": _written(move.new_due_on)},
        )


def _moved_dates(seen: Foreseen) -> Iterator[ClockMove]:
    return (move for move in seen.moves if move.old_due_on is not None and move.new_due_on is not None)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _target(ctx: Context, case: Case, seq: int) -> StoredEntry:
    entry = ctx.session.scalar(
        select(StoredEntry).where(StoredEntry.case_id == case.id, StoredEntry.seq == seq)
    )
    if entry is None:
        raise NotFound(N_("没有找到要更正的记录。"))
    if entry.type == EntryType.FACT_CORRECTED:
        raise NotLawfulNow(N_("更正本身不能再更正，请直接更正原记录。"))
    if entry.type == EntryType.REGISTRATION_AMENDED:
        raise NotLawfulNow(N_("登记信息的修改不能更正，请再修改一次。"))
    return entry


def _as_it_stands(ctx: Context, entry: StoredEntry) -> LogEntry:
    """The entry after earlier corrections. Raises ``NotLawfulNow`` for one that was voided."""
    for standing in effective(read_log(ctx.session, entry.case_id)):
        if standing.seq == entry.seq:
            return standing
    raise NotLawfulNow(N_("这条记录已经作废，请另行登记。"))


def _entry(ctx: Context, entry: StoredEntry, change: FactChange) -> NewEntry:
    return NewEntry(
        EntryType.FACT_CORRECTED, ctx.today, correction_details(change, _as_it_stands(ctx, entry))
    )
