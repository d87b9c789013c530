"""``clock``: due dates from the terminal, by the same fold as everywhere."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from tracker.cli.clock_lines import LONGEST_LINE, answers_to, parse_log, today_of
from tracker.cli.progress import progress
from tracker.cli.sheet_forms import page_of, text_of
from tracker.cli.terminal import system_context, told_in_one_line
from tracker.domain.case_log import LogEntry
from tracker.domain.clock import find_refusal
from tracker.domain.errors import Refusal, RefusalCode
from tracker.domain.sheet import sheet_of
from tracker.extensions import db
from tracker.services.calendars import calendar_at_hand
from tracker.services.replay import replay_all
from tracker.services.sheets import calculation_pdf
from tracker.services.tallies import correct_tallies
from tracker.services.verification import count_cases, verify_clocks


@click.group("clock")
def command() -> None:
    """办理期限：推算、说明、核对。"""


@command.command("evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="今天（上海日期）；不给则不计已用和剩余。")
@with_appcontext
def evaluate(file: BinaryIO, today: datetime | None) -> None:
    """逐行推算 FILE.jsonl，每行输出一个结果，次序不变。"""
    calendar = calendar_at_hand(db.session())
    day: date | None = today.date() if today else None
    for answer in answers_to(file, calendar, day):
        click.echo(answer)


@command.command("explain")
@click.option("--log", "file", type=click.File("rb"), required=True, help="一件申请的记录（JSON）。")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "pdf"]), default="text", show_default=True
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="今天（上海日期）。")
@click.option("--out", type=click.File("wb"), default="-", help="写入文件；不给则输出到标准输出。")
@with_appcontext
def explain(file: BinaryIO, form: str, today: datetime | None, out: BinaryIO) -> None:
    """期限计算说明：每一步的条款、每一天为何计入或不计入。"""
    with told_in_one_line():
        log, day = _log(file, today.date() if today else None)
        sheet = sheet_of(log, calendar_at_hand(db.session()), day)
        if form == "pdf":
            content = calculation_pdf(system_context(), sheet, log)
        else:
            text = page_of(sheet) if form == "html" else "\n".join(text_of(sheet)) + "\n"
            content = text.encode()
    out.write(content)


@command.command("verify")
@with_appcontext
def verify() -> None:
    """重放每件申请的记录，与库中所存比较，再把年度报告表三的计数与申请件逐一比较；有出入则逐条列出并以 1 结束。"""
    ctx = system_context()
    found = 0
    cases = count_cases(ctx.session)
    with progress("重放", cases) as advance:
        for difference in verify_clocks(ctx.session, ctx.today, advance):
            found += 1
            click.echo(
                f"{difference.number} {difference.what}：库中 {difference.stored}，重放 {difference.replayed}"
            )
    click.echo(f"{cases} 件，{found} 处出入。")
    if found:
        raise click.exceptions.Exit(1)


@command.command("replay")
@with_appcontext
def replay() -> None:
    """重放每件申请的记录，把库中所存改为重放的结果，表三的计数随之更正；升级后或核对有出入时运行，记录本身不变。"""
    ctx = system_context()
    with progress("重放", count_cases(ctx.session)) as advance:
        done = replay_all(ctx, advance)
    click.echo(f"已重放 {done} 件，更正表三计数 {correct_tallies(ctx)} 处。")


def _log(file: BinaryIO, today: date | None) -> tuple[list[LogEntry], date | None]:
    """The entries of a file that holds a list of them, or an object with ``log`` and perhaps its own ``today``."""
    content = file.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        raise Refusal(RefusalCode.BAD_ENTRY)
    try:
        raw = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(RefusalCode.BAD_ENTRY) from error
    if isinstance(raw, dict):
        today, raw = today_of(raw, today), raw.get("log")
    log = parse_log(raw)
    refusal = find_refusal(log, today)
    if refusal is not None:
        raise refusal
    return log, today
