"""``accounts remove-code``: the way back for the last administrator, whose telephone is gone."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import settle
from tracker.models import Account


def test_the_code_of_an_account_is_cleared(app: Flask, session: Session) -> None:
    settle(session)
    account = session.scalars(select(Account).where(Account.login == "administrator")).one()
    account.code_cipher, account.code_step = b"sealed", 7
    session.commit()
    session.rollback()
    unknown = app.test_cli_runner().invoke(args=["accounts", "remove-code", "nobody"])
    assert unknown.exit_code == 1 and "没有登录名为 nobody 的账号" in unknown.output
    done = app.test_cli_runner().invoke(args=["accounts", "remove-code", "administrator"])
    assert (done.exit_code, done.output) == (0, "已清除 administrator 的动态口令。\n")
    session.rollback()
    assert session.scalars(select(Account).where(Account.login == "administrator")).one().code_cipher is None
