"""What each mutant that went unnoticed had changed, and the reasons written down for leaving it so."""

from __future__ import annotations

import ast
import csv
import difflib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
REASONS = ROOT / "docs" / "mutation-survivors.csv"


class Change(NamedTuple):
    """A mutant told so that it is known again after other lines moved: where, what stood there, what stood instead."""

    where: str
    before: str
    after: str


def change_of(mutant: str) -> Change:
    """The change behind a name such as ``tracker.domain.fold.x_fold__mutmut_3``, read from the mutated sources."""
    module, _, mangled = mutant.rpartition(".")
    function, _, _ = mangled.rpartition("__mutmut_")
    bodies = _functions(module)
    lines = difflib.unified_diff(bodies[f"{function}__mutmut_orig"], bodies[mangled], lineterm="", n=0)
    told = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    place = function.replace("ǁ", ".").removeprefix("x.").removeprefix("x_")
    before, after = (" ".join(line[1:].strip() for line in told if line[0] == sign) for sign in "-+")
    return Change(f"{module.removeprefix('tracker.domain.')}.{place}", before, after)


def reasons(path: Path = REASONS) -> dict[Change, str]:
    """The reasons that were written down."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            Change(row["where"], row["before"], row["after"]): row["reason"] for row in csv.DictReader(file)
        }


def write(known: dict[Change, str], path: Path = REASONS) -> None:
    """The file of reasons, in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*Change._fields, "reason"])
        rows.writerows([*change, reason] for change, reason in sorted(known.items()))


def unexplained(mutants: Iterable[str], known: dict[Change, str]) -> Iterator[Change]:
    """The changes nobody has given a reason for."""
    for mutant in mutants:
        change = change_of(mutant)
        if not known.get(change):
            yield change


@lru_cache
def _functions(module: str) -> dict[str, list[str]]:
    text = (ROOT / "mutants" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    return {
        node.name: _without_name(lines[node.lineno - 1 : node.end_lineno])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }


def _without_name(lines: list[str]) -> list[str]:
    """The name of a mutant is no change of it; a one-line head keeps its parameters."""
    head, _, rest = lines[0].partition("(")
    return [f"{head.split('x')[0]}({rest}", *lines[1:]]
