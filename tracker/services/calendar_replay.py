"""Replay of every running clock with a new calendar: the dates that move stand in each case's log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.alerts import AlertKind
from tracker.domain.calendar_changes import ClockMove
from tracker.domain.case_clocks import ClockKind
from tracker.domain.case_log import EntryType
from tracker.domain.year_edition import YearEdition
from tracker.models import Alert, Case
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendar_moves import CHUNK, MovedClock
from tracker.queries.calendars import current_calendar
from tracker.queries.case_conditions import answers_challenge
from tracker.queries.case_log import read_logs
from tracker.services.alerts import NewAlert, settle_alerts, write_alerts
from tracker.services.case_record import NewEntry, ReadAhead, append, recompute
from tracker.services.context import Context


def replay_running(ctx: Context, edition: YearEdition | None = None, moved: Iterable[MovedClock] = ()) -> int:
    """Write every running clock anew with the calendar now in force, five hundred cases at a time.

    A case of which a date moves gets one entry that names the edition and each date, old and new; its handler is told
    of each. Returns how many cases that are. Raises nothing of its own: a log that could be recorded can be replayed.
    """
    moves: dict[int, list[ClockMove]] = {}
    for clock in moved:
        if clock.move.date_moves:
            moves.setdefault(clock.case_id, []).append(clock.move)
    calendar = current_calendar(ctx.session)
    for chunk in _chunks(ctx.session):
        logs = read_logs(ctx.session, [case.id for case in chunk])
        policies = policies_of(ctx.session, {case.organ_id for case in chunk})
        with ctx.session.no_autoflush:
            for case in chunk:
                ahead = ReadAhead(logs[case.id], calendar, policies[case.organ_id])
                if edition is not None and case.id in moves:
                    entry = _entry(ctx, edition, calendar.version, moves[case.id])
                    append(ctx.as_system(), case, entry, ahead=ahead)
                else:
                    recompute(ctx, case, ahead)
        ctx.session.flush()
        _tell(ctx, chunk, calendar.version, moves)
        for case in chunk:
            ctx.session.expunge(case)
    return len(moves)


def _chunks(session: Session) -> Iterator[Sequence[Case]]:
    last = 0
    while True:
        chunk = session.scalars(
            select(Case)
            .where(Case.id > last, or_(Case.stopped_on.is_(None), answers_challenge()))
            .options(selectinload(Case.clocks))
            .order_by(Case.id)
            .limit(CHUNK)
        ).all()
        if not chunk:
            return
        last = chunk[-1].id
        yield chunk


def _entry(ctx: Context, edition: YearEdition, version: int, moves: Sequence[ClockMove]) -> NewEntry:
    """The due date of the reply stands first; other clocks that moved beside it."""
    reply = next((move for move in moves if move.kind is ClockKind.REPLY), None)
    details: dict[str, Any] = {"version": version, "year": edition.year, "notice": edition.notice_number}
    if reply is not None:
        details |= _dates(reply)
    others = [move for move in moves if move is not reply]
    if others:
        details["clocks"] = [{"kind": str(m.kind), "ref": m.ref, **_dates(m)} for m in others]
    return NewEntry(EntryType.CALENDAR_CHANGED, ctx.today, details)


def _tell(
    ctx: Context, chunk: Sequence[Case], version: int, moves: Mapping[int, Sequence[ClockMove]]
) -> None:
    """What was told of dates that have moved no longer holds; handlers learn of each new date of law."""
    session = ctx.session
    told_before = set(
        session.scalars(
            select(Alert.case_id).where(
                Alert.case_id.in_([case.id for case in chunk]), Alert.resolved_at.is_(None)
            )
        )
    )
    for case in chunk:
        if case.id in told_before:
            settle_alerts(ctx, case)
    news = [alert for case in chunk for alert in _alerts(case, version, moves.get(case.id, ()))]
    write_alerts(ctx.as_system(), session, news)


def _alerts(case: Case, version: int, moves: Sequence[ClockMove]) -> Iterator[NewAlert]:
    """What the handler is told; the version makes a date that moves to and fro a thing to tell each time."""
    for move in moves:
        if case.handler_id is None or move.old_due_on is None or move.new_due_on is None:
            continue
        yield NewAlert(
            recipient_id=case.handler_id,
            kind=AlertKind.DUE_CHANGED,
            on=move.new_due_on,
            case_id=case.id,
            organ_id=case.organ_id,
            clock_kind=str(move.kind),
            run=move.run,
            ref=move.ref or "",
            step=version,
            params={"old": move.old_due_on.isoformat(), "new": move.new_due_on.isoformat()},
        )


def _dates(move: ClockMove) -> dict[str, Any]:
    return {
        "old_due_on": move.old_due_on.isoformat() if move.old_due_on else None,
        "new_due_on": move.new_due_on.isoformat() if move.new_due_on else None,
        "was_provisional": move.was_provisional,
        "is_provisional": move.is_provisional,
    }
