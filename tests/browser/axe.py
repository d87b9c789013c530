"""What axe finds wrong with a page that keeps somebody from working with it."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_GRAVE = frozenset({"moderate", "serious", "critical"})
_RUN = """contrast => axe.run({
    resultTypes: ["violations"], preload: false, rules: {"color-contrast": {enabled: contrast}}
}).then(found => found.violations)"""


def grave_faults(page: Page, *, contrast: bool = True) -> Iterator[str]:
    """Each grave violation with the first places where it stands; ``contrast``: colours are judged too."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for violation in page.evaluate(_RUN, contrast):
        if violation["impact"] in _GRAVE:
            where = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            yield f"{violation['id']}, {violation['help']}: {where}"
