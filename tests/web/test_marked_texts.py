"""Every Chinese text that a page shows is marked for translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKS = frozenset({"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext"})
# Both languages stand beside each other here, or the text is a way of writing that the module chooses by language.
BILINGUAL = frozenset({"tracker/web/i18n.py", "templates/ui/page.html"})
TEMPLATES = [
    p for p in sorted((ROOT / "templates").rglob("*.html")) if "letters" not in p.relative_to(ROOT).parts[:2]
]
MODULES = sorted((ROOT / "tracker" / "web").rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def unmarked_in_template(source: str) -> Iterator[str]:
    """Texts between tags, and Chinese strings within tags that no marking function is called with."""
    called = ""
    for line, kind, value in Environment(extensions=["jinja2.ext.do"]).lex(source):
        if kind == "data" and CHINESE.search(value):
            yield f"{line}: {value.strip()}"
        if kind == "string" and CHINESE.search(value) and called not in MARKS:
            yield f"{line}: {value}"
        if kind == "name":
            called = value
        elif kind == "operator" and value not in {"("} or kind in {"variable_begin", "block_begin"}:
            called = ""


def unmarked_in_module(source: str) -> Iterator[str]:
    """Chinese strings that are neither documentation nor an argument of a marking function."""
    tree = ast.parse(source)
    spared = {
        id(text)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS
        for argument in node.args
        for text in ast.walk(argument)
    }
    spared |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in spared else None
        if isinstance(text, str) and CHINESE.search(text):
            yield f"{node.lineno}: {text}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_mark_their_texts(path: Path) -> None:
    if name_of(path) not in BILINGUAL:
        assert list(unmarked_in_template(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rooms_mark_their_texts(path: Path) -> None:
    if name_of(path) not in BILINGUAL:
        assert list(unmarked_in_module(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("source", ["<p>中文</p>", "{{ show('中文') }}", "{{ '中文' }}"])
def test_an_unmarked_text_in_a_template_is_found(source: str) -> None:
    assert list(unmarked_in_template(source))


def test_a_marked_text_passes() -> None:
    assert list(unmarked_in_template("{{ _('中文', n=1) }}{{ ui.title(_('甲'), _('乙')) }}")) == []
    assert list(unmarked_in_module("'''说明'''\nx = _('中文')\n")) == []
    assert list(unmarked_in_module("x = '中文'"))
