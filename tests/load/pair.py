"""Two PostgreSQL servers of Debian's packages on this machine, the second a synchronous standby of the first.

Files are sure to be on the disk of both when a commit is answered (``synchronous_commit = on``, ``fsync`` as usual).
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.load.site import free_port, until

ROLE, DATABASE = "tracker", "tracker"


def programs() -> Path:
    """Where the newest server's programs are. Ends the run where there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda folder: int(folder.split("/")[4]))
    if not found:
        raise SystemExit("this needs Debian's postgresql package: apt-get install postgresql")
    return Path(found[-1])


class Server:
    """One server with its folder and port, run as ``postgres`` where we are root (it refuses to run as root)."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.data, self.port = name, folder / name, free_port()
        self._folder = folder

    def run(self, program: str, *words: object) -> str:
        """One of the server's programs, to its end."""
        command = [str(programs() / program), *map(str, words)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self._folder)
        if done.returncode:
            raise SystemExit(f"{self.name}: {program}: {done.stderr[-800:]}")
        return done.stdout

    def create(self) -> None:
        """A new cluster that can have a standby."""
        self.run(
            "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
        )
        self.configure(
            "wal_level = replica", "max_wal_senders = 4", "max_connections = 100", "hot_standby = on"
        )

    def copy_of(self, primary: Server) -> None:
        """A standby, as `pg_basebackup -R` makes it."""
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name={self.name}"
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", source)
        self.configure(f"primary_conninfo = '{source}'")

    def start(self) -> None:
        """Start and wait until it takes connections."""
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1"
        self.run(
            "pg_ctl", "-D", self.data, "-w", "-l", self._folder / f"{self.name}.log", "-o", options, "start"
        )

    def kill(self) -> None:
        """As a machine does that loses its power."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            try:
                os.kill(each, 9)
            except ProcessLookupError:
                continue

    def stop(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            command = [str(programs() / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"]
            prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
            subprocess.run([*prefix, *command], capture_output=True, cwd=self._folder)

    def promote(self) -> None:
        """Make the standby the primary."""
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def ask(self, sql: str, database: str = "postgres") -> str:
        """One statement as the superuser; its answer as text."""
        return self.run(
            "psql", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "-d", database, "-XAtc", sql
        ).strip()

    def reload(self, *settings: str) -> None:
        """Change settings while it runs."""
        for setting in settings:
            self.ask(f"ALTER SYSTEM SET {setting}")
        self.ask("SELECT pg_reload_conf()")

    def runs(self) -> bool:
        """Whether it takes connections."""
        command = [str(programs() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command).returncode == 0

    def configure(self, *settings: str) -> None:
        """Settings for its next start."""
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write("\n" + "\n".join(settings) + "\n")


class Pair:
    """``primary`` and ``standby``; ``stop`` ends both and removes their files."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-pair-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.primary, self.standby = Server(self.folder, "one"), Server(self.folder, "two")

    def start(self) -> None:
        """Both running, the second synchronous, an empty database that our role owns."""
        self.primary.create()
        self.primary.start()
        self.primary.ask(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'not-secret'")
        self.primary.ask(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
        self.standby.copy_of(self.primary)
        self.standby.start()
        self.primary.reload("synchronous_standby_names = 'FIRST 1 (two)'", "synchronous_commit = 'on'")
        until(self.in_step, "the standby is synchronous")

    def in_step(self) -> bool:
        """Whether each commit waits for the standby."""
        return self.primary.ask("SELECT sync_state FROM pg_stat_replication") == "sync"

    def url(self, wanted: str = "read-write") -> str:
        """The address of both: libpq asks one after the other for the one that is ``wanted``."""
        hosts = f"host=127.0.0.1:{self.primary.port}&host=127.0.0.1:{self.standby.port}"
        rest = f"target_session_attrs={wanted}&connect_timeout=3"
        return f"postgresql+psycopg://{ROLE}:not-secret@/{DATABASE}?{hosts}&{rest}"

    def stop(self) -> None:
        for server in (self.primary, self.standby):
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
