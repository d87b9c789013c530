"""The access proof: every route × every role, a colleague of another organ, a stranger, and nobody at all."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.people import CAST, Cast
from tests.web.access_table import PARTS, Door, Verdicts, doors, header, read_table, verdict, write_line
from tests.web.access_world import ORGAN, make_world
from tests.web.conftest import SignIn
from tracker.domain.permissions import DISTRICT_WIDE, Permission, permissions_of
from tracker.domain.workflow import RULE_OF, Action
from tracker.services.context import Context, Runtime

CURE = "review these lines against tracker/domain/permissions.py, then put them into tests/web/access.txt:\n"


def knock_everywhere(
    app: Flask, sign_in: SignIn, people: Cast, session: Session, runtime: Runtime
) -> dict[Door, Verdicts]:
    """The verdict at every door for everybody. Doors that change things are tried after those that only show."""

    def ctx_of(part: str) -> Context:
        return runtime.context(session, people.actors[part])

    world = make_world(session, people, ctx_of)
    reading = {part: sign_in(part) for part in PARTS[:-1]}
    found: dict[Door, Verdicts] = {}
    for door, behind in sorted(doors(app).items(), key=lambda item: (item[0].method, item[0])):
        address = world.address(behind.rule, behind.words)
        found[door] = {}
        for part in PARTS:
            if part == "anonymous":
                client = app.test_client()
            else:
                # An act may end the session it was done in: each gets its own.
                client = reading[part] if door.method == "GET" else sign_in(part)
            found[door][part] = verdict(client, door, address)
    return found


def test_every_door_answers_as_the_table_says(
    app: Flask, sign_in: SignIn, people: Cast, session: Session, runtime: Runtime
) -> None:
    expected = read_table()
    found = knock_everywhere(app, sign_in, people, session, runtime)
    other = [write_line(door, said) for door, said in sorted(found.items()) if expected.get(door) != said]
    assert not other, CURE + "\n".join([header(), *other])
    gone = sorted(set(expected) - set(found))
    assert not gone, "these addresses no longer exist, take them out of tests/web/access.txt:\n" + "\n".join(
        map(str, gone)
    )


@pytest.mark.parametrize("door", sorted(read_table()), ids=str)
def test_the_table_grants_nothing_beyond_the_permissions(door: Door, app: Flask) -> None:
    """What a route demands, the roles of the cast must hold: a line recorded without thinking does not pass."""
    behind = doors(app).get(door)
    assert behind is not None, "the address no longer exists, take it out of tests/web/access.txt"
    access, row = app.view_functions[behind.rule.endpoint].__access__, read_table()[door]  # type: ignore[attr-defined]
    if access == "public":
        assert set(row.values()) == {"yes"}
        return
    assert row["anonymous"] == "login"
    if access == "signed_in":
        assert "login" not in {row[part] for part in PARTS if part != "anonymous"}
        return
    for part in PARTS[:-1]:
        granted = any(Permission(access) in permissions_of(role) for role, _ in CAST[part][1])
        assert granted or row[part] in {"403", "404"}, f"{part} does not hold {access}"
        assert not granted or row[part] in {"yes", "404", "403"}


@pytest.mark.parametrize(
    "door", [door for door in sorted(read_table()) if "/actions/" in door.address], ids=str
)
def test_an_act_is_open_to_exactly_those_whose_role_in_the_organ_grants_it(door: Door) -> None:
    """The workflow table says which permission an act needs; who holds it in the case's organ may, nobody else."""
    needed = RULE_OF[Action(door.address.rpartition("/")[2])].permission
    for part in PARTS[:-1]:
        roles = [role for role, code in CAST[part][1] if code == ORGAN or role in DISTRICT_WIDE]
        allowed = any(needed in permissions_of(role) for role in roles)
        assert (read_table()[door][part] == "yes") == allowed, f"{part}: {needed}"


@pytest.mark.parametrize(
    "door", [door for door in sorted(read_table()) if "case_id" in door.address], ids=str
)
def test_a_case_is_shut_to_other_organs(door: Door) -> None:
    """A colleague of another organ, an administrator and a stranger never get at our case, by any address."""
    row = read_table()[door]
    for part in ("colleague", "administrator", "stranger"):
        assert row[part] in {"403", "404"}, f"{part} reaches a case of another organ"
    assert row["auditor"] != "yes" or door.method == "GET", "an auditor changes nothing"


def test_an_auditor_changes_nothing_but_their_own_account() -> None:
    own = (
        "/login",
        "/logout",
        "/password",
        "/code",
        "/sessions",
        "/language",
        "/alerts",
        "/statistics/saved",
        "/drafts",
        "/first-steps/put-away",
    )
    keeps_nothing = ("/reports/check",)
    by_whoever_holds_the_link = ("/search-links",)
    acts = {
        str(door)
        for door, row in read_table().items()
        if door.method == "POST"
        and row["auditor"] == "yes"
        and not door.address.startswith(own + keeps_nothing + by_whoever_holds_the_link)
    }
    assert not acts, f"an auditor reads all and changes nothing: {sorted(acts)}"


def test_both_a_stranger_and_a_colleague_learn_nothing_from_the_answer(
    sign_in: SignIn, people: Cast, session: Session, runtime: Runtime
) -> None:
    """A case that is not there and a case of another organ look the same."""
    world = make_world(session, people, lambda part: runtime.context(session, people.actors[part]))
    colleague = sign_in("colleague")
    hidden = colleague.get(f"/cases/{world.ids['case_id']}")
    absent = colleague.get("/cases/999999")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.text.replace(f"/cases/{world.ids['case_id']}", "/cases/999999") == absent.text
