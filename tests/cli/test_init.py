"""``init`` on a database without a schema."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from tracker.app import create_app
from tracker.config import Settings
from tracker.extensions import db


def test_init_makes_everything_and_shows_the_password_once(settings: Settings, blank_url: str) -> None:
    app: Flask = create_app(replace(settings, database_url=blank_url))
    run = app.test_cli_runner()
    first = run.invoke(args=["init", "--admin", "first"])
    assert first.exit_code == 0, first.output
    assert "机关：新增 28 个" in first.output
    assert "管理员登录名：first" in first.output
    assert "一次性密码" in first.output
    second = run.invoke(args=["init"])
    assert second.exit_code == 0
    assert "一次性密码" not in second.output
    assert "已有管理员" in second.output
    with app.app_context():
        db.engine.dispose()


def test_a_faulty_list_of_organs_is_told_in_one_line(settings: Settings, blank_url: str) -> None:
    listed = settings.instance / "organs.csv"
    listed.write_text("code,name,kind,number_prefix\nAAJ,某局,ministry,某公开\n", "utf-8")
    app = create_app(replace(settings, database_url=blank_url))
    result = app.test_cli_runner().invoke(args=["init", "--organs", str(listed)])
    assert result.exit_code == 1
    assert "line 2: kind 'ministry'" in result.output
    with app.app_context():
        db.engine.dispose()
