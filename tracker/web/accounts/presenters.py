"""Accounts as lines of a list and as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from tracker.domain.permissions import ROLE_NAMES
from tracker.queries.accounts import AccountRow
from tracker.web.i18n import instant


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role held, in words."""

    id: int
    role: str
    organ: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account with what may be done to it; ``own`` is the administrator's own, whose roles another must change."""

    id: int
    login: str
    name: str
    state: str
    last_seen: str
    roles: tuple[RoleLine, ...]
    active: bool
    locked: bool
    demonstration: bool
    own: bool
    email: str
    has_code: bool


def account_page(row: AccountRow, now: datetime, own_id: int) -> AccountPage:
    """Say the state in one word and prepare what the page offers."""
    return AccountPage(
        id=row.id,
        login=row.login,
        name=row.name,
        state=_state_of(row, now),
        last_seen=instant(row.last_seen_at) if row.last_seen_at else _("从未登录"),
        roles=tuple(RoleLine(held.id, _(ROLE_NAMES[held.role]), held.organ_name) for held in row.holdings),
        active=row.active,
        locked=row.is_locked(now),
        demonstration=row.demonstration,
        own=row.id == own_id,
        email=row.email or "",
        has_code=row.has_code,
    )


def _state_of(row: AccountRow, now: datetime) -> str:
    if not row.active:
        return _("已停用")
    if row.is_locked(now):
        return _("已锁定")
    if row.must_change_password:
        return _("待首次登录")
    return _("正常")
