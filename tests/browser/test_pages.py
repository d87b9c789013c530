"""Every page as every role: its picture at two widths, without a fault that keeps somebody from working with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.axe import grave_faults
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
STRANGER = Actor(0, "", frozenset())
# What Chromium says when the page is wider than the window: the text would have to be read by pushing it about.
TOO_WIDE = "document.scrollingElement.scrollWidth > document.documentElement.clientWidth"
WIDEST = """[...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


SHARES = 6
"""The pages are dealt out to so many tests, for workers to share."""
VISITORS: Sequence[str] = (
    Role.CLERK,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
    Role.LEGAL_ADVISOR,
    Role.DISCLOSURE_HEAD,
    Role.APPROVER,
    Role.AUDITOR,
    "nobody",
)
OWN = ("workbench.index", "cases.index", "cases.show", "letters.show", "supervision.index")
"""Pages that hold something else for each role; the others look the same to whoever may open them."""


class Visits:
    """Windows of the demonstration, one a role, opened when they are first needed."""

    def __init__(self, server: LiveServer, contexts: Contexts) -> None:
        self._server, self._contexts = server, contexts
        self._known: dict[str, tuple[Page, Mapping[str, Sequence[Place]]]] = {}

    def as_role(self, role: str) -> tuple[Page, Mapping[str, Sequence[Place]]]:
        """The window and, by endpoint, the places of this role."""
        if role not in self._known:
            page = self._contexts.page(self._server)
            actor = sign_in_as(page, self._server, role)
            self._known[role] = page, by_endpoint(self._server, actor)
        return self._known[role]

    def open(self, role: str, endpoint: str) -> tuple[Page, Place | None, int]:
        """Go to the first page of the endpoint that shows itself, from the middle of what there is; no place when it
        is a file or closed. What is not lawful now says so, and is looked at when there is nothing else."""
        page, known = self.as_role(role)
        alike = known.get(endpoint, ())
        middle = len(alike) // 2
        refused, status = None, 404
        for place in (*alike[middle:], *alike[:middle]):
            answer = page.context.request.get(self._server.url + place.path, max_redirects=0)
            status = answer.status
            if status == 200:
                if not is_page(answer):
                    return page, None, status
                page.goto(place.path)
                return page, place, status
            if status == 409:
                refused = place
        if refused is not None:
            page.goto(refused.path)
            return page, refused, 409
        return page, None, status


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page(share: int, demonstration: LiveServer, contexts: Contexts, database_kind: str) -> None:
    """Each address as the first role that may open it; there is none that nobody may."""
    visits, faults, closed = Visits(demonstration, contexts), [], []
    _, known = visits.as_role(VISITORS[0])
    for endpoint in sorted(known)[share::SHARES]:
        statuses = []
        for role in VISITORS:
            page, place, status = visits.open(role, endpoint)
            statuses.append(status)
            if place is not None:
                found = looked(page, database_kind, role, place)
                faults += [f"{place.path} as {role}: {fault}" for fault in found]
            if status in {200, 302, 303, 409}:
                break
        else:
            closed.append(f"{endpoint} {statuses}")
    assert not faults, "\n".join(faults)
    assert not closed, closed


@pytest.mark.parametrize("role", VISITORS[:-1])
def test_own_pages(role: str, demonstration: LiveServer, contexts: Contexts, database_kind: str) -> None:
    """What each role finds on the pages that differ, and how it is told that a page is not for it."""
    visits, faults, seen = Visits(demonstration, contexts), [], 0
    for endpoint in OWN:
        page, place, _ = visits.open(role, endpoint)
        if place is not None:
            seen += 1
            faults += [f"{place.path}: {fault}" for fault in looked(page, database_kind, role, place)]
    closed = "/accounts" if role != Role.ADMINISTRATOR else "/handovers"
    assert (answer := page.goto(closed)) is not None and answer.status == 403
    faults += looked(page, database_kind, role, Place("refused", "refused", closed))
    assert seen > 0
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", ["cases.show", "actions.perform", "letters.show", "letters.edit"])
def test_every_stage(route: str, demonstration: LiveServer, contexts: Contexts, database_kind: str) -> None:
    """A case of every stage, every act, a letter of every status, as the clerk, whose pages differ most."""
    page = contexts.page(demonstration)
    actor = sign_in_as(page, demonstration, Role.CLERK)
    walk(page, by_endpoint(demonstration, actor)[route], Role.CLERK, database_kind)


@pytest.mark.parametrize("part", ["clerk", "supervisor", "stranger"])
def test_every_page_while_there_is_nothing_yet(
    part: str, server: LiveServer, cast: Cast, contexts: Contexts, database_kind: str
) -> None:
    page = contexts.page(server)
    Person(page).sign_in(part, PASSWORD)
    first = [alike[0] for alike in by_endpoint(server, cast.actors[part]).values()]
    walk(page, [p for p in first if opens(page, server, p)], f"empty-{part}", database_kind)


def walk(page: Page, found: Sequence[Place], folder: str, kind: str) -> None:
    """Look at each of the places."""
    faults: list[str] = []
    for place in found:
        page.goto(place.path)
        faults += [f"{place.path}: {fault}" for fault in looked(page, kind, folder, place)]
    assert found
    assert not faults, "\n".join(faults)


def looked(page: Page, kind: str, folder: str, place: Place) -> list[str]:
    """Faults of the page that is open."""
    return list(look_at(page, OUTPUT / folder, place) if kind == "sqlite" else glance_at(page))


def look_at(page: Page, folder: Path, place: Place) -> Iterator[str]:
    """Take the pictures; what is wrong with the page. Colours are the same at every width and judged once."""
    folder.mkdir(parents=True, exist_ok=True)
    for size, contrast in ((WIDE, True), (NARROW, False)):
        width = size["width"]
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"{place.name}-{width}.png", full_page=True, animations="disabled")
        yield from too_wide(page)
        yield from (f"at {width} px: {fault}" for fault in grave_faults(page, contrast=contrast))
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


def by_endpoint(server: LiveServer, actor: Actor) -> Mapping[str, Sequence[Place]]:
    """Every place there is for the person."""
    with server.house.app.app_context(), Session(db.engine) as session:
        found = places(server.house.app, session, actor)
    return {endpoint: list(alike) for endpoint, alike in groupby(found, key=lambda place: place.endpoint)}


def is_page(answer: APIResponse) -> bool:
    """Whether it is something to look at, not a file."""
    return answer.headers.get("content-type", "").startswith("text/html")


def opens(page: Page, server: LiveServer, place: Place) -> bool:
    """Whether the person gets a page there."""
    answer = page.context.request.get(server.url + place.path, max_redirects=0)
    return answer.status == 200 and is_page(answer)


def sign_in_as(page: Page, server: LiveServer, role: str) -> Actor:
    """Sign in with a demonstration account of the role."""
    if role == "nobody":
        return STRANGER
    offered = [account for account in demonstration_accounts(server.house) if account["role"] == role]
    assert offered, f"no demonstration account is {role}"
    Person(page).sign_in(offered[0]["login"], offered[0]["password"])
    with server.house.app.app_context(), Session(db.engine) as session:
        return actor_of(session.scalars(select(Account).where(Account.login == offered[0]["login"])).one())
