"""``init``: a blank installation without questions."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.adapters.migrations import upgrade_schema
from tracker.cli.terminal import system_context, told_in_one_line
from tracker.domain.organs import OrganListError
from tracker.services.clock_upkeep import refresh_clocks
from tracker.services.installation import install, load_organ_list


@click.command("init")
@click.option(
    "--organs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="机关名单 CSV（code,name,kind,number_prefix）；默认为椒江区。",
)
@click.option("--admin", default="admin", show_default=True, help="第一位管理员的登录名。")
@with_appcontext
def command(organs: Path | None, admin: str) -> None:
    """初始化：建库、机关、标准文书、工作日历、第一位管理员；重复运行无害。"""
    try:
        listed = load_organ_list(organs)
    except OrganListError as error:
        raise click.ClickException(str(error)) from error
    upgrade_schema(current_app.config["TRACKER"].database_url)
    with told_in_one_line():
        done = install(system_context(), listed, admin)
        refreshed = refresh_clocks(system_context())
    click.echo(f"机关：新增 {done.organs} 个；工作日历：新增 {done.calendar_years} 年。")
    if refreshed:
        click.echo(f"期限：按本版重新推算 {refreshed} 件。")
    if done.administrator is None:
        click.echo("已有管理员，未作改动。")
    else:
        click.echo(f"管理员登录名：{done.administrator.login}")
        click.echo(f"一次性密码（只显示这一次，首次登录须修改）：{done.administrator.one_time_password}")
