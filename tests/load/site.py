"""gunicorn and the job runner in processes of their own, as the units start them, on a database a caller made."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.cipher import AesCipher
from tracker.adapters.system_clock import clock_for
from tracker.config import ROOT
from tracker.domain.actors import SYSTEM
from tracker.models import Account
from tracker.models.engine import make_engine
from tracker.services.context import Adapters, Context
from tracker.services.sessions import open_session

SECRET_KEY, DATA_KEY = "s" * 64, "d" * 64
BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """The processes of one installation; ``extra`` adds to its environment. Their output stands in ``folder``."""

    url: str
    folder: Path
    today: date
    workers: int = 2
    threads: int = 8
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    jobs: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        return given | {
            "TRACKER_DATABASE_URL": self.url,
            "TRACKER_SECRET_KEY": SECRET_KEY,
            "TRACKER_DATA_KEY": DATA_KEY,
            "TRACKER_INSTANCE": str(self.folder),
            "TRACKER_TODAY": self.today.isoformat(),
            **self.extra,
        }

    def start_web(self) -> float:
        """Start the site; returns the seconds until it answered."""
        began = time.monotonic()
        bind = (
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(self.workers),
            "--threads",
            str(self.threads),
        )
        kind = ("--worker-class", "gthread", "--preload", "--no-control-socket", "--log-level", "warning")
        self.web = self._start(
            "web", str(BIN / "gunicorn"), *kind, *bind, "--timeout", "120", "wsgi:application"
        )
        until(self.answers, "the site answers")
        return time.monotonic() - began

    def start_jobs(self) -> None:
        """Start the job runner."""
        self.jobs = self._start("jobs", str(BIN / "flask"), "--app", "wsgi", "jobs", "run")

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = (str(BIN / "flask"), "--app", "wsgi", *words)
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def answers(self) -> bool:
        """Whether the process answers at all."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End everything that was started here."""
        for process in (self.web, self.jobs):
            kill(process)
        self.web = self.jobs = None

    def token_of(self, login: str) -> str:
        """A signed-in session of this account: the value of its cookie."""
        nowhere = Adapters(cipher=AesCipher(DATA_KEY), files=None, renderer=None)  # type: ignore[arg-type]
        engine = make_engine(self.url)
        with Session(engine) as session:
            account = session.scalars(select(Account.id).where(Account.login == login)).one()
            session.rollback()
            ctx = Context(session, SYSTEM, self.today, clock_for(self.today).now(), nowhere)
            token = open_session(ctx, account, address="127.0.0.1").token
        engine.dispose()
        return token

    def worker_mib(self) -> list[float]:
        """Resident memory of each worker that serves, in MiB (what they share counts in each)."""
        assert self.web is not None
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        found = []
        for child in children:
            lines = Path(f"/proc/{child}/status").read_text().splitlines()
            found.append(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024)
        return found

    def _start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )


def kill(process: subprocess.Popen[bytes] | None, number: int = signal.SIGKILL) -> None:
    """End a process and its children at once."""
    if process is not None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait()


def until(true: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait for something; returns how long it took. Ends the run when it does not come."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began
