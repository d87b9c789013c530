"""``python -m tracker.cli.verify_package PACKAGE``: the same verification on a machine without the system.

Needs this source, Python and the two libraries bagit and pypdf; no database, no settings, no fonts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.adapters.package_check import NotAPackage, verify_package


def told(package: Path, *, brief: bool = False) -> tuple[list[str], bool]:
    """What the verification says, line by line, and whether the package passed."""
    try:
        verdict = verify_package(package)
    except NotAPackage as error:
        return [str(error)], False
    lines = [f"{verdict.name}：{len(verdict.reports)} 件"]
    lines += [f"  × {fault}" for fault in verdict.bag_faults] or ["  校验清单（SHA-256）相符"]
    for report in verdict.reports:
        lines += [] if brief and report.passed else report.lines()
    lines.append("核验通过。" if verdict.passed else "核验不通过。")
    return lines, verdict.passed


def main(arguments: list[str]) -> int:
    """Verify every package named; 0 when all of them passed."""
    if not arguments:
        sys.stderr.write("用法：python -m tracker.cli.verify_package 归档包…\n")
        return 2
    whole = True
    for argument in arguments:
        lines, passed = told(Path(argument))
        sys.stdout.write("\n".join(lines) + "\n")
        whole = whole and passed
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
