"""What must not stand in any file of the repository."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT, calls, code_lines, name_of, python_files, tracked_files

LONGEST_FILE = 400
# Written in pieces, so that this file does not name them itself.
REGISTRY_HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb" + "ian.org",
)
WORKPLACES = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/" + r"(?!\.\.)")
UNFINISHED = re.compile(
    r"#.*\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error|except Excep" + r"tion\b"
)
SKIPS = re.compile(r"pytest\.(?:mark\.)?(?:sk" + r"ip|skip" + r"if|xf" + r"ail|importor" + r"skip)\b")


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_registry() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)))
    found = lines_with(hosts, tracked_files())
    assert not found, "dependencies come from whatever index the machine is set to; name none:\n" + "\n".join(
        found
    )


def test_no_file_names_somebodys_machine() -> None:
    found = lines_with(WORKPLACES, tracked_files())
    assert not found, "paths are relative to the repository:\n" + "\n".join(found)


def test_nothing_is_left_unfinished() -> None:
    found = lines_with(UNFINISHED, python_files("tracker", "tests", "scripts"))
    assert not found, "finish it, or leave it out; name the errors you expect:\n" + "\n".join(found)


def test_no_test_is_skipped() -> None:
    found = lines_with(SKIPS, python_files("tests"))
    assert not found, (
        "a test runs or is not there: a missing PostgreSQL or browser is a failure:\n" + "\n".join(found)
    )


def test_the_product_never_reads_what_only_tests_may() -> None:
    shared = re.compile(r"\.\./shared|\bshared/(?:cases|data)")
    found = lines_with(
        shared, [*python_files("tracker", "migrations"), *(ROOT / "templates").rglob("*.html")]
    )
    assert not found, "ship a copy of our own below tracker/:\n" + "\n".join(found)


def test_files_stay_small() -> None:
    sizes = {name_of(path): code_lines(path) for path in python_files("tracker", "tests", "scripts")}
    found = [f"{name}: {lines} lines of code" for name, lines in sizes.items() if lines > LONGEST_FILE]
    assert not found, "split it by subject:\n" + "\n".join(found)


def test_nothing_prints_but_the_commands() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("tracker")
        if not name_of(path).startswith("tracker/cli/")
        for line, called in calls(path)
        if called == "print"
    ]
    assert not found, "log it, or return it to the command:\n" + "\n".join(found)
