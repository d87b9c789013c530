"""Sessions as lines of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.queries.accounts import SessionRow
from tracker.web.i18n import instant

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser, in words."""

    id: int
    browser: str
    address: str
    opened: str
    last_seen: str
    is_this_one: bool


def session_lines(rows: Sequence[SessionRow], own_id: int) -> list[SessionLine]:
    """Every open session; the one in use is marked."""
    return [
        SessionLine(
            row.id,
            browser_name(row.browser),
            row.address,
            instant(row.created_at),
            instant(row.last_seen_at),
            row.id == own_id,
        )
        for row in rows
    ]


def browser_name(agent: str) -> str:
    """Browser and system as people call them."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), _("其他浏览器"))
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} · {system}" if system else browser
