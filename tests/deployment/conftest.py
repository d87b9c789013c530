"""Processes as an operator starts them: gunicorn behind nginx with TLS, job runners, on one database."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import databases
from tests.people import settle
from tests.postgres import PostgresForTests
from tests.web.test_signing_in import QUICK_HASH
from tracker.adapters.migrations import upgrade_schema
from tracker.config import ROOT
from tracker.models import Account
from tracker.models.engine import make_engine

EXAMPLES = ROOT / "docs" / "deployment"
PATIENCE_SECONDS = 60
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost, signed by itself, and its key."""
    made, key = tmp_path / "site.crt", tmp_path / "site.key"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    subprocess.run([*new, *names, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@pytest.fixture
def environment(tmp_path: Path, database_kind: str, postgres: PostgresForTests | None) -> dict[str, str]:
    """What both services are told, in production, on a database with the suite's cast in it."""
    url = databases.blank_database(database_kind, postgres, tmp_path, "deployment")
    upgrade_schema(url)
    engine = make_engine(url)
    with Session(engine) as session:
        settle(session, QUICK_HASH)
        for account in session.scalars(select(Account)):
            account.demonstration = False
        session.commit()
    engine.dispose()
    given = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return given | {
        "TRACKER_ENV": "production",
        "TRACKER_DATABASE_URL": url,
        "TRACKER_SECRET_KEY": "s" * 64,
        "TRACKER_DATA_KEY": "d" * 64,
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_PROXIES": "1",
    }


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Start]:
    """``start("name", command, …)``: a process with its output in a file; ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(name: str, *command: str | Path) -> subprocess.Popen[bytes]:
        with open(tmp_path / f"{name}.log", "wb") as log:
            process = subprocess.Popen(
                [*map(str, command)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield begin
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def rendered(tmp_path: Path, certificate: tuple[Path, Path], plain: int, tls: int, *sockets: Path) -> Path:
    """nginx's configuration with the example inside, on ports and paths of the test."""
    site = (EXAMPLES / "nginx.conf").read_text("utf-8")
    servers = "".join(f"    server unix:{each} fail_timeout=0;\n" for each in sockets)
    for old, new in (
        ("    server unix:/run/tracker/web.sock fail_timeout=0;\n", servers),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        ("https://$host$request_uri", f"https://$host:{tls}$request_uri"),
        ("$host;", "$http_host;"),
        ("/var/log/nginx/tracker.log", str(tmp_path / "access.log")),
        ("gongkai.example.gov.cn", "localhost"),
        ("/etc/tracker/tls/site.crt", str(certificate[0])),
        ("/etc/tracker/tls/site.key", str(certificate[1])),
    ):
        assert old in site, f"the example no longer says {old!r}"
        site = site.replace(old, new)
    folder = tmp_path / "nginx"
    folder.mkdir()
    (folder / "tracker.conf").write_text(site, "utf-8")
    temporary = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n    access_log off;\n"
        f"{temporary}    include {folder}/tracker.conf;\n}}\n",
        "utf-8",
    )
    return conf


def gunicorn(socket_path: Path) -> tuple[str | Path, ...]:
    """The site as ``tracker-web.service`` starts it, with one worker and another socket."""
    unit = (EXAMPLES / "tracker-web.service").read_text("utf-8").replace("\\\n", " ")
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = line.removeprefix("ExecStart=").split()
    assert words[0] == "/opt/tracker/.venv/bin/gunicorn"
    words[words.index("--workers") + 1] = "1"
    words[words.index("--bind") + 1] = f"unix:{socket_path}"
    return (Path(sys.executable).parent / "gunicorn", *words[1:])


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something a process is to do."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, f"not within {PATIENCE_SECONDS} s: {what}"
        time.sleep(0.1)


def trusting(certificate: tuple[Path, Path], port: int) -> HTTPSConnection:
    """A connection that trusts the test's certificate and nothing else."""
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    return HTTPSConnection("localhost", port, context=trust, timeout=PATIENCE_SECONDS)
