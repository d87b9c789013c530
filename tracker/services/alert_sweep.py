"""巡查: tell everybody what the clocks owe them, exactly once, however often and by whomever it is run.

A clock is looked at when the day in ``next_alert_on`` has come. Alerts, their messages and the next day to look are
written in one transaction for a batch of cases: killed anywhere, the batch is done again and finds its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, literal_column, select, update
from sqlalchemy.orm import Session

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_schedule import Owed, Timetable
from tracker.domain.alerts import OF_A_CLOCK, AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.domain.urgency import remaining_on
from tracker.models import Alert, AlertWatch, Case, Clock
from tracker.models.among import among
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.queries.recipients import Roster, read_roster
from tracker.services.alert_stand_ins import with_stand_ins
from tracker.services.alerts import NewAlert, add_alerts, resolve_alerts
from tracker.services.context import Context
from tracker.services.stand_in_alerts import keep_up_stand_ins
from tracker.services.unit_of_work import transaction

BATCH = 1_000
"""Clocks looked at in one transaction: what they need beside them is read once for all of them."""

_WATCH = "sweep"
_RUNNING = str(ClockState.RUNNING)
_CLOCKS = cast("Table", Clock.__table__)


@dataclass(frozen=True, slots=True)
class Swept:
    """Clocks whose day had come, and alerts that were new."""

    looked: int = 0
    told: int = 0


def sweep(ctx: Context) -> Swept:
    """Look at every clock whose day has come, batch by batch, until none is left. Absences that begin or are over on
    this day take effect first."""
    with transaction(ctx):
        note_day(ctx)
        keep_up_stand_ins(ctx)
    looked = told = 0
    while True:
        with transaction(ctx) as session:
            rows = _locked_clocks(session, ctx.today)
            if rows:
                told += _Batch.read(session, rows).write(ctx, session)
        looked += len(rows)
        if len(rows) < BATCH:
            return Swept(looked, told)


def note_day(ctx: Context) -> None:
    """Keep the day the sweep works on. A day earlier than the last means that the machine's clock was wrong: clocks
    that were looked at on a day still to come are looked at again; the keys of the alerts keep them from repeating."""
    with transaction(ctx) as session:
        watch = session.get(AlertWatch, _WATCH, with_for_update=True)
        if watch is None:
            session.add(AlertWatch(name=_WATCH, through_on=ctx.today))
            return
        if ctx.today < watch.through_on:
            look_again(session, ctx.today)
        watch.through_on = ctx.today


def look_again(session: Session, today: date, organ_id: int | None = None) -> None:
    """Let the next sweep look at every running clock (of one organ) that would wait for a later day."""
    waiting = [Clock.state == _RUNNING, Clock.current, Clock.next_alert_on > today]
    if organ_id is not None:
        waiting.append(Clock.case_id.in_(select(Case.id).where(Case.organ_id == organ_id)))
    session.execute(
        update(Clock).where(*waiting).values(next_alert_on=today).execution_options(synchronize_session=False)
    )


def _locked_clocks(session: Session, today: date) -> Sequence[Any]:
    # Locked with their cases while they are read, so that an answer given this moment is seen, and settings saved this
    # moment are not overwritten; what somebody is writing to is left for the next sweep. Order and a limit that the
    # database can read keep it on the index: a plan made for any day at all would look at every clock there is.
    return session.execute(
        select(
            _CLOCKS.c.id,
            _CLOCKS.c.case_id,
            _CLOCKS.c.kind,
            _CLOCKS.c.run,
            _CLOCKS.c.ref,
            _CLOCKS.c.state,
            _CLOCKS.c.current,
            _CLOCKS.c.due_on,
            _CLOCKS.c.provisional,
            Case.organ_id,
            Case.handler_id,
            Case.stage,
        )
        .join(Case, Case.id == _CLOCKS.c.case_id)
        .where(_CLOCKS.c.next_alert_on <= today)
        .order_by(_CLOCKS.c.next_alert_on)
        .limit(literal_column(str(BATCH)))
        .with_for_update(skip_locked=True)
    ).all()


@dataclass(frozen=True, slots=True)
class _Owing:
    """What clocks that are alike owe today, with the words of each, and the next day they are to be looked at."""

    alerts: tuple[tuple[Owed, Mapping[str, int]], ...]
    next_on: date | None

    @classmethod
    def of(cls, days: Timetable, today: date, stage: Stage) -> _Owing:
        owed = tuple(days.owed_on(today, stage))
        left = remaining_on(days.due_on, today, days.calendar)
        return cls(tuple((one, _params(one.kind, left)) for one in owed), days.next_after(today))


@dataclass(slots=True)
class _Batch:
    rows: Sequence[Any]
    roster: Roster
    policies: Mapping[int, AlertPolicy]
    calendar: WorkCalendar

    @classmethod
    def read(cls, session: Session, rows: Sequence[Any]) -> _Batch:
        policies = policies_of(session, {row.organ_id for row in rows})
        return cls(rows, read_roster(session), policies, current_calendar(session))

    def owed(self, today: date) -> tuple[list[NewAlert], dict[date | None, list[int]]]:
        """Alerts that hold today, told before or not, and the clocks by the day each is to be looked at next."""
        alerts: list[NewAlert] = []
        again: dict[date | None, list[int]] = {}
        known: dict[tuple[Any, ...], _Owing] = {}
        for row in self.rows:
            if row.state != _RUNNING or not row.current or row.due_on is None:
                again.setdefault(None, []).append(row.id)
                continue
            owing = self._owing(known, row, today)
            alerts += self._of(row, owing)
            again.setdefault(owing.next_on, []).append(row.id)
        return alerts, again

    def write(self, ctx: Context, session: Session) -> int:
        """Alerts, messages and the next day to look, in the caller's transaction; returns how many were new."""
        owed, again = self.owed(ctx.today)
        wanted = with_stand_ins(session, owed, ctx.today)
        new = add_alerts(ctx, session, wanted)
        if new:
            self._supersede(ctx, session, wanted, min(new))
        for day, ids in again.items():
            session.execute(update(_CLOCKS).where(among(_CLOCKS.c.id, ids)).values(next_alert_on=day))
        return len(new)

    def _supersede(self, ctx: Context, session: Session, wanted: Sequence[NewAlert], first_new: int) -> None:
        """Of one clock a person holds the latest step alone; earlier ones have nothing left to send."""
        current = {_clock_of(a): (str(a.kind), a.step, a.on) for a in wanted}
        holding = session.execute(
            select(
                Alert.id,
                Alert.recipient_id,
                Alert.case_id,
                Alert.clock_kind,
                Alert.run,
                Alert.ref,
                Alert.kind,
                Alert.step,
                Alert.due_on,
            ).where(
                Alert.id < first_new,
                among(Alert.case_id, {a.case_id for a in wanted if a.case_id is not None}),
                Alert.resolved_at.is_(None),
                Alert.kind.in_([str(kind) for kind in OF_A_CLOCK]),
            )
        )
        over = [
            row.id
            for row in holding
            if current.get(_clock_of(row), (row.kind, row.step, row.due_on))
            != (row.kind, row.step, row.due_on)
        ]
        if over:
            resolve_alerts(ctx, session, among(Alert.id, over))

    def _owing(self, known: dict[tuple[Any, ...], _Owing], row: Any, today: date) -> _Owing:
        policy = self.policies[row.organ_id]
        key = (row.kind, row.due_on, row.provisional, row.stage, id(policy))
        found = known.get(key)
        if found is None:
            days = Timetable(row.kind, row.due_on, row.provisional, self.calendar, policy)
            found = known[key] = _Owing.of(days, today, Stage(row.stage))
        return found

    def _of(self, row: Any, owing: _Owing) -> Iterable[NewAlert]:
        """Who is reached in two capacities is told once, of the nearest step."""
        nearest: dict[int, tuple[Owed, Mapping[str, int]]] = {}
        for owed, params in owing.alerts:
            for recipient in self.roster.reached(owed.audience, row.organ_id, row.handler_id):
                if recipient not in nearest or owed.step < nearest[recipient][0].step:
                    nearest[recipient] = owed, params
        for recipient, (owed, params) in nearest.items():
            yield NewAlert(
                recipient_id=recipient,
                kind=owed.kind,
                on=row.due_on,
                case_id=row.case_id,
                organ_id=row.organ_id,
                clock_kind=row.kind,
                run=row.run,
                ref=row.ref,
                step=owed.step,
                params=params,
            )


def _params(kind: AlertKind, remaining: int) -> dict[str, int]:
    if kind is AlertKind.OVERDUE:
        return {"late": -remaining}
    return {"left": remaining} if kind is AlertKind.DUE_SOON else {}


def _clock_of(alert: Any) -> tuple[Any, ...]:
    return (alert.recipient_id, alert.case_id, alert.clock_kind, alert.run, alert.ref)
