"""Time is an argument: one adapter reads the clock of the machine."""

from __future__ import annotations

import re

from tests.architecture.source import calls, name_of, python_files

THE_ADAPTER = "tracker/adapters/system_clock.py"
READS_THE_CLOCK = re.compile(
    r"(^|\.)(datetime|date|dt)\.(now|today|utcnow)$|^time\.(time|time_ns|localtime|gmtime|strftime)$"
    r"|(^|\.)func\.(now|current_timestamp|current_date|localtimestamp)$"
)
SQL_CLOCK = re.compile(r"CURRENT_(TIMESTAMP|DATE|TIME)\b|datetime\('now'|\bnow\(\)", re.IGNORECASE)


def test_only_the_adapter_reads_the_clock() -> None:
    found = [
        f"{name_of(path)}:{line}: {called}"
        for path in python_files("tracker")
        if name_of(path) != THE_ADAPTER
        for line, called in calls(path)
        if READS_THE_CLOCK.search(called)
    ]
    assert not found, "take today/now as an argument (ctx.today, ctx.now):\n" + "\n".join(found)


def test_no_statement_asks_the_database_for_the_time() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in python_files("tracker", "migrations")
        if name_of(path) != THE_ADAPTER
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if SQL_CLOCK.search(line) and ".now()" not in line
    ]
    assert not found, "bind ctx.now instead of the database's clock:\n" + "\n".join(found)


def test_the_rule_knows_the_ways_to_read_a_clock() -> None:
    for called in (
        "datetime.now",
        "date.today",
        "dt.datetime.utcnow",
        "time.time",
        "func.now",
        "sa.func.current_date",
    ):
        assert READS_THE_CLOCK.search(called), called
    for called in ("clock.now", "ctx.now", "runtime().clock.today", "time.monotonic"):
        assert not READS_THE_CLOCK.search(called), called
