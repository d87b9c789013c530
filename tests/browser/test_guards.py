"""The guards themselves: a fault that nobody reports would make every other test here worthless."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.guards import Guard
from tests.browser.server import House, LiveServer
from tests.clocks import StandingClock
from tracker.config import Environment, Settings

PAGES = {
    "leaves": '<img src="http://203.0.113.7/spy.png" alt="">',
    "complains": "<script>console.error('a complaint')</script>",
    "breaks": "<script>throw new Error('broken script')</script>",
    "inline": '<p style="color: red">inline</p>',
    "missing": '<link rel="stylesheet" href="/no-such.css">',
    "quiet": "<p>nothing wrong</p>",
}
SIGNS = {
    "leaves": "leaves the machine",
    "complains": "a complaint",
    "breaks": "broken script",
    "inline": "Content Security Policy",
    "missing": "answered 404",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A site where every page but one does what no page may do."""
    app = Flask("faulty")

    @app.get("/<kind>")
    def show(kind: str) -> tuple[str, int, dict[str, str]]:
        if kind not in PAGES:
            return "", 404, {}
        policy = {"Content-Security-Policy": "style-src 'self'"} if kind == "inline" else {}
        icon = '<link rel="icon" href="data:,">'
        return f"<!doctype html><title>{kind}</title>{icon}{PAGES[kind]}", 200, policy

    folder = tmp_path_factory.mktemp("faulty")
    settings = Settings(Environment.DEVELOPMENT, folder, "sqlite://", "s" * 64, "d" * 64, folder)
    with LiveServer(House(app, StandingClock(), settings)) as server:
        yield server


def visit(browser: Browser, server: LiveServer, kind: str) -> list[str]:
    context = browser.new_context(base_url=server.url)
    guard = Guard(context, server.host)
    page = context.new_page()
    page.goto(f"/{kind}")
    page.wait_for_load_state("networkidle")
    context.close()
    return guard.faults


@pytest.mark.parametrize("kind", sorted(SIGNS))
def test_a_fault_is_noticed(browser: Browser, faulty: LiveServer, kind: str) -> None:
    assert any(SIGNS[kind] in fault for fault in visit(browser, faulty, kind))


def test_a_page_without_fault_passes(browser: Browser, faulty: LiveServer) -> None:
    assert visit(browser, faulty, "quiet") == []
