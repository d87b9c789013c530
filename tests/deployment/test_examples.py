"""The examples of ``docs/deployment``: checked by the programs they are written for, and used for real."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, text

from tests.deployment.conftest import (
    EXAMPLES,
    Start,
    free_port,
    gunicorn,
    rendered,
    trusting,
    until,
)
from tests.web.test_signing_in import PASSWORD
from tracker.config import ROOT

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
MOST_BYTES = 64 * 1024 * 1024


@pytest.mark.parametrize("unit", ["tracker-web.service", "tracker-jobs.service"])
def test_systemd_takes_the_units(unit: str, tmp_path: Path) -> None:
    copy = tmp_path / unit
    copy.write_text((EXAMPLES / unit).read_text("utf-8").replace("/opt/tracker", str(ROOT)), "utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy],
        capture_output=True,
        text=True,
    )
    about_it = [line for line in said.stderr.splitlines() if unit in line]
    assert (said.returncode, about_it) == (0, [])


def test_the_environment_names_what_the_table_explains() -> None:
    given = re.findall(r"^(TRACKER_\w+?)(?:_FILE)?=", (EXAMPLES / "environment").read_text("utf-8"), re.M)
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert given and all(f"`{name}`" in explained for name in given)


class Browser:
    """Keeps cookies and posts forms with their tokens, over TLS."""

    def __init__(self, connection: HTTPSConnection) -> None:
        self.connection = connection
        self.cookies: dict[str, str] = {}
        self.set: list[str] = []
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        form = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.address} if body else {}
        self.connection.request(method, path, body, {"Cookie": jar, **form, **headers})
        answer = self.connection.getresponse()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.set.append(line)
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    @property
    def address(self) -> str:
        return f"https://localhost:{self.connection.port}/"

    def sign_in(self, login: str, password: str, **headers: str) -> int:
        page = self.ask("GET", "/login")[1]
        token = TOKEN.search(page)
        assert token, page[:300]
        form = urlencode({"login": login, "password": password, "csrf_token": token[1]})
        return self.ask("POST", "/login", form, **headers)[0]


def test_a_real_run_behind_nginx_with_tls(
    start: Start, tmp_path: Path, certificate: tuple[Path, Path], environment: dict[str, str]
) -> None:
    plain, tls = free_port(), free_port()
    conf = rendered(tmp_path, certificate, plain, tls, tmp_path / "web.sock")
    subprocess.run(["nginx", "-t", "-q", "-c", conf], check=True, capture_output=True)
    site = start("web", *gunicorn(tmp_path / "web.sock"))
    start("nginx", "nginx", "-c", conf)
    until(lambda: _answers(certificate, tls), "the site answers through nginx")

    browser = Browser(trusting(certificate, tls))
    claimed = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    assert browser.sign_in("clerk", "wrong", **claimed) == 422
    assert browser.sign_in("clerk", PASSWORD) == 302
    assert browser.headers["location"] == "/"
    assert all("Secure" in line and "HttpOnly" in line for line in browser.set)
    status, page = browser.ask("GET", "/")
    assert status == 200 and "工作台" in page
    assert browser.headers["strict-transport-security"].startswith("max-age=")
    assert "default-src 'self'" in browser.headers["content-security-policy"]
    assert not re.search(r"[\d.]{3}", browser.headers["server"]), "no version is told"
    assert _addresses(environment["TRACKER_DATABASE_URL"]) == {"127.0.0.1"}, (
        "a browser's claim counts for nothing"
    )

    too_much = {"Content-Length": str(MOST_BYTES + 1)}
    browser.connection.putrequest("POST", "/files")
    for name, value in too_much.items():
        browser.connection.putheader(name, value)
    browser.connection.endheaders()
    assert browser.connection.getresponse().status == 413

    os.kill(site.pid, signal.SIGHUP)
    seen = [Browser(trusting(certificate, tls)).ask("GET", "/healthz")[0] for _ in range(20)]
    assert set(seen) == {200}, "a reload turns nobody away"

    guesses = Browser(trusting(certificate, tls))
    seen = [guesses.ask("GET", "/login")[0] for _ in range(90)]
    assert seen[0] == 200 and seen[-1] == 429, "guessing is slowed down before it reaches the site"


def _answers(certificate: tuple[Path, Path], port: int) -> bool:
    try:
        return Browser(trusting(certificate, port)).ask("GET", "/healthz")[0] == 200
    except OSError:
        return False


def _addresses(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {row[0] for row in connection.execute(text("SELECT address FROM sign_in_attempts"))}
    engine.dispose()
    return found
