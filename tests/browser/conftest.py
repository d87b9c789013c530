"""Browser fixtures: one Chromium a worker, one server a district, guards on every page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import databases, people
from tests.browser import districts
from tests.browser.guards import Guard
from tests.browser.hands import Person
from tests.browser.server import LiveServer, build
from tests.postgres import PostgresForTests

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""Debian's Chromium, in its headless build where the machine has it."""
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
PATIENCE_MS = 20_000
"""How long a click or an expectation may take: what passes loses nothing by it, and CI is a busy machine."""
FAILED = pytest.StashKey[bool]()
ROOT = Path(__file__).parents[2]
FAILURES = ROOT / "test-output" / "failures"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _translations() -> None:
    """The catalogue as ``make run`` compiles it, in case a test is run on its own."""
    subprocess.run([ROOT / "scripts" / "translations.sh"], check=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a machine without it fails every test here."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def _minimal_server(
    postgres: PostgresForTests | None, worker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("minimal")
    url = (
        databases.migrated_sqlite(folder)
        if postgres is None
        else databases.copy_for(postgres, f"browser_{worker}")
    )
    with LiveServer(build(url, folder)) as server:
        yield server


@pytest.fixture
def cast(_minimal_server: LiveServer) -> people.Cast:
    """The fixed cast in a district made empty: organs, standard letters, calendars, no case."""
    house = _minimal_server.house
    house.clock.set(type(house.clock)().today())
    return districts.settle(house)


@pytest.fixture
def server(_minimal_server: LiveServer, cast: people.Cast) -> LiveServer:
    """The application on the empty district."""
    return _minimal_server


@pytest.fixture(scope="session")
def demonstration(
    postgres: PostgresForTests | None,
    pytestconfig: pytest.Config,
    worker: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveServer]:
    """The application on the demonstration district; tests look at it and change nothing."""
    own = tmp_path_factory.mktemp("demonstration")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(pytestconfig, "workerinput") else base
    with LiveServer(districts.demonstration(postgres, shared, own, worker)) as server:
        yield server


class Contexts:
    """Browser windows of one test, each with cookies of its own, all of them guarded."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: list[tuple[BrowserContext, Guard]] = []

    def page(self, server: LiveServer, **options: object) -> Page:
        """A page in a window nobody has signed in to."""
        settings: dict[str, object] = {
            "base_url": server.url,
            "viewport": WIDE,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            **options,
        }
        context = self._browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        self._open.append((context, Guard(context, server.host)))
        return context.new_page()

    def picture(self, folder: Path) -> None:
        """Keep a picture of every window that is still open."""
        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for context, _ in self._open for page in context.pages]
        for number, page in enumerate(pages, start=1):
            page.screenshot(path=folder / f"{number}.png", full_page=True)

    def close(self) -> list[str]:
        """Close them all; what the guards saw."""
        for context, _ in self._open:
            context.close()
        return [fault for _, guard in self._open for fault in guard.faults]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the fixtures of a test know that it failed."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def contexts(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Contexts]:
    """Windows for pages on any server; the test fails when a guard saw a fault. Pictures of a failure are kept."""
    opened = Contexts(browser)
    yield opened
    if request.node.stash.get(FAILED, False):
        opened.picture(FAILURES / re.sub(r"\W+", "-", request.node.name))
    faults = opened.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(contexts: Contexts, server: LiveServer) -> Page:
    """One page on the empty district."""
    return contexts.page(server)


@pytest.fixture
def enter(contexts: Contexts, server: LiveServer) -> Callable[[str], Person]:
    """``enter("clerk")``: a member of the fixed cast, signed in, in a window of their own."""

    def come_in(part: str) -> Person:
        assert part in people.CAST, part
        person = Person(contexts.page(server))
        person.sign_in(part, districts.PASSWORD)
        return person

    return come_in
