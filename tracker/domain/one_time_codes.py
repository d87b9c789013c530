"""动态口令: a second proof beside the password (GB/T 22239-2019, 8.1.4.1: two kinds of proof at level 3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from tracker.domain.permissions import Role

MUST_USE_CODE = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
"""Who sees or keeps what concerns every organ: for them the code is no choice where the installation asks for it."""

DIGITS = 6
STEP = timedelta(seconds=30)
STEPS_ASIDE = 1
"""Codes of so many steps before and after count: telephones and servers disagree by seconds."""

LONGEST_WAIT = timedelta(minutes=5)
"""How long after the right password the code may be given."""


def must_use_code(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles has to sign in with a code where the installation asks for it."""
    return not MUST_USE_CODE.isdisjoint(roles)


def typed_code(text: str) -> str:
    """The code as typed: full-width figures count, spaces between groups do not."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def steps_around(now: datetime) -> list[int]:
    """The steps whose codes count at this moment, by their number since 1970, the present one first (RFC 6238)."""
    present = int(now.timestamp() // STEP.total_seconds())
    return sorted(
        range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1), key=lambda step: abs(step - present)
    )
