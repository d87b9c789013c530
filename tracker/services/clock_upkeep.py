"""Clocks written by an earlier version of the program are brought up to what this one keeps."""

from __future__ import annotations

from sqlalchemy import select

from tracker.models import Case, Clock
from tracker.services.case_record import recompute
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

AT_A_TIME = 200


def refresh_clocks(ctx: Context) -> int:
    """Replay the cases that have a clock without the day it is counted from; returns how many. A few at a time, so
    that a large register holds up nobody. Run again it finds nothing to do."""
    done = 0
    old = select(Clock.case_id).where(Clock.start_on.is_(None))
    while True:
        with transaction(ctx) as session:
            cases = session.scalars(
                select(Case)
                .where(Case.id.in_(old))
                .order_by(Case.id)
                .limit(AT_A_TIME)
                .with_for_update(of=Case)
            ).all()
            for case in cases:
                recompute(ctx, case)
        if not cases:
            return done
        done += len(cases)
