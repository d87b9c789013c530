"""``archive``: packages of closed files, verified from their own bytes."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.verify_package import told


@click.group("archive")
def command() -> None:
    """档案：核验归档包。"""


@command.command("verify")
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--brief", is_flag=True, help="只列出不通过的项目。")
def verify(package: Path, brief: bool) -> None:
    """核验归档包 PACKAGE（ZIP 或者解开的目录）：校验清单、记录链、材料清单、格式；不读数据库。不通过以 1 结束。"""
    lines, passed = told(package, brief=brief)
    for line in lines:
        click.echo(line)
    if not passed:
        raise click.exceptions.Exit(1)
