"""``audit``: whether the logs are whole."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from tracker.cli.progress import progress
from tracker.cli.terminal import system_context
from tracker.services.administration import broken_acts, last_act
from tracker.services.anchors import broken_anchors, count_anchors, latest_anchor, make_anchor
from tracker.services.verification import count_cases, verify_chain


@click.group("audit")
def command() -> None:
    """审计：核对记录是否完整。"""


_SAYS = {
    "anchor": "校验锚本身被改动。",
    "entries": "应有 {noted} 条办理记录，现有 {found} 条或内容不同。",
    "acts": "管理操作记录与校验锚不符。",
    "copy": "数据库之外留存的校验锚与数据库中的不同。",
}


@command.command("verify")
@with_appcontext
def verify() -> None:
    """核对每件申请的记录链、管理操作记录和每日校验锚；指出断裂之处，并以 1 结束。"""
    ctx = system_context()
    session = ctx.session
    cases = count_cases(session)
    with progress("核对", cases) as advance:
        broken = next(verify_chain(session, advance), None)
    if broken is not None:
        click.echo(f"{broken.number}：第 {broken.seq} 条记录与校验链不符。")
        raise click.exceptions.Exit(1)
    click.echo(f"{cases} 件，记录链完整。")
    act = next(broken_acts(session), None)
    if act is not None:
        click.echo(f"管理操作记录：第 {act} 条与校验链不符。")
        raise click.exceptions.Exit(1)
    click.echo(f"管理操作 {last_act(session)[0]} 条，记录链完整。")
    copies = ctx.adapters.anchors.read()
    faults = list(broken_anchors(session, copies))
    for fault in faults:
        click.echo(f"{fault.day}：{_SAYS[fault.what].format(noted=fault.noted, found=fault.found)}")
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"校验锚 {count_anchors(session)} 个（库外留存 {len(copies)} 个），全部相符。")


@command.command("anchor")
@with_appcontext
def anchor() -> None:
    """写下今天的校验锚，并打印一行，可抄录到系统之外保存；每天由作业自动进行。"""
    ctx = system_context()
    made = make_anchor(ctx) or latest_anchor(ctx.session)
    click.echo(f"{made.day} {made.digest}")
