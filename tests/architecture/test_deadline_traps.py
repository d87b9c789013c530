"""Every trap of our notes has a named test, and the table that says so is true."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, tree_of

TABLE = ROOT / "docs" / "deadline-traps.md"
FIRST, LAST = 1, 44
ROW = re.compile(r"^\| (D\d\d) \| [^|]+ \| (.+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, list[str]]]:
    return [
        (number, re.findall(r"`([^`]+)`", tests)) for number, tests in ROW.findall(TABLE.read_text("utf-8"))
    ]


def exists(named: str) -> bool:
    path, _, test = named.partition("::")
    if not (ROOT / path).is_file():
        return False
    return any(isinstance(n, ast.FunctionDef) and n.name == test for n in tree_of(ROOT / path).body)


def test_every_trap_is_listed_once_with_a_test() -> None:
    listed = [number for number, tests in rows() if tests]
    assert listed == [f"D{n:02}" for n in range(FIRST, LAST + 1)]


def test_every_named_test_exists() -> None:
    gone = [f"{number}: {named}" for number, tests in rows() for named in tests if not exists(named)]
    assert not gone, "name the test that now holds the trap in docs/deadline-traps.md:\n" + "\n".join(gone)
