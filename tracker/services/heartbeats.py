"""What the job runner leaves behind: when each job ran and what came of it."""

from __future__ import annotations

from tracker.models import JobHeartbeat
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_OUTCOME = 500


def job_started(ctx: Context, name: str) -> None:
    """A job begins now."""
    with transaction(ctx) as session:
        beat = session.get(JobHeartbeat, name)
        if beat is None:
            beat = JobHeartbeat(name=name, started_at=ctx.now)
            session.add(beat)
        beat.started_at = ctx.now
        beat.finished_at = None
        beat.succeeded = None
        beat.outcome = ""


def job_finished(ctx: Context, name: str, *, succeeded: bool, outcome: str) -> None:
    """A job ended; ``outcome`` is one line for the operator."""
    with transaction(ctx) as session:
        beat = session.get(JobHeartbeat, name)
        if beat is not None:
            beat.finished_at = ctx.now
            beat.succeeded = succeeded
            beat.outcome = outcome[:LONGEST_OUTCOME]
