"""``ledger``: registers in and out of the system."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.adapters.ledger_reader import LedgerSheet
from tracker.cli.terminal import system_context, told_in_one_line
from tracker.domain.ledger_states import IMPORT_STATE_NAMES, ImportState
from tracker.queries.ledger_imports import newest_imports
from tracker.services.ledger_export import export_ledger
from tracker.services.ledger_import import import_ledger
from tracker.services.ledger_outcome import LedgerOutcome
from tracker.services.ledger_void import WorkedOn, void_import

UNREADABLE = 2


@click.group("ledger")
def command() -> None:
    """台账：导入、导出。"""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@with_appcontext
def import_command(file: Path, dry_run: bool, as_json: bool) -> None:
    """导入历史台账 FILE.xlsx：逐行检查，有问题的行退回并说明，其余导入；重复导入不会重复登记。"""
    with told_in_one_line(UNREADABLE):
        outcome = _import(file, dry_run)
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False))
    else:
        _tell(outcome, dry_run)


def _import(file: Path, dry_run: bool) -> LedgerOutcome:
    with _progress_bar("检查" if dry_run else "导入") as bar:
        task = bar.add_task(file.name, total=_rows_of(file) or None)
        return import_ledger(
            system_context(), file, dry_run=dry_run, progress=lambda done: bar.update(task, completed=done)
        )


def _rows_of(file: Path) -> int:
    with LedgerSheet(file) as sheet:
        return sheet.count_rows()


def _progress_bar(verb: str) -> Progress:
    return Progress(
        TextColumn(verb),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _tell(outcome: LedgerOutcome, dry_run: bool) -> None:
    for fault in outcome.rejected:
        click.echo(f"退回　第 {fault.row} 行：{fault.message}")
    for fault in outcome.warnings:
        click.echo(f"提示　第 {fault.row} 行：{fault.message}")
    click.echo(
        f"共 {outcome.rows} 行：导入 {outcome.imported} 件，续办 {outcome.continued} 件，"
        f"退回 {len(outcome.rejected)} 行，提示 {len(outcome.warnings)} 处。"
    )
    if outcome.already_there:
        click.echo(f"其中 {outcome.already_there} 件系统中已有，没有重复导入。")
    if dry_run:
        click.echo("这是试导入，没有写入任何内容。")


@command.command("export")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="台账年度。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export_command(year: int, file: Path) -> None:
    """导出一个年度的台账到 FILE.xlsx，列与导入的相同；含个人信息，请妥善保管。"""
    with _progress_bar("导出") as bar, told_in_one_line():
        task = bar.add_task(file.name, total=None)
        written = export_ledger(
            system_context(), year, file, progress=lambda done: bar.update(task, completed=done)
        )
    click.echo(f"已导出 {written} 件到 {file}。")


@command.command("imports")
@with_appcontext
def imports_command() -> None:
    """列出最近的导入记录：编号、文件、时间、状态、件数。"""
    for line in newest_imports(system_context().session):
        state = IMPORT_STATE_NAMES[ImportState(line.state)]
        click.echo(
            f"{line.id}　{line.filename}　{line.started_at:%Y-%m-%d %H:%M} UTC　{state}　"
            f"导入 {line.imported} 件，续办 {line.continued} 件"
        )


@command.command("void")
@click.argument("import_id", type=int)
@click.option("--reason", required=True, help="作废的原因，记入导入记录。")
@with_appcontext
def void_command(import_id: int, reason: str) -> None:
    """作废编号为 IMPORT_ID 的导入：它带来的申请件一并删除；导入后有一件办理过的，不能作废。"""
    with told_in_one_line():
        try:
            gone = void_import(system_context(), import_id, reason)
        except WorkedOn as refusal:
            for number in refusal.numbers:
                click.echo(f"办理过　{number}", err=True)
            raise
    click.echo(f"已作废，删除申请件 {gone} 件。")
