"""``jobs``: the runner and its state, from the terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from tracker.domain.actors import SYSTEM
from tracker.extensions import db
from tracker.jobs.lock import runner_lock
from tracker.jobs.runner import run_forever, run_job
from tracker.jobs.schedule import JOB_NAMES, JOBS
from tracker.queries.jobs import Heartbeat, list_heartbeats
from tracker.services.context import Context, Runtime

LOCK_RETRY_SECONDS = 10


@click.group("jobs")
def command() -> None:
    """作业进程：定时运行、单次运行、状态。"""


@command.command("run")
@with_appcontext
def run() -> None:
    """运行作业进程，直到收到结束信号；同一数据库只有一个在工作，其余等待。"""
    app = _app()
    told = False
    while True:
        if _runs_in_turn(app):
            return
        if not told:
            click.echo("另一个作业进程正在工作，等待接替。")
            told = True
        time.sleep(LOCK_RETRY_SECONDS)


def _runs_in_turn(app: Flask) -> bool:
    """Work while it is this process's turn; whether it was told to end. A database that is away is waited for."""
    try:
        with runner_lock(db.engine, app.config["TRACKER"].instance) as turn:
            if not turn:
                return False
            click.echo("作业进程已启动。")
            ended = run_forever(lambda: context_of(app), turn.lasts)
    except OperationalError as error:
        click.echo(f"数据库不可用，等待恢复（{type(error).__name__}）。")
        return False
    if not ended:
        click.echo("数据库连接中断，重新等待接替。")
    return ended


@command.command("once")
@click.argument("name", type=click.Choice(JOB_NAMES))
@with_appcontext
def once(name: str) -> None:
    """立即运行一次作业 NAME。"""
    app = _app()
    job = next(job for job in JOBS if job.name == name)
    succeeded = run_job(job, lambda: context_of(app))
    beat = next(b for b in list_heartbeats(db.session()) if b.name == name)
    click.echo(f"{name}: {beat.outcome}")
    if not succeeded:
        raise click.exceptions.Exit(1)


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@with_appcontext
def status(as_json: bool) -> None:
    """每项作业最近一次运行的时间和结果。"""
    beats = {beat.name: beat for beat in list_heartbeats(db.session())}
    rows = [_row(name, beats.get(name)) for name in JOB_NAMES]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']}\t{row['started_at'] or '从未运行'}\t{row['outcome'] or ''}")


def _row(name: str, beat: Heartbeat | None) -> dict[str, object]:
    return {
        "name": name,
        "started_at": beat.started_at.isoformat() if beat else None,
        "finished_at": beat.finished_at.isoformat() if beat and beat.finished_at else None,
        "succeeded": beat.succeeded if beat else None,
        "outcome": beat.outcome if beat else None,
    }


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def context_of(app: Flask) -> AbstractContextManager[Context]:
    """A session of its own and the moment's time, the system itself acting."""

    @contextmanager
    def opened() -> Iterator[Context]:
        runtime: Runtime = app.extensions["tracker"]
        with app.app_context():
            try:
                yield runtime.context(db.session(), SYSTEM)
            finally:
                db.session.remove()

    return opened()
