"""``accounts``: who may sign in to a demonstration; the way back for whom no administrator can help."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from tracker.cli.terminal import system_context
from tracker.domain.permissions import ROLE_NAMES, Role
from tracker.extensions import db
from tracker.queries.accounts import find_account_by_login
from tracker.services.accounts import remove_code
from tracker.services.demonstration.accounts import list_demonstration_accounts


@click.group("accounts")
def command() -> None:
    """账号。"""


@command.command("list")
@click.option("--demo", is_flag=True, required=True, help="演示账号及其固定密码。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@with_appcontext
def list_command(demo: bool, as_json: bool) -> None:
    """列出演示账号：登录名、密码、岗位、机关。"""
    accounts = list_demonstration_accounts(db.session())
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False))
        return
    table = Table("登录名", "密码", "姓名", "岗位", "机关", box=None, pad_edge=False)
    for account in accounts:
        table.add_row(
            str(account["login"]),
            str(account["password"]),
            str(account["name"]),
            ROLE_NAMES[Role(str(account["role"]))],
            "、".join(dict.fromkeys(_organ_names(account))),
        )
    Console(width=110).print(table)


@command.command("remove-code")
@click.argument("login")
@with_appcontext
def remove_code_command(login: str) -> None:
    """清除一个账号的动态口令（手机丢失而没有另一名管理员时）；其登录全部退出。"""
    account = find_account_by_login(db.session(), login)
    if account is None:
        raise click.ClickException(f"没有登录名为 {login} 的账号。")
    remove_code(system_context(), account.id)
    click.echo(f"已清除 {account.login} 的动态口令。")


def _organ_names(account: Mapping[str, object]) -> list[str]:
    holdings = account["holdings"]
    assert isinstance(holdings, list)
    return [str(holding["organ_name"]) for holding in holdings]
