"""巡查: tell everybody what the clocks owe them, exactly once, however often and by whomever it is run.

A clock is looked at when the day in ``next_alert_on`` has come. Alerts, their messages and the next day to look are
written in one transaction for a batch of cases: killed anywhere, the batch is done again and finds its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_schedule import Timetable
from tracker.domain.alerts import OF_A_CLOCK, AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.domain.urgency import remaining_on
from tracker.models import Alert, AlertWatch, Case, Clock
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.queries.recipients import Roster, read_roster
from tracker.services.alerts import NewAlert, resolve_alerts, write_alerts
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

BATCH = 200
_WATCH = "sweep"
_RUNNING = str(ClockState.RUNNING)


@dataclass(frozen=True, slots=True)
class Swept:
    """Clocks whose day had come, and alerts that were new."""

    looked: int = 0
    told: int = 0


def sweep(ctx: Context) -> Swept:
    """Look at every clock whose day has come, batch by batch, until none is left."""
    note_day(ctx)
    looked = told = 0
    known: dict[tuple[Any, ...], Timetable] = {}
    while True:
        with transaction(ctx) as session:
            cases = _locked_cases(session, ctx.today)
            if not cases:
                return Swept(looked, told)
            batch = _Batch.read(ctx, session, cases, known)
            new, again = batch.owed(ctx.today)
            told += batch.write(ctx, session, new)
            session.execute(update(Clock), again)
            looked += len(again)


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


def _locked_cases(session: Session, today: date) -> Sequence[int]:
    # Locked before their clocks are read, so that an answer given this moment is seen; a case somebody is writing to
    # is left for the next sweep.
    ids = session.scalars(
        select(Case.id)
        .join(Clock, Clock.case_id == Case.id)
        .where(Clock.next_alert_on <= today)
        .limit(BATCH)
        .with_for_update(of=Case, skip_locked=True)
    )
    return list(dict.fromkeys(ids))


@dataclass(slots=True)
class _Batch:
    rows: Sequence[Any]
    roster: Roster
    policies: Mapping[int, AlertPolicy]
    calendar: WorkCalendar
    known: dict[tuple[Any, ...], Timetable] = field(default_factory=dict)

    @classmethod
    def read(
        cls, ctx: Context, session: Session, cases: Sequence[int], known: dict[tuple[Any, ...], Timetable]
    ) -> _Batch:
        rows = session.execute(
            select(
                Clock.id,
                Clock.case_id,
                Clock.kind,
                Clock.run,
                Clock.ref,
                Clock.state,
                Clock.current,
                Clock.due_on,
                Clock.provisional,
                Case.organ_id,
                Case.handler_id,
                Case.stage,
            )
            .join(Case, Case.id == Clock.case_id)
            .where(Clock.case_id.in_(cases), Clock.next_alert_on <= ctx.today)
        ).all()
        policies = policies_of(session, {row.organ_id for row in rows})
        return cls(rows, read_roster(session), policies, current_calendar(session), known)

    def owed(self, today: date) -> tuple[list[NewAlert], list[dict[str, Any]]]:
        """Alerts that hold today, told before or not, and the day each clock is to be looked at next."""
        alerts: list[NewAlert] = []
        again: list[dict[str, Any]] = []
        for row in self.rows:
            if row.state != _RUNNING or not row.current or row.due_on is None:
                again.append({"id": row.id, "next_alert_on": None})
                continue
            days = self._timetable(row)
            alerts += _one_each(self._of(row, days, today))
            again.append({"id": row.id, "next_alert_on": days.next_after(today)})
        return alerts, again

    def write(self, ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> int:
        new = write_alerts(ctx, session, wanted)
        if new:
            self._supersede(ctx, session, wanted)
        return new

    def _supersede(self, ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> None:
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
                Alert.case_id.in_({a.case_id for a in wanted}),
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
            resolve_alerts(ctx, session, Alert.id.in_(over))

    def _timetable(self, row: Any) -> Timetable:
        policy = self.policies[row.organ_id]
        key = (row.kind, row.due_on, row.provisional, self.calendar.version, policy)
        if key not in self.known:
            self.known[key] = Timetable(row.kind, row.due_on, row.provisional, self.calendar, policy)
        return self.known[key]

    def _of(self, row: Any, days: Timetable, today: date) -> Iterable[NewAlert]:
        for owed in days.owed_on(today, Stage(row.stage)):
            params = _params(owed.kind, remaining_on(row.due_on, today, self.calendar))
            for recipient in self.roster.reached(owed.audience, row.organ_id, row.handler_id):
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


def _one_each(alerts: Iterable[NewAlert]) -> Iterable[NewAlert]:
    """Who is reached in two capacities is told once, of the nearest step."""
    nearest: dict[int, NewAlert] = {}
    for alert in alerts:
        known = nearest.get(alert.recipient_id)
        if known is None or alert.step < known.step:
            nearest[alert.recipient_id] = alert
    return nearest.values()


def _params(kind: AlertKind, remaining: int) -> dict[str, int]:
    if kind is AlertKind.OVERDUE:
        return {"late": -remaining}
    return {"left": remaining} if kind is AlertKind.DUE_SOON else {}


def _clock_of(alert: Any) -> tuple[Any, ...]:
    return (alert.recipient_id, alert.case_id, alert.clock_kind, alert.run, alert.ref)
