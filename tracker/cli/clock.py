"""``clock``: due dates from the terminal, by the same fold as everywhere."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import BinaryIO

import click
from flask.cli import AppGroup

from tracker.cli.clock_lines import evaluate_line
from tracker.extensions import db
from tracker.services.calendars import calendar_at_hand


command = AppGroup("clock", help="办理期限：推算、说明、核对。")


@command.command("evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="今天（上海日期）；不给则不计已用和剩余。")
def evaluate(file: BinaryIO, today: datetime | None) -> None:
    """逐行推算 FILE.jsonl，每行输出一个结果，次序不变。"""
    calendar = calendar_at_hand(db.session())
    day: date | None = today.date() if today else None
    for line in file:
        click.echo(json.dumps(evaluate_line(line, calendar, day)))
