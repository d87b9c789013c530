"""The access table: a text that people read and review, one line an address and method.

Verdicts: ``yes`` the page or act is theirs (a form may still complain about what was typed); ``403`` known, not
allowed; ``404`` not to be seen; ``login`` asked to sign in first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tracker.web.actions.forms import FORMS

TABLE = Path(__file__).with_name("access.txt")
PARTS = (
    "clerk",
    "approver",
    "disclosure_head",
    "legal_advisor",
    "supervisor",
    "administrator",
    "auditor",
    "colleague",
    "stranger",
    "anonymous",
)
HEADS = ("clerk", "approve", "head", "advisor", "superv", "admin", "auditor", "colleag", "strange", "anonym")
OPEN_FILES = {"static", "bootstrap.static"}
CHOICE = re.compile(r"<any\((?P<choices>[^)]*)\):(?P<place>\w+)>")
ACTION = re.compile(r"<(?P<place>action)>")
BODIES = {"/applicants/<int:applicant_id>/unmask": {"field": "phone"}}
"""What is sent where an empty form would not even name a thing; everywhere else the form is sent empty."""
Verdicts = dict[str, str]


@dataclass(frozen=True, order=True)
class Door:
    """One address and method; where an address names one of several acts, each act is a door of its own."""

    address: str
    method: str

    def __str__(self) -> str:
        return f"{self.method:<5}{self.address}"


@dataclass(frozen=True)
class Behind:
    """What is behind a door: the route, and the words that its address is filled with."""

    rule: Rule
    words: dict[str, str]


def doors(app: Flask) -> dict[Door, Behind]:
    """Every route of the application that is more than a file."""
    found: dict[Door, Behind] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_FILES:
            continue
        for address, words in _spelled_out(rule.rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                found[Door(address, method)] = Behind(rule, words)
    return found


def _spelled_out(address: str) -> list[tuple[str, dict[str, str]]]:
    """The address once for each act it may name."""
    place = CHOICE.search(address) or ACTION.search(address)
    if place is None:
        return [(address, {})]
    choices = (
        place["choices"].split(",") if "choices" in place.groupdict() else [str(action) for action in FORMS]
    )
    return [
        (address.replace(place[0], choice.strip()), {place["place"]: choice.strip()}) for choice in choices
    ]


def read_table() -> dict[Door, Verdicts]:
    """The reviewed verdicts."""
    rows: dict[Door, Verdicts] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            method, address, *verdicts = line.split()
            assert len(verdicts) == len(PARTS), f"{len(PARTS)} verdicts are wanted: {line}"
            rows[Door(address, method)] = dict(zip(PARTS, verdicts, strict=True))
    return rows


def write_line(door: Door, verdicts: Verdicts) -> str:
    """A line of the table."""
    return f"{door!s:<64} " + " ".join(f"{verdicts[part]:<7}" for part in PARTS).rstrip()


def header() -> str:
    """The names of the columns."""
    return f"{'# address':<64} " + " ".join(f"{head:<7}" for head in HEADS).rstrip()


def verdict(client: FlaskClient, door: Door, address: str) -> str:
    """Knock."""
    response = client.open(address, method=door.method, data=BODIES.get(door.address))
    status, location = response.status_code, response.headers.get("Location", "")
    assert status < 500, f"{door} answers {status}"
    if status == 401 or (status == 302 and location.startswith("/login?next=")):
        return "login"
    return str(status) if status in {403, 404} else "yes"
