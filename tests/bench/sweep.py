"""``make bench-sweep``: the alert sweep over 100,000 open cases, and over 1,000,000 of which 100,000 are open, with 500
due in both, on SQLite and on PostgreSQL; against the bare SQL that selects and inserts the same rows.

Each store is measured in a process of its own (``sweep_once``), so that memory is that of the sweep alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import databases
from tests.bench.due_cases import fill
from tests.bench.timing import machine
from tests.postgres import PostgresForTests
from tracker.adapters.migrations import upgrade_schema
from tracker.models.engine import make_engine

STORES = ((100_000, 100_000), (1_000_000, 100_000))
"""Cases, and how many of them are open."""

KINDS = ("sqlite", "postgresql")
DUE = 500
AIM = 3


def main() -> None:
    """``python -m tests.bench.sweep [sqlite] [postgresql]``."""
    kinds = tuple(word for word in sys.argv[1:] if word in KINDS) or KINDS
    print(machine())
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            server = PostgresForTests.start() if kind == "postgresql" else None
            try:
                small, large = (measure(kind, *store, Path(folder), server) for store in STORES)
            finally:
                if server is not None:
                    server.stop()
        ratio = large["least"] / small["least"]
        print(
            f"  {kind:<10} ten times the cases, the same due: {ratio:.2f} times as long at the least (aim: about 1)"
        )


def measure(
    kind: str, cases: int, open_cases: int, folder: Path, server: PostgresForTests | None
) -> dict[str, Any]:
    """Fill one database, sweep it in another process, print what that says."""
    url = databases.blank_database(kind, server, folder, f"sweep_{cases}")
    upgrade_schema(url)
    began = time.perf_counter()
    engine = make_engine(url)
    fill(engine, cases, open_cases, DUE)
    engine.dispose()
    filled = time.perf_counter() - began
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.sweep_once", url], stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    if found["looked"] != DUE:
        raise SystemExit(
            f"{found['looked']} clocks were looked at instead of {DUE}: the figures would mean nothing"
        )
    print(
        f"  {kind:<10} {cases:>9,} cases, {open_cases:,} open, {DUE} due (written in {filled:.0f} s):"
        f" {found['told']} alerts and {found['messages']} messages"
        f" in {found['sweep'] * 1e3:.0f} ms (least {found['least'] * 1e3:.0f}),"
        f" {found['statements']} statements, memory grew {found['grew'] / 1024:.1f} MiB;"
        f" bare SQL {found['bare'] * 1e3:.0f} ms, {found['ratio']:.2f} times that (aim: {AIM});"
        f" again with nothing due {found['idle'] * 1e3:.1f} ms; {found['plan']}"
    )
    return found


if __name__ == "__main__":
    main()
