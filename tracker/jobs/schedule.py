"""The jobs as a table: name, how often, and the verb each calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.services.administration import broken_acts
from tracker.services.alert_sweep import sweep
from tracker.services.alert_waiting import propose_lapse, tell_of_waiting
from tracker.services.anchors import broken_anchors, make_anchor
from tracker.services.calendar_coverage import remind_of_missing_year
from tracker.services.case_keys import seal_older_files
from tracker.services.context import Context
from tracker.services.digest import write_digests
from tracker.services.housekeeping import end_silent_consultations, refresh_figures, sweep_orphans
from tracker.services.ledger_intake import import_queued
from tracker.services.outbox import deliver
from tracker.services.rendering import render_pending
from tracker.services.report_reminders import remind_of_reports
from tracker.services.retention import clear_expired
from tracker.services.sheets import render_pending_sheets
from tracker.services.tallies import fold_tallies
from tracker.services.verification import verify_chain, verify_clocks
from tracker.services.year_packages import expire_packages, make_packages

MINUTE = 60
HOUR = 60 * MINUTE


class JobFailed(Exception):
    """A job ran to its end and found something an operator must look at."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row: ``every`` seconds, or daily at ``hour``:``minute`` of Asia/Shanghai. ``act`` returns one line for the
    operator; raising ``JobFailed`` marks the run as failed."""

    name: str
    act: Callable[[Context], str]
    every: int | None = None
    hour: int | None = None
    minute: int = 0


def _beat(_ctx: Context) -> str:
    return "alive"


def _render(ctx: Context) -> str:
    return f"{render_pending(ctx)} letters rendered"


def _render_sheets(ctx: Context) -> str:
    return f"{render_pending_sheets(ctx)} computation sheets rendered"


def _silence(ctx: Context) -> str:
    return f"{end_silent_consultations(ctx)} consultations ended by silence"


def _alerts(ctx: Context) -> str:
    swept = sweep(ctx)
    waiting = tell_of_waiting(ctx)
    return f"{swept.looked} clocks looked at, {swept.told + waiting} alerts written"


def _lapse(ctx: Context) -> str:
    return f"{propose_lapse(ctx)} proposals of lapse written"


def _outbox(ctx: Context) -> str:
    done = deliver(ctx)
    return f"{done.sent} messages sent, {done.failed} to be tried again, {done.dead} given up"


def _digest(ctx: Context) -> str:
    return f"{write_digests(ctx)} digests written"


def _orphans(ctx: Context) -> str:
    return f"{sweep_orphans(ctx)} files without a row removed"


def _seal_files(ctx: Context) -> str:
    return f"{seal_older_files(ctx)} files sealed with the key of their case"


def _retention(ctx: Context) -> str:
    gone = {**clear_expired(ctx), "archive_packages": expire_packages(ctx)}
    gone = {table: number for table, number in gone.items() if number}
    return ", ".join(f"{table}: {number} removed" for table, number in gone.items()) or "nothing was due"


def _coverage(ctx: Context) -> str:
    told = remind_of_missing_year(ctx)
    return f"{told} administrators reminded of a year that is not loaded"


def _reports(ctx: Context) -> str:
    return f"{remind_of_reports(ctx)} people reminded of annual reports that are not handed in"


def _verify(ctx: Context) -> str:
    differences = sum(1 for _ in verify_clocks(ctx.session, ctx.today))
    broken = sum(1 for _ in verify_chain(ctx.session))
    broken += sum(1 for _ in broken_acts(ctx.session))
    anchors = sum(1 for _ in broken_anchors(ctx.session, ctx.adapters.anchors.read()))
    if differences or broken or anchors:
        raise JobFailed(
            f"{differences} differences, {broken} broken chains, {anchors} anchors that do not hold"
        )
    return "every case agrees with its log"


def _anchor(ctx: Context) -> str:
    made = make_anchor(ctx)
    return f"anchor {made.digest}" if made else "today's anchor was there"


def _tallies(ctx: Context) -> str:
    return f"{fold_tallies(ctx)} rows of tallies added up"


def _figures(ctx: Context) -> str:
    known = refresh_figures(ctx)
    return f"figures of {known} indexes refreshed" if known else "the database keeps its figures itself"


def _registers(ctx: Context) -> str:
    return f"{import_queued(ctx)} registers imported"


def _packages(ctx: Context) -> str:
    return f"{make_packages(ctx)} packages of a year made"


JOBS: tuple[Job, ...] = (
    Job("heartbeat", _beat, every=MINUTE),
    Job("render_letters", _render, every=MINUTE),
    Job("sweep", _alerts, every=5 * MINUTE),
    Job("import_registers", _registers, every=10),
    Job("archive_packages", _packages, every=20),
    Job("outbox", _outbox, every=MINUTE),
    Job("propose_lapse", _lapse, every=HOUR),
    Job("render_sheets", _render_sheets, every=MINUTE),
    Job("end_silent_consultations", _silence, every=HOUR),
    Job("fold_tallies", _tallies, every=HOUR),
    Job("retention", _retention, hour=1),
    Job("sweep_orphans", _orphans, hour=1, minute=30),
    Job("seal_files", _seal_files, every=HOUR),
    Job("refresh_figures", _figures, hour=1, minute=45),
    Job("calendar_coverage", _coverage, hour=8),
    Job("report_reminders", _reports, hour=8, minute=2),
    Job("digest", _digest, hour=8, minute=5),
    Job("verify", _verify, hour=2),
    Job("anchor", _anchor, hour=3, minute=30),
)

JOB_NAMES = tuple(job.name for job in JOBS)
