"""``demo``: the demonstration district on an empty database."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.cli.terminal import system_context, told_in_one_line
from tracker.services.demonstration.stage import is_empty, set_up


@click.command("demo")
@with_appcontext
def command() -> None:
    """演示：在空库中建立演示区县（虚构的人员和申请）；已有数据时什么也不做。"""
    if current_app.config["TRACKER"].is_production:
        raise click.ClickException("生产环境不能建立演示数据。")
    ctx = system_context()
    if not is_empty(ctx.session):
        click.echo("已有数据，未建立演示数据。")
        return
    with told_in_one_line():
        done = set_up(ctx)
    click.echo(f"演示数据：账号 {done.accounts} 个，申请 {done.cases} 件。")
    for told in done.unfinished:
        click.echo(f"未走完：{told}", err=True)
