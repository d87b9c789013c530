"""核对: replay every case and compare with what stands beside its log; follow the chain of every log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.clock import clocks_of, days_used_of, fold
from tracker.domain.first_result import first_result_of
from tracker.domain.stages import standing_of
from tracker.models import Case, Clock, Organ, StoredEntry
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_log import read_logs
from tracker.services.alert_verification import overlooked_alerts
from tracker.services.case_standing import limits_for
from tracker.services.log_chain import GENESIS, entry_digest
from tracker.services.tallies import tally_differences

CHUNK = 500
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored value that the replay does not give; a tally has its organ's code for a number and no case."""

    case_id: int | None
    number: str
    what: str
    stored: str
    replayed: str


@dataclass(frozen=True, slots=True)
class BrokenChain:
    """The first entry of a case whose digest, or whose place in the row, is not what it should be."""

    case_id: int
    number: str
    seq: int


def count_cases(session: Session) -> int:
    """How many cases a verification reads."""
    return session.scalar(select(func.count()).select_from(Case)) or 0


def verify_clocks(session: Session, today: date, progress: Progress | None = None) -> Iterator[Difference]:
    """Every stored figure that differs from a replay, case by case, then alerts and the tallies of table 3; writes
    nothing and holds one chunk at a time."""
    kept = _Kept(session)
    for chunk in _chunks(session):
        ids = [row.id for row in chunk]
        calendar = current_calendar(session)
        organs = {organ.id: organ for organ in session.scalars(select(Organ))}
        logs = read_logs(session, ids)
        clocks = _stored_clocks(session, ids)
        replay = _Replay(calendar, kept, organs, today)
        for row in chunk:
            yield from _differences(row, logs[row.id], clocks[row.id], replay)
        if progress is not None:
            progress(len(chunk))
    for case_id, number, clock, stored, owed in overlooked_alerts(session, today):
        yield Difference(case_id, number, f"alerts of clock {clock}", _written(stored), _written(owed))
    for found in tally_differences(session):
        what = f"tally {_written(found.alike)}"
        yield Difference(None, found.organ_code, what, str(found.tallied), str(found.counted))


def verify_chain(session: Session, progress: Progress | None = None) -> Iterator[BrokenChain]:
    """The first break of each case's chain of digests: an entry changed, removed, inserted or out of its row."""
    for chunk in _chunks(session):
        entries: dict[int, list[StoredEntry]] = {row.id: [] for row in chunk}
        for entry in session.scalars(
            select(StoredEntry)
            .where(StoredEntry.case_id.in_(entries))
            .order_by(StoredEntry.case_id, StoredEntry.seq)
        ):
            entries[entry.case_id].append(entry)
        for row in chunk:
            broken = _first_break(entries[row.id])
            if broken is not None:
                yield BrokenChain(row.id, row.number, broken)
        session.expunge_all()
        if progress is not None:
            progress(len(chunk))


def _chunks(session: Session) -> Iterator[Sequence[Any]]:
    last = 0
    while True:
        chunk = session.execute(
            select(
                Case.id,
                Case.number,
                Case.stage,
                Case.stage_since_on,
                Case.days_used,
                Case.first_result_on,
                Case.clock_state,
                Case.stopped_on,
                Case.on_time,
                Case.run,
                Case.breach_codes,
                Case.organ_id,
                Case.historic,
                Case.handler_id,
            )
            .where(Case.id > last)
            .order_by(Case.id)
            .limit(CHUNK)
        ).all()
        if not chunk:
            return
        yield chunk
        last = chunk[-1].id


def _stored_clocks(
    session: Session, ids: Sequence[int]
) -> dict[int, dict[tuple[str, int, str], tuple[object, ...]]]:
    stored: dict[int, dict[tuple[str, int, str], tuple[object, ...]]] = {case_id: {} for case_id in ids}
    rows = session.execute(
        select(
            Clock.case_id,
            Clock.kind,
            Clock.run,
            Clock.ref,
            Clock.state,
            Clock.current,
            Clock.start_on,
            Clock.due_on,
            Clock.at_risk_on,
            Clock.provisional,
            Clock.stopped_on,
            Clock.on_time,
            Clock.calendar_version,
        ).where(Clock.case_id.in_(ids))
    )
    for case_id, kind, run, ref, *figures in rows:
        stored[case_id][(kind, run, ref)] = tuple(figures)
    return stored


class _Kept:
    """Calendars of earlier versions, for runs that have stopped; an edition never changes, so each is read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.known: dict[int, WorkCalendar] = {}

    def __call__(self, version: int) -> WorkCalendar:
        if version not in self.known:
            self.known[version] = calendar_at(self.session, version)
        return self.known[version]


@dataclass(frozen=True, slots=True)
class _Replay:
    calendar: WorkCalendar
    kept: _Kept
    organs: Mapping[int, Organ]
    today: date


def _differences(
    row: Any,
    log: Sequence[LogEntry],
    clocks: dict[tuple[str, int, str], tuple[object, ...]],
    replay: _Replay,
) -> Iterator[Difference]:
    calendar, kept, today = replay.calendar, replay.kept, replay.today
    organ = replay.organs[row.organ_id]
    reading = fold(log, calendar, today, calendars=kept)
    stage, since_on = standing_of(log)
    result = first_result_of(reading, log)
    pairs: list[tuple[str, object, object]] = [
        ("stage", row.stage, str(stage)),
        ("stage_since", row.stage_since_on, since_on),
        ("days_used", row.days_used, days_used_of(reading)),
        ("clock_state", row.clock_state, str(reading.state)),
        ("stopped_on", row.stopped_on, reading.stopped_on),
        ("on_time", row.on_time, reading.on_time),
        ("run", row.run, reading.run),
        ("first_result", row.first_result_on, result.on if result else None),
        ("breaches", list(row.breach_codes or []), sorted({str(b.code) for b in reading.breaches})),
    ]
    replayed: dict[tuple[str, int, str], tuple[object, ...]] = {
        (str(c.kind), c.run, c.ref or ""): (
            str(c.state),
            c.current,
            c.start_on,
            c.due_on,
            c.at_risk_on,
            c.provisional,
            c.stopped_on,
            c.on_time,
            c.calendar_version,
        )
        for c in clocks_of(
            log,
            calendar,
            today,
            calendars=kept,
            internal=limits_for(organ, row.historic, row.handler_id),
            reading=reading,
        )
    }
    for key in sorted(clocks.keys() | replayed.keys()):
        pairs.append((f"clock {' '.join(map(str, key)).strip()}", clocks.get(key), replayed.get(key)))
    for what, stored, expected in pairs:
        if stored != expected:
            yield Difference(row.id, row.number, what, _written(stored), _written(expected))


def _first_break(entries: Sequence[StoredEntry]) -> int | None:
    previous = GENESIS
    for place, entry in enumerate(entries, start=1):
        if entry.seq != place or entry.digest != entry_digest(entry, previous):
            return entry.seq
        previous = entry.digest
    return None


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(_written(part) for part in value)
    return "—" if value is None else str(value)
