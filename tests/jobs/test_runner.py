"""One runner, every job with its heartbeat, nothing lost and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tracker.domain.errors import NotFound
from tracker.jobs import runner
from tracker.jobs.lock import runner_lock
from tracker.jobs.runner import MISFIRE_GRACE_SECONDS, run_job, scheduler_for
from tracker.jobs.schedule import JOBS, Job, JobFailed
from tracker.jobs.terminal import context_of
from tracker.queries.jobs import Heartbeat, list_heartbeats
from tracker.services.context import Context

Beats = Callable[[], dict[str, Heartbeat]]


@pytest.fixture
def beats(session: Session) -> Beats:
    def read() -> dict[str, Heartbeat]:
        session.rollback()
        return {beat.name: beat for beat in list_heartbeats(session)}

    return read


def failing(error: BaseException) -> Callable[[Context], str]:
    def act(_ctx: Context) -> str:
        raise error

    return act


@pytest.mark.parametrize("job", JOBS, ids=lambda job: str(job.name))
def test_every_job_of_the_table_runs_on_an_empty_database(app: Flask, beats: Beats, job: Job) -> None:
    assert run_job(job, lambda: context_of(app))
    beat = beats()[job.name]
    assert (beat.succeeded, bool(beat.outcome), beat.finished_at is not None) == (True, True, True)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (JobFailed("3 differences"), "3 differences"),
        (NotFound("没有找到"), "NotFound: 没有找到"),
        (OperationalError("SELECT 1", {}, OSError("away")), "OperationalError"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28]"),
    ],
)
def test_a_failure_is_the_outcome_of_its_job(
    app: Flask, beats: Beats, error: Exception, outcome: str
) -> None:
    assert not run_job(Job("x", failing(error), every=60), lambda: context_of(app))
    beat = beats()["x"]
    assert beat.succeeded is False
    assert beat.outcome.startswith(outcome)


def test_an_unforeseen_error_is_noted_and_not_swallowed(app: Flask, beats: Beats) -> None:
    with pytest.raises(ZeroDivisionError):
        run_job(Job("x", failing(ZeroDivisionError()), every=60), lambda: context_of(app))
    assert (beats()["x"].succeeded, beats()["x"].outcome) == (False, "ended by an unforeseen error")


def test_a_later_run_takes_the_place_of_the_earlier(app: Flask, beats: Beats, clock: StandingClock) -> None:
    run_job(Job("x", failing(JobFailed("bad")), every=60), lambda: context_of(app))
    clock.advance(minutes=5)
    run_job(Job("x", lambda _: "good", every=60), lambda: context_of(app))
    beat = beats()["x"]
    assert (beat.succeeded, beat.outcome) == (True, "good")
    assert beat.started_at == clock.now()


def test_missed_runs_are_made_up_once_and_no_job_overlaps_itself(app: Flask) -> None:
    scheduler = scheduler_for(lambda: context_of(app))
    scheduler.start(paused=True)
    try:
        jobs = {job.id: job for job in scheduler.get_jobs()}
    finally:
        scheduler.shutdown(wait=False)
    assert set(jobs) == {job.name for job in JOBS}
    assert {(job.coalesce, job.max_instances, job.misfire_grace_time) for job in jobs.values()} == {
        (True, 1, MISFIRE_GRACE_SECONDS)
    }
    assert all(str(job.next_run_time.tzinfo) == "Asia/Shanghai" for job in jobs.values())


def test_two_runners_never_work_at_once(engine: Engine, tmp_path: Path) -> None:
    with runner_lock(engine, tmp_path) as first, runner_lock(engine, tmp_path) as second:
        assert (bool(first), bool(second)) == (True, False)
        assert first.lasts()
    with runner_lock(engine, tmp_path) as third:
        assert third


def test_a_turn_ends_with_the_connection_that_holds_it(engine: Engine, tmp_path: Path) -> None:
    with runner_lock(engine, tmp_path) as turn:
        if turn.connection is None:  # a file: held as long as the process lives
            assert turn.lasts()
            return
        backend = turn.connection.scalar(text("SELECT pg_backend_pid()"))
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})
        assert not turn.lasts()
        with runner_lock(engine, tmp_path) as next_one:
            assert next_one


def test_a_runner_whose_turn_is_over_stops(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LOOKS_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(runner, "JOBS", ())
    monkeypatch.setattr(runner.signal, "signal", lambda *_given: None)
    assert runner.run_forever(lambda: context_of(app), lambda: False) is False


def test_jobs_from_the_terminal(app: Flask) -> None:
    terminal = app.test_cli_runner()
    done = terminal.invoke(args=["jobs", "once", "verify"])
    assert (done.exit_code, done.stdout) == (0, "verify: every case agrees with its log\n")
    assert terminal.invoke(args=["jobs", "once", "nonsense"]).exit_code == 2
    status = terminal.invoke(args=["jobs", "status", "--json"])
    assert '"name": "verify"' in status.stdout and '"succeeded": true' in status.stdout
    assert "从未运行" in terminal.invoke(args=["jobs", "status"]).stdout
