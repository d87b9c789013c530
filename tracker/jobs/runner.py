"""The job runner: its own process, one at a time, in no web worker."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.errors import TrackerError
from tracker.jobs.schedule import JOBS, Job, JobFailed
from tracker.services.context import Context
from tracker.services.heartbeats import job_finished, job_started

log = logging.getLogger(__name__)

LOOKS_EVERY_SECONDS = 10
"""How often the runner makes sure that it is still its turn."""

MISFIRE_GRACE_SECONDS = 12 * 3600
"""A job that a sleeping or restarted machine missed still runs when it is awake again."""

NewContext = Callable[[], AbstractContextManager[Context]]
"""Opens the surroundings of one run: a session and this moment's time."""


def run_job(job: Job, new_context: NewContext) -> bool:
    """Run one job now and leave its heartbeat; returns whether it succeeded.

    What goes wrong in the ways a verb may go wrong is the job's outcome; anything else is noted as a failure and
    goes on to the caller.
    """
    with new_context() as ctx:
        job_started(ctx, job.name)
    succeeded, outcome = False, "ended by an unforeseen error"
    try:
        with new_context() as ctx:
            outcome = job.act(ctx)
            succeeded = True
    except JobFailed as failure:
        outcome = str(failure)
    except (TrackerError, SQLAlchemyError, OSError) as error:
        outcome = f"{type(error).__name__}: {error}"
    finally:
        with new_context() as ctx:
            job_finished(ctx, job.name, succeeded=succeeded, outcome=outcome)
    return succeeded


def scheduler_for(new_context: NewContext) -> BackgroundScheduler:
    """A scheduler with every job of the table: runs that were missed are made up once, and no job overlaps itself."""
    scheduler = BackgroundScheduler(
        timezone=SHANGHAI,
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE_SECONDS},
    )
    for job in JOBS:
        when = {"seconds": job.every} if job.every else {"hour": job.hour, "minute": job.minute}
        scheduler.add_job(
            run_job,
            "interval" if job.every else "cron",
            args=(job, new_context),
            id=job.name,
            name=job.name,
            **when,
        )
    return scheduler


def keep_what_stands() -> None:
    """Let Python's search for garbage pass over the program itself: it lasts as long as the process, and walking it
    costs each job some milliseconds."""
    gc.collect()
    gc.freeze()


def run_forever(new_context: NewContext, lasts: Callable[[], bool]) -> bool:
    """Run everything once that runs by interval, then by the table, until the process is told to end (True) or the
    turn of this runner no longer lasts (False). A database that is away fails single runs, not the runner."""
    over = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    for job in JOBS:
        if job.every:
            try:
                run_job(job, new_context)
            except SQLAlchemyError as error:
                log.warning("%s: %s", job.name, type(error).__name__)
    keep_what_stands()
    scheduler = scheduler_for(new_context)
    scheduler.start()
    while not over.wait(LOOKS_EVERY_SECONDS) and lasts():
        pass
    scheduler.shutdown(wait=True)
    return over.is_set()
