"""``backup FILE``: the database and the files in one archive with checksums, while the app runs."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from tracker.cli.terminal import system_context, told_in_one_line
from tracker.extensions import db
from tracker.services.backup import back_up


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="覆盖已有的同名文件。")
@with_appcontext
def command(file: Path, replace: bool) -> None:
    """备份数据库和文件到 FILE（一个带校验值的压缩包，不含密钥）；运行中即可备份。"""
    if file.exists() and not replace:
        click.echo(f"{file} 已经存在；换一个文件名，或者加 --replace。", err=True)
        raise click.exceptions.Exit(1)
    ctx = system_context()
    with told_in_one_line():
        made = back_up(db.engine, ctx.adapters.files, file, ctx.now)
    click.echo(
        f"已备份：{len(made.rows)} 张表 {made.total_rows} 行，{made.files} 个文件（表结构 {made.revision}）。"
    )
    if made.lost:
        click.echo(f"有 {len(made.lost)} 个文件有记录而文件库中没有：{'、'.join(made.lost[:5])}", err=True)
        raise click.exceptions.Exit(1)
    click.echo("密钥不在备份内，请另行保管 TRACKER_DATA_KEY。")
