"""The name of the district and of the system, read once from the theme a district edits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.domain.vocabulary import N_

SHIPPED_SYSTEM_NAME = N_("政府信息依申请公开办理系统")
"""Translated for those who read English; a name of a district's own stays as it is written."""

THEME = Path(__file__).resolve().parent.parent / "static" / "css" / "theme.css"


@dataclass(frozen=True, slots=True)
class District:
    """What the head of every page says."""

    name: str
    system: str


def read_district(css: str) -> District:
    """The two names in a theme. Raises ``ValueError`` naming the one that is missing."""
    return District(name=_value(css, "--district-name"), system=_value(css, "--system-name"))


@cache
def district() -> District:
    """The names of this installation."""
    return read_district(THEME.read_text("utf-8"))


def _value(css: str, name: str) -> str:
    found = re.search(rf'{re.escape(name)}:\s*"([^"]+)"', css)
    if found is None:
        raise ValueError(f"{THEME.name} does not set {name}")
    return found[1]
