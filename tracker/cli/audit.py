"""``audit``: whether the logs are whole."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from tracker.cli.progress import progress
from tracker.cli.terminal import system_context
from tracker.services.verification import count_cases, verify_chain


@click.group("audit")
def command() -> None:
    """审计：核对记录是否完整。"""


@command.command("verify")
@with_appcontext
def verify() -> None:
    """核对每件申请的记录链；遇到第一处断裂即指出案件和记录，并以 1 结束。"""
    session = system_context().session
    cases = count_cases(session)
    with progress("核对", cases) as advance:
        broken = next(verify_chain(session, advance), None)
    if broken is not None:
        click.echo(f"{broken.number}：第 {broken.seq} 条记录与校验链不符。")
        raise click.exceptions.Exit(1)
    click.echo(f"{cases} 件，记录链完整。")
