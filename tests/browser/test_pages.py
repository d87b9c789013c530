"""Every page as every role: its picture at two widths, without a fault that keeps somebody from working with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.conftest import NARROW, WIDE, Contexts
from tests.browser.districts import PASSWORD, demonstration_accounts
from tests.browser.hands import Person
from tests.browser.places import Place, places
from tests.browser.server import LiveServer
from tests.people import Cast
from tracker.domain.actors import Actor
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import Account
from tracker.queries.accounts import actor_of

OUTPUT = Path(__file__).parents[2] / "test-output" / "screens"
GRAVE = frozenset({"moderate", "serious", "critical"})
STRANGER = Actor(0, "", frozenset())
RUN_AXE = """contrast => axe.run({
    resultTypes: ["violations"], preload: false, rules: {"color-contrast": {enabled: contrast}}
}).then(found => found.violations)"""
# What Chromium says when the page is wider than the window: the text would have to be read by pushing it about.
TOO_WIDE = "document.scrollingElement.scrollWidth > document.documentElement.clientWidth"
WIDEST = """[...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("role", [*Role, "nobody"])
def test_every_page(role: str, demonstration: LiveServer, contexts: Contexts, database_kind: str) -> None:
    page = contexts.page(demonstration)
    actor = sign_in_as(page, demonstration, role)
    walk(page, demonstration, actor, database_kind, role)


@pytest.mark.parametrize("route", ["cases.show", "actions.perform", "letters.show", "letters.edit"])
def test_every_stage(route: str, demonstration: LiveServer, contexts: Contexts, database_kind: str) -> None:
    """A case of every stage, every act, a letter of every status, as the clerk, whose pages differ most."""
    page = contexts.page(demonstration)
    actor = sign_in_as(page, demonstration, Role.CLERK)
    walk(page, demonstration, actor, database_kind, Role.CLERK, route=route)


@pytest.mark.parametrize("part", ["clerk", "supervisor", "stranger"])
def test_every_page_while_there_is_nothing_yet(
    part: str, server: LiveServer, cast: Cast, contexts: Contexts, database_kind: str
) -> None:
    page = contexts.page(server)
    Person(page).sign_in(part, PASSWORD)
    walk(page, server, cast.actors[part], database_kind, f"empty-{part}")


def walk(page: Page, server: LiveServer, actor: Actor, kind: str, role: str, *, route: str = "") -> None:
    """Look at one page of each route the person may open; with ``route`` at every page of that one."""
    faults: list[str] = []
    seen = 0
    for place in visited(page, server, actor, route):
        seen += 1
        found = look_at(page, OUTPUT / role, place) if kind == "sqlite" else glance_at(page)
        faults += [f"{place.path}: {fault}" for fault in found]
    assert seen > 0
    assert not faults, "\n".join(faults)


def look_at(page: Page, folder: Path, place: Place) -> Iterator[str]:
    """Take the pictures; what is wrong with the page. Colours are the same at every width and judged once."""
    folder.mkdir(parents=True, exist_ok=True)
    page.evaluate(AXE_SCRIPT)
    for size, contrast in ((WIDE, True), (NARROW, False)):
        width = size["width"]
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"{place.name}-{width}.png", full_page=True, animations="disabled")
        yield from too_wide(page)
        for violation in page.evaluate(RUN_AXE, contrast):
            if violation["impact"] in GRAVE:
                where = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
                yield f"{violation['id']} at {width} px, {violation['help']}: {where}"
    page.set_viewport_size(WIDE)


def glance_at(page: Page) -> Iterator[str]:
    """On the second database the same pages are opened; they look as they did on the first."""
    page.set_viewport_size(NARROW)
    yield from too_wide(page)
    page.set_viewport_size(WIDE)


def too_wide(page: Page) -> Iterator[str]:
    """Whether the page must be pushed sideways to be read."""
    if page.evaluate(TOO_WIDE):
        yield f"is wider than its window: {page.evaluate(WIDEST)}"


def visited(page: Page, server: LiveServer, actor: Actor, route: str) -> Iterator[Place]:
    """Go to each page the person may open, and to one refusal."""
    with server.house.app.app_context(), Session(db.engine) as session:
        found = places(server.house.app, session, actor)
    if route:
        found = [place for place in found if place.endpoint == route]
    refused = False
    for _, same_route in groupby(found, key=lambda place: place.endpoint):
        alike = list(same_route)
        answer = page.context.request.get(server.url + alike[0].path, max_redirects=0)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if not is_page or answer.status in {302, 303, 404} or (answer.status == 403 and refused):
            continue
        refused = refused or answer.status == 403
        for place in alike if route else [alike[len(alike) // 2]]:
            page.goto(place.path)
            yield place


def sign_in_as(page: Page, server: LiveServer, role: str) -> Actor:
    """Sign in with a demonstration account of the role."""
    if role == "nobody":
        return STRANGER
    offered = [account for account in demonstration_accounts(server.house) if account["role"] == role]
    assert offered, f"no demonstration account is {role}"
    Person(page).sign_in(offered[0]["login"], offered[0]["password"])
    with server.house.app.app_context(), Session(db.engine) as session:
        return actor_of(session.scalars(select(Account).where(Account.login == offered[0]["login"])).one())
