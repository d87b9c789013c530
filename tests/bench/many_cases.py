"""A district with very many cases, by bulk inserts: logs as offices keep them, digests and stored figures right."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import settle
from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, entry_from_stored
from tracker.models import Case, Clock, Organ, StoredEntry
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.services.case_record import ReadAhead, recompute
from tracker.services.context import Context
from tracker.services.log_chain import GENESIS, digest_of
from tracker.services.log_entries import SCHEMA_VERSION
from tracker.services.tallies import correct_tallies

FIRST, LAST = date(2019, 5, 15), date(2026, 10, 30)
TODAY = date(2026, 11, 23)
BATCH = 1_000
Row = dict[str, Any]
Told = tuple[EntryType, date, Row]
_STOPPING = frozenset({EntryType.DISPATCHED, EntryType.ABANDONED, EntryType.WITHDRAWN})


def fill(engine: Engine, cases: int, seed: int = 711) -> int:
    """Put organs, people, the shipped years and so many cases into an empty database; returns the entries written."""
    chosen = random.Random(seed)
    written = 0
    with Session(engine, expire_on_commit=False) as session:
        load_shipped(session)
        cast = settle(session)
        writer = _Writer(session, cast.clerk, sorted(cast.organ_ids.values()))
        for first in range(1, cases + 1, BATCH):
            rows: dict[type, list[Row]] = {Case: [], StoredEntry: [], Clock: []}
            for number in range(first, min(first + BATCH, cases + 1)):
                writer.one_case(rows, number, chosen)
            for table, values in rows.items():
                session.execute(insert(table.__table__), values)  # type: ignore[attr-defined]
            session.commit()
            written += len(rows[StoredEntry])
        correct_tallies(writer.ctx)
    return written


class _Writer:
    """Makes rows; what stands beside a log is written by the product's own writer, into objects of no session."""

    def __init__(self, session: Session, clerk: Actor, organ_ids: Sequence[int]) -> None:
        now = datetime.combine(TODAY, time(2, 30), UTC)
        self.ctx = Context(session, clerk, TODAY, now, adapters=None)  # type: ignore[arg-type]
        self.calendar = current_calendar(session)
        self.policies = policies_of(session, organ_ids)
        self.organs = [session.get_one(Organ, organ_id) for organ_id in organ_ids]
        session.expunge_all()

    def one_case(self, rows: dict[type, list[Row]], number: int, chosen: random.Random) -> None:
        organ = self.organs[number % len(self.organs)]
        received_on = FIRST + timedelta(days=chosen.randrange((LAST - FIRST).days))
        entries = [
            _stored(number, seq, told, self.ctx.actor.account_id, self.calendar)
            for seq, told in enumerate(_life(received_on, self.calendar, chosen), start=1)
        ]
        digest = GENESIS
        for entry in entries:
            digest = entry["digest"] = digest_of(entry, digest)
        log = [
            entry_from_stored(e["type"], e["happened_on"], e["seq"], e["calendar_version"], e["details"])
            for e in entries
        ]
        case = _case(number, organ, received_on)
        recompute(self.ctx, case, ReadAhead(log, self.calendar, self.policies[organ.id]))
        rows[Case].append(_values(case))
        rows[StoredEntry] += entries
        rows[Clock] += [_values(clock) | {"case_id": number} for clock in case.clocks]


def _values(held: Any) -> Row:
    """What is set of an object's columns."""
    return {
        name: getattr(held, name)
        for column in held.__table__.columns
        if (name := column.key) in held.__dict__
    }


def _life(received_on: date, calendar: WorkCalendar, chosen: random.Random) -> Iterator[Told]:
    """What happens to a case: most are answered in a plain run; some are corrected, consulted on, extended or late."""
    day = received_on
    yield EntryType.RECEIVED, day, {}
    yield EntryType.REGISTERED, day, {}
    yield EntryType.ACCEPTED, day, {}
    kind = chosen.random()
    if kind < 0.10:
        day = calendar.nth_workday(day, chosen.randint(2, 9))
        yield EntryType.CORRECTION_REQUESTED, day, {}
        if chosen.random() < 0.2:
            yield EntryType.ABANDONED, calendar.nth_workday(day, 20), {}
            return
        day = calendar.nth_workday(day, chosen.randint(1, 10))
        yield EntryType.CORRECTED, day, {}
    elif kind < 0.35:
        for letter in range(chosen.randint(1, 2)):
            yield from _consulted(f"q{letter}", calendar.nth_workday(day, 2 + letter), calendar, chosen)
    elif kind < 0.38:
        yield EntryType.FEE_NOTIFIED, calendar.nth_workday(day, 4), {}
        day = calendar.nth_workday(day, 12)
        yield EntryType.FEE_PAID, day, {}
    if chosen.random() < 0.3:
        yield EntryType.EXTENDED, calendar.nth_workday(day, chosen.randint(14, 19)), {"days": 20}
    day = calendar.nth_workday(day, chosen.randint(14, 38))
    if day > TODAY:
        return
    for step in (EntryType.DRAFTED, EntryType.SUBMITTED, EntryType.REVIEW_APPROVED, EntryType.SIGNED_OFF):
        yield step, day, {}
    yield EntryType.DISPATCHED, day, {"by": chosen.choice(["post", "post", "portal", "email"])}
    day += timedelta(days=3)
    yield EntryType.DELIVERED, day, {}
    yield EntryType.ARCHIVED, day + timedelta(days=30), {}


def _consulted(ref: str, on: date, calendar: WorkCalendar, chosen: random.Random) -> Iterator[Told]:
    cause = chosen.choice(["third_party", "co_producer", "other_organ"])
    yield EntryType.SUSPENDED, on, {"cause": cause, "ref": ref}
    yield EntryType.CONSULTATION_DELIVERED, calendar.nth_workday(on, 2), {"ref": ref}
    yield EntryType.RESUMED, calendar.nth_workday(on, chosen.randint(3, 19)), {"ref": ref}


def _stored(number: int, seq: int, told: Told, clerk: int | None, calendar: WorkCalendar) -> Row:
    kind, on, details = told
    return {
        "case_id": number,
        "seq": seq,
        "schema_version": SCHEMA_VERSION,
        "type": str(kind),
        "happened_on": on,
        "recorded_at": datetime.combine(on, time(2, 30), UTC),
        "actor_id": clerk,
        "named_person_id": None,
        "text_id": None,
        "calendar_version": calendar.version if kind in _STOPPING else None,
        "details": details,
    }


def _case(number: int, organ: Organ, received_on: date) -> Case:
    return Case(
        id=number,
        organ_id=organ.id,
        organ=organ,
        number=f"测试受〔{received_on.year}〕{number}号",
        year=received_on.year,
        serial=number,
        received_on=received_on,
        channel="registered_mail",
        description="2025 年度困难群众救助资金发放情况",
        needs_completion=False,
        held=False,
        historic=False,
        breach_codes=[],
        version_id=1,
        created_at=datetime.combine(received_on, time(2, 30), UTC),
    )
