"""Two sites and a runner that stands by, on one database and one folder of files, as on two machines."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.deployment.conftest import Start, free_port, gunicorn, rendered, trusting, until
from tests.deployment.test_examples import Browser, _answers
from tests.web.test_signing_in import PASSWORD
from tracker.config import ROOT


def test_one_of_two_sites_may_die_and_the_waiting_runner_takes_over(
    start: Start, tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    sockets = (tmp_path / "one.sock", tmp_path / "two.sock")
    conf = rendered(tmp_path, certificate, free_port(), port := free_port(), *sockets)
    one, _two = (start(each.stem, *gunicorn(each)) for each in sockets)
    start("nginx", "nginx", "-c", conf)
    until(lambda: all(each.exists() for each in sockets) and _answers(certificate, port), "both sites answer")

    flask = (ROOT / ".venv" / "bin" / "flask", "--app", "wsgi", "jobs", "run")
    leader = start("leader", *flask)
    until(lambda: "作业进程已启动" in _said(tmp_path / "leader.log"), "the first runner works")
    start("standby", *flask)
    until(lambda: "等待接替" in _said(tmp_path / "standby.log"), "the second stands by")

    browser = Browser(trusting(certificate, port))
    assert browser.sign_in("clerk", PASSWORD) == 302
    assert {browser.ask("GET", "/cases")[0] for _ in range(6)} == {200}, "either site knows who is signed in"

    os.killpg(one.pid, signal.SIGKILL)
    os.killpg(leader.pid, signal.SIGKILL)
    assert {browser.ask("GET", "/cases")[0] for _ in range(6)} == {200}, "the other goes on alone"
    assert "作业进程已启动" not in _said(tmp_path / "standby.log")
    until(lambda: "作业进程已启动" in _said(tmp_path / "standby.log"), "the waiting runner takes over")


def _said(log: Path) -> str:
    return log.read_text("utf-8", "replace")
