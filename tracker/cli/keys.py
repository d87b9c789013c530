"""``keys``: rotation of the data key."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.adapters.cipher import AesCipher, DataUnreadable
from tracker.cli.progress import progress
from tracker.cli.terminal import system_context
from tracker.services.key_rotation import end_everybodys_sessions, rotate, survey
from tracker.services.search_rebuild import rebuild_index
from tracker.services.verification import count_cases


@click.group("keys")
def command() -> None:
    """数据密钥：查看和轮换。"""


@command.command("status")
@with_appcontext
def status() -> None:
    """列出各表还有多少行由旧密钥加密；有则以 1 结束。"""
    ctx = system_context()
    cipher = ctx.adapters.cipher
    found = survey(ctx.session, cipher)
    click.echo(f"现用密钥 {cipher.name}")
    for each in found:
        click.echo(f"{each.table.name}\t{each.waiting}")
    if any(each.waiting for each in found):
        raise click.exceptions.Exit(1)


@command.command("rotate")
@click.option("--end-sessions", is_flag=True, help="同时结束所有登录会话，人人须重新登录。")
@with_appcontext
def rotation(end_sessions: bool) -> None:
    """用现用密钥（TRACKER_DATA_KEY）重新加密由旧密钥（TRACKER_DATA_KEY_BEFORE）加密的内容。中断后可再次运行。"""
    ctx = system_context()
    waiting = sum(each.waiting for each in survey(ctx.session, ctx.adapters.cipher))
    before = [AesCipher(key) for key in current_app.config["TRACKER"].data_keys_before]
    try:
        with progress("重新加密", waiting) as advance:
            done = rotate(ctx, before, advance)
    except DataUnreadable as error:
        click.echo(
            "有内容不能用现有的密钥打开，请核对 TRACKER_DATA_KEY 和 TRACKER_DATA_KEY_BEFORE。", err=True
        )
        raise click.exceptions.Exit(1) from error
    with progress("索引", count_cases(ctx.session)) as advance:
        rebuild_index(ctx, advance)
    click.echo(f"已用密钥 {ctx.adapters.cipher.name} 重新加密 {done} 项，检索索引已重建。")
    if end_sessions:
        click.echo(f"已结束 {end_everybodys_sessions(ctx)} 个登录会话。")
