"""``restore FILE``: a backup into an empty installation."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.cli.terminal import system_context, told_in_one_line
from tracker.config import Settings
from tracker.extensions import db
from tracker.services.backup import restore
from tracker.services.search_rebuild import rebuild_index


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def command(file: Path) -> None:
    """把备份 FILE 恢复到空的数据库和文件库：先核对全部校验值，再写入，最后升级到当前表结构。"""
    settings: Settings = current_app.config["TRACKER"]
    with told_in_one_line():
        made = restore(db.engine, settings.database_url, system_context().adapters.files, file)
    click.echo(f"已恢复：{len(made.rows)} 张表 {made.total_rows} 行，{made.files} 个文件。")
    rebuild_index(system_context())
    click.echo("检索索引已重建。请执行 clock verify 和 audit verify 核对。")
