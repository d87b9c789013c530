"""Templates show: they decide nothing, ask nothing of the database, and need no inline code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.architecture.source import TEMPLATES, html_templates, name_of
from tracker.domain.permissions import Permission, Role
from tracker.domain.stages import Stage

MAY_MARK_SAFE: frozenset[str] = frozenset()
INLINE_CODE = re.compile(
    r"""\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
FOREIGN_ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
RULE_WORDS = {str(word) for kind in (Role, Stage, Permission) for word in kind}
RULE_NAMES = {"stage", "role", "roles", "clock_state", "disposition", "permission", "permissions", "holdings"}
ASKS_THE_DATABASE = {"query", "execute", "scalars", "scalar", "session", "filter_by"}
DATE_NAME = re.compile(r"(_on|_at)$|^today$")


def parsed(path: Path) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(path.read_text("utf-8"))


def name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Call | nodes.Filter) and node.node is not None:
        return name(node.node)
    return ""


def places(path: Path, *kinds: type[nodes.Node]) -> Iterator[nodes.Node]:
    yield from parsed(path).find_all(kinds)


def test_there_are_templates() -> None:
    assert html_templates(), f"no templates below {TEMPLATES}"


def test_no_inline_code_and_nothing_from_elsewhere() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in html_templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if INLINE_CODE.search(line) or FOREIGN_ADDRESS.search(line)
    ]
    assert not found, "move it to tracker/static/ (the content security policy refuses it):\n" + "\n".join(
        found
    )


def test_nothing_is_marked_safe() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in html_templates()
        if name_of(path) not in MAY_MARK_SAFE
        for node in places(path, nodes.Filter)
        if node.name == "safe"  # type: ignore[attr-defined]
    ]
    assert not found, "let autoescape work; build markup with a macro instead of |safe:\n" + "\n".join(found)


def test_no_rule_in_a_template() -> None:
    found = []
    for path in html_templates():
        for node in places(path, nodes.Compare):
            parts = [node.expr, *(operand.expr for operand in node.ops)]  # type: ignore[attr-defined]
            words = {part.value for part in parts if isinstance(part, nodes.Const)} & RULE_WORDS
            held = {name(part) for part in parts} & RULE_NAMES
            if words or held:
                found.append(
                    f"{name_of(path)}:{node.lineno}: compares {', '.join(sorted(map(str, words | held)))}"
                )
    assert not found, "let the presenter decide and hand a plain flag to the template:\n" + "\n".join(found)


def test_no_query_in_a_template() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}: .{node.attr}"  # type: ignore[attr-defined]
        for path in html_templates()
        for node in places(path, nodes.Getattr)
        if node.attr in ASKS_THE_DATABASE  # type: ignore[attr-defined]
    ]
    assert not found, "read it in tracker/queries and hand the rows to the template:\n" + "\n".join(found)


def test_no_arithmetic_on_dates_in_a_template() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in html_templates()
        for node in places(path, nodes.Add, nodes.Sub)
        if DATE_NAME.search(name(node.left)) or DATE_NAME.search(name(node.right))  # type: ignore[attr-defined]
    ]
    assert not found, "working days are counted by the domain; show what the reading says:\n" + "\n".join(
        found
    )


def test_the_rules_see_what_they_forbid(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "{% if case.stage == 'x' %}{{ due_on - today() }}{{ text | safe }}{{ db.session.query(1) }}{% endif %}"
    )
    compare = next(places(bad, nodes.Compare))
    assert name(compare.expr) in RULE_NAMES  # type: ignore[attr-defined]
    assert DATE_NAME.search(name(next(places(bad, nodes.Sub)).left))  # type: ignore[attr-defined]
    for code in ('<p style="x">', "<script>", '<a onclick="x">', '<a href="javascript:x">'):
        assert INLINE_CODE.search(code), code
    assert not INLINE_CODE.search('<script src="/static/js/dates.js" defer></script>')
