"""``make bench-verify``: `flask clock verify` over 10,000 and 100,000 cases, on SQLite and on PostgreSQL.

The figures are those of the command itself in a process of its own; that it finds no difference proves the cases.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import databases
from tests.bench.many_cases import TODAY, fill
from tests.bench.timing import machine
from tests.postgres import PostgresForTests
from tracker.adapters.migrations import upgrade_schema
from tracker.models.engine import make_engine

SIZES = (10_000, 100_000)
KINDS = ("sqlite", "postgresql")
AIM_SECONDS = 60


def main() -> None:
    """``python -m tests.bench.verify [sqlite] [postgresql] [number of cases …]``."""
    sizes = tuple(int(word) for word in sys.argv[1:] if word.isdecimal()) or SIZES
    kinds = tuple(word for word in sys.argv[1:] if word in KINDS) or KINDS
    print(machine())
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            try:
                for cases in sizes:
                    measure(kind, cases, Path(folder), server)
            finally:
                if server is not None:
                    server.stop()


def measure(kind: str, cases: int, folder: Path, server: PostgresForTests | None) -> None:
    """Fill one database, replay it, print seconds and memory."""
    url = databases.blank_database(kind, server, folder, f"verify_{cases}")
    url = url if isinstance(url, str) else url.render_as_string(hide_password=False)
    upgrade_schema(url)
    began = time.perf_counter()
    engine = make_engine(url)
    entries = fill(engine, cases)
    engine.dispose()
    filled = time.perf_counter() - began
    environment = os.environ | {
        "TRACKER_INSTANCE": str(folder / "instance"),
        "TRACKER_DATABASE_URL": url,
        "TRACKER_TODAY": TODAY.isoformat(),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "clock", "verify"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.read().strip() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    print(
        f"  {kind:<10} {cases:>7} cases, {entries:>8} entries (written in {filled:.0f} s): replayed in {seconds:.1f} s"
        f" ({used.ru_utime + used.ru_stime:.1f} s of processor; aim {AIM_SECONDS} s for 100,000),"
        f" at most {used.ru_maxrss / 1024:.0f} MiB; exit {os.waitstatus_to_exitcode(status)}: {said.splitlines()[-1]}"
    )


if __name__ == "__main__":
    main()
