"""``doctor``: is everything this installation needs there?"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.cli.terminal import system_context
from tracker.config import Settings
from tracker.services.diagnosis import Surroundings, examine


@click.command("doctor")
@with_appcontext
def command() -> None:
    """自检：数据库、表结构、字体、密钥、工作日历、作业、磁盘，各一行；有一项不好即以 1 结束。"""
    settings: Settings = current_app.config["TRACKER"]
    around = Surroundings(
        instance=settings.instance,
        files=settings.files,
        keys=(
            ("TRACKER_SECRET_KEY", bool(settings.secret_key)),
            ("TRACKER_DATA_KEY", bool(settings.data_key)),
        ),
    )
    findings = examine(system_context(), around)
    for finding in findings:
        click.echo(f"{'ok' if finding.well else 'fail'}\t{finding.subject}\t{finding.line}")
    if not all(finding.well for finding in findings):
        raise click.exceptions.Exit(1)
