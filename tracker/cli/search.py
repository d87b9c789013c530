"""``search``: the index of the full-text search."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from tracker.cli.progress import progress
from tracker.cli.terminal import system_context
from tracker.services.search_rebuild import rebuild_index, verify_index
from tracker.services.verification import count_cases


@click.group("search")
def command() -> None:
    """检索索引：核对、重建。"""


@command.command("verify")
@with_appcontext
def verify() -> None:
    """逐件核对检索索引与案卷是否一致；有出入则列出受理号并以 1 结束。"""
    ctx = system_context()
    cases = count_cases(ctx.session)
    found = 0
    with progress("核对", cases) as advance:
        for number in verify_index(ctx, advance):
            found += 1
            click.echo(f"{number}：索引与案卷不符")
    click.echo(f"{cases} 件，{found} 件不符。")
    if found:
        raise click.exceptions.Exit(1)


@command.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """重建检索索引：升级、恢复备份后或者核对不符时运行；期间照常办公。"""
    ctx = system_context()
    with progress("索引", count_cases(ctx.session)) as advance:
        changed = rebuild_index(ctx, advance)
    click.echo(f"已更新 {changed} 件的索引。")
