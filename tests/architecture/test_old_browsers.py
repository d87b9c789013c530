"""The pages work in browsers of the age of Chromium 90 (April 2021), which government networks still have: nothing
newer is used, or it stands where an older browser passes over it and loses nothing but looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import TRACKER, html_templates, name_of

STYLES = sorted((TRACKER / "static" / "css").glob("*.css"))
SCRIPTS = sorted((TRACKER / "static" / "js").glob("*.js"))

NEWER_STYLES = {
    "cascade layers (99)": r"@layer\b",
    "container queries (105)": r"@container\b",
    "nesting (112)": r"(?m)^\s*&",
    "subgrid (117)": r"\bsubgrid\b",
    "units of the small and large viewport (108)": r"\d(?:[sld]v[hw])\b",
    "mixed colours (111)": r"\b(?:color-mix|oklch|oklab|lab|lch)\(",
    "ranges in media queries (104)": r"@media[^{]*[<>]",
    "a transform a property (104)": r"(?:^|[;{])\s*(?:rotate|scale|translate)\s*:",
    "overflow: clip (90 has it, its margin 90 has not)": r"overflow-clip-margin",
    "logical keyword of text (114)": r"text-wrap\s*:",
    "states of fields (119)": r":user-(?:in)?valid",
}
NEWER_SCRIPTS = {
    "Array.at (92)": r"\.at\(\s*-?\d",
    "findLast (97)": r"\.findLast(?:Index)?\(",
    "hasOwn (93)": r"Object\.hasOwn\(",
    "structuredClone (98)": r"\bstructuredClone\(",
    "sorting into a copy (110)": r"\.to(?:Sorted|Reversed|Spliced)\(|\.with\(",
    "grouping (117)": r"\.groupBy\(",
    "randomUUID (92)": r"\brandomUUID\(",
    "checkVisibility (105)": r"\.checkVisibility\(",
    "fields of a class hidden by # in checks (91)": r"#\w+\s+in\s",
    "await outside a function in a script (89, modules alone)": r"(?m)^await\s",
    "timeouts of signals (103)": r"AbortSignal\.(?:timeout|any)\(",
}
NEWER_ATTRIBUTES = re.compile(r"<[^>{%]*\s(?:inert|popover|popovertarget|fetchpriority)(?=[\s=>])")
ASKS_FOR_HAS = "@supports selector(:has(a))"


def found(path: Path, newer: dict[str, str]) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    return [name for name, pattern in newer.items() if re.search(pattern, text)]


def rules_outside(text: str, condition: str) -> Iterator[str]:
    """Everything of a style sheet that does not stand in a block with this condition, in pieces between braces."""
    open_blocks: list[str] = []
    for piece, brace in re.findall(r"([^{}]*)([{}]|$)", text):
        if condition not in open_blocks and piece.strip() != condition:
            yield piece
        if brace == "{":
            open_blocks.append(piece.strip())
        elif brace == "}":
            open_blocks.pop()


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_styles_are_understood_by_older_browsers(path: Path) -> None:
    assert found(path, NEWER_STYLES) == []
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    assert [piece.strip() for piece in rules_outside(text, ASKS_FOR_HAS) if ":has(" in piece] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_are_understood_by_older_browsers(path: Path) -> None:
    assert found(path, NEWER_SCRIPTS) == []


@pytest.mark.parametrize("path", html_templates(), ids=name_of)
def test_no_template_counts_on_newer_attributes(path: Path) -> None:
    assert NEWER_ATTRIBUTES.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a:has(b) { c: d; }", 1),
        (f"{ASKS_FOR_HAS} {{ a:has(b) {{ c: d; }} }}", 0),
        (f"@media print {{ {ASKS_FOR_HAS} {{ a:has(b) {{ }} }} e:has(f) {{ }} }}", 1),
    ],
)
def test_a_selector_outside_its_question_is_noticed(text: str, seen: int) -> None:
    assert sum(":has(" in piece for piece in rules_outside(text, ASKS_FOR_HAS)) == seen
