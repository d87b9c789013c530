"""The pages people live on, by who opens them; ``{case}`` is a case the clerk has at hand."""

from __future__ import annotations

PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "clerk": (
        ("work list", "/"),
        ("list", "/cases"),
        ("list of all", "/cases?status=all"),
        ("case page", "/cases/{case}"),
        ("registration", "/register"),
        ("log of the case", "/cases/{case}?view=log"),
        ("acceptance", "/cases/{case}/actions/accept"),
    ),
    "legal_advisor": (
        ("work list", "/"),
        ("reviews", "/reviews"),
        ("list", "/cases"),
        ("case page", "/cases/{case}"),
    ),
    "supervisor": (
        ("work list", "/"),
        ("list", "/cases"),
        ("list of all", "/cases?status=all"),
        ("board", "/supervision"),
        ("case page", "/cases/{case}"),
    ),
}
