"""``calendar``: load a year's notice, seeing first which dates it moves."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from tracker.cli.terminal import system_context, told_in_one_line
from tracker.domain.case_clocks import CLOCK_NAMES
from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_
from tracker.domain.year_checks import doubts_of
from tracker.domain.year_edition import parse_year
from tracker.services.calendars import load_year, preview_year


@click.group("calendar")
def command() -> None:
    """工作日历：按国务院办公厅通知载入。"""


@command.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--source", required=True, help="通知文号，如“国办发明电〔2026〕9号”。")
@click.option("--apply", "applied", is_flag=True, help="载入并重算在办申请；不加则只列出变化。")
@with_appcontext
def import_year(file: BinaryIO, source: str, applied: bool) -> None:
    """载入一年的放假调休安排 FILE（每行：日期,off 或 work,名称）。"""
    ctx = system_context()
    with told_in_one_line():
        edition = replace(parse_year(_text(file)), notice_number=source.strip() or None)
        done = load_year(ctx, edition) if applied else preview_year(ctx, edition)
    if done.unchanged:
        click.echo(f"{done.year} 年与已载入的内容相同，未作改动。")
        return
    for doubt in doubts_of(edition):
        click.echo(f"请核对：{doubt}", err=True)
    for moved in done.moved:
        move = moved.move
        click.echo(
            f"{moved.number} {CLOCK_NAMES[move.kind]}：{_due(move.old_due_on, move.was_provisional)} → "
            f"{_due(move.new_due_on, move.is_provisional)}"
        )
    cases = len({moved.case_id for moved in done.moved if moved.move.date_moves})
    click.echo(f"{done.year} 年，{len(edition.days)} 天；到期日变化的在办申请 {cases} 件。")
    click.echo("已载入并重算。" if applied else "以上为预览，未作改动；加 --apply 载入。")


def _text(file: BinaryIO) -> str:
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TrackerError(N_("文件不是 UTF-8 文本。")) from error


def _due(day: object, provisional: bool) -> str:
    if day is None:
        return "—"
    return f"{day}（暂定）" if provisional else str(day)
