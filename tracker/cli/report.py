"""``report``: table 3 of the annual report, and a check of any published one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from tracker.adapters.annual_table_files import table_docx, table_html, table_xlsx
from tracker.cli.terminal import system_context, told_in_one_line
from tracker.domain.annual_checks import IDENTITY_NAMES, Failure, check_table
from tracker.domain.annual_csv import read_csv, write_csv
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, ROW_OF_NUMBER, ROWS, TOTAL, AnnualTable
from tracker.domain.challenge_table import COLUMN_NAMES as CHALLENGE_COLUMNS
from tracker.domain.challenge_table import ChallengeColumn
from tracker.domain.challenge_table import write_csv as write_challenges
from tracker.domain.challenges import CHALLENGE_KIND_NAMES, ChallengeKind
from tracker.domain.errors import Invalid, NotFound
from tracker.queries.annual_challenges import read_challenge_table
from tracker.queries.annual_table import DISTRICT, OrganGroup, read_annual_table
from tracker.queries.organs import find_organ_by_code
from tracker.services.context import Context

FORMATS = ("csv", "json", "xlsx", "docx", "html")
FILES_ONLY = ("xlsx", "docx")
CHALLENGE_FORMATS = ("csv", "json")


@click.group("report")
def command() -> None:
    """年度报告：表三的统计与勾稽关系核对。"""


@command.command("annual")
@click.option("--year", type=click.IntRange(2008, 2099), required=True, help="报告年度。")
@click.option("--organ", help="机关代码；不给则为全区。")
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True, help="格式。")
@click.option(
    "--table", "number", type=click.Choice(("3", "4")), default="3", show_default=True, help="表三或者表四。"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；不给则输出到屏幕。")
@with_appcontext
def annual_command(year: int, organ: str | None, form: str, number: str, out: Path | None) -> None:
    """表三（收到和处理政府信息公开申请情况）、表四（复议、诉讼情况），国办公开办函〔2021〕30号。"""
    if out is None and form in FILES_ONLY:
        raise click.UsageError("这种格式请用 --out 指定文件。")
    if number == "4" and form not in CHALLENGE_FORMATS:
        raise click.UsageError("表四只有 csv 和 json 两种格式。")
    with told_in_one_line():
        written = _challenges(year, organ, form) if number == "4" else _cases(year, organ, form)
    if out is None:
        sys.stdout.write(written.decode())
    else:
        out.write_bytes(written)
        click.echo(f"已写入 {out}。")


@command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--last-year",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="上年的表三，一并核对结转数。",
)
def check_command(file: Path, last_year: Path | None) -> None:
    """核对 FILE.csv 中的表三是否符合勾稽关系；有不符的逐条列出，退出码为 1，读不出时为 2。"""
    with told_in_one_line(2):
        failures = check_table(_read(file), _read(last_year) if last_year else None)
    for failure in failures:
        click.echo(_words(failure))
    if failures:
        raise click.exceptions.Exit(1)
    click.echo("勾稽关系：全部相符。")


def _cases(year: int, code: str | None, form: str) -> bytes:
    ctx = system_context()
    group, whose = _group(ctx, code)
    table = read_annual_table(ctx.session, ctx.actor, year, group)
    return _written(table, form, f"{whose}{year}年收到和处理政府信息公开申请情况")


def _challenges(year: int, code: str | None, form: str) -> bytes:
    ctx = system_context()
    table = read_challenge_table(ctx.session, ctx.actor, year, _group(ctx, code)[0])
    if form == "csv":
        return write_challenges(table).encode()
    rows = [
        {"name": CHALLENGE_KIND_NAMES[kind]}
        | {CHALLENGE_COLUMNS[column]: table[kind, column] for column in ChallengeColumn}
        for kind in ChallengeKind
    ]
    return (json.dumps(rows, ensure_ascii=False) + "\n").encode()


def _group(ctx: Context, code: str | None) -> tuple[OrganGroup, str]:
    if code is None:
        return DISTRICT, "全区"
    organ = find_organ_by_code(ctx.session, code)
    if organ is None:
        raise NotFound("没有代码为“%(code)s”的机关。", code=code)
    return OrganGroup(codes=(code,)), organ.name


def _written(table: AnnualTable, form: str, title: str) -> bytes:
    if form == "xlsx":
        return table_xlsx(table, title)
    if form == "docx":
        return table_docx(table, title)
    if form == "html":
        return table_html(table, title).encode()
    if form == "json":
        return (json.dumps(_as_data(table), ensure_ascii=False) + "\n").encode()
    return write_csv(table).encode()


def _as_data(table: AnnualTable) -> list[dict[str, object]]:
    return [
        {"row": row.number, "name": row.name}
        | {(str(COLUMN_NAMES[column])): table[row.number, column] for column in COLUMNS}
        for row in ROWS
    ]


def _read(file: Path) -> AnnualTable:
    try:
        return read_csv(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid({"table": ["文件不是 UTF-8 编码，请另存为“CSV UTF-8”后再核对。"]}) from error


def _words(failure: Failure) -> str:
    row, column = failure.at.row, failure.at.column
    name = "总计列" if column == TOTAL else COLUMN_NAMES[column]
    return (
        f"不符　{row} {ROW_OF_NUMBER[row].name}，{name}：{IDENTITY_NAMES[failure.identity]}；"
        f"左边 {failure.left}，右边 {failure.right}，相差 {failure.difference}。"
    )
