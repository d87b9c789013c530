"""Reading of accounts, the roles they hold, and their open sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.actors import Actor, RoleHeld
from tracker.domain.errors import NotFound
from tracker.domain.one_time_codes import LONGEST_WAIT
from tracker.domain.passwords import LONGEST_SESSION, is_idle
from tracker.domain.permissions import Role
from tracker.domain.vocabulary import N_
from tracker.models import Account, RoleHolding, SignInAttempt, WebSession


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One role in one organ, with the names people know them by."""

    id: int
    role: Role
    organ_id: int
    organ_name: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the administrator sees it; no secret in it."""

    id: int
    login: str
    name: str
    active: bool
    demonstration: bool
    must_change_password: bool
    locked_until_at: datetime | None
    last_seen_at: datetime | None
    holdings: tuple[HoldingRow, ...]
    email: str | None = None
    has_code: bool = False

    def is_locked(self, now: datetime) -> bool:
        """Whether signing in is refused for now."""
        return self.locked_until_at is not None and self.locked_until_at > now


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a session token. ``first_steps``: 入门指引 is shown unasked."""

    session_id: int
    account_id: int
    login: str
    name: str
    must_change_password: bool
    last_seen_at: datetime
    actor: Actor
    posts: tuple[tuple[str, Role], ...]
    has_code: bool = False
    first_steps: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser somebody is signed in with."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    address: str
    browser: str


def actor_of(account: Account) -> Actor:
    """The account as the domain knows it: who, with which roles where."""
    held = frozenset(RoleHeld(Role(holding.role), holding.organ_id) for holding in account.holdings)
    return Actor(account.id, account.name, held)


def find_signed_in(session: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """Who the session token with this hash stands for; None when the session is unknown, revoked, idle or too old,
    the account is closed, or 动态口令 is still awaited."""
    row = _session_of(session, token_hash)
    if row is None or not row.account.active or row.revoked_at is not None or row.awaits_code:
        return None
    if is_idle(row.last_seen_at, now) or now - row.created_at > LONGEST_SESSION:
        return None
    account = row.account
    return SignedIn(
        session_id=row.id,
        account_id=account.id,
        login=account.login,
        name=account.name,
        must_change_password=account.must_change_password,
        last_seen_at=row.last_seen_at,
        actor=actor_of(account),
        posts=tuple((held.organ.name, Role(held.role)) for held in account.holdings),
        has_code=account.code_cipher is not None,
        first_steps=row.seldom and not account.first_steps_hidden,
    )


def awaits_code(session: Session, token_hash: str, now: datetime) -> bool:
    """Whether this browser has given the right password and may still give the code."""
    row = _session_of(session, token_hash)
    return (
        row is not None
        and row.awaits_code
        and row.revoked_at is None
        and row.account.active
        and now - row.created_at <= LONGEST_WAIT
    )


def find_timed_out_account(session: Session, token_hash: str) -> int | None:
    """The account of a session that was not signed out but left alone: it may go on with what was being typed."""
    row = _session_of(session, token_hash)
    if row is None or row.awaits_code or row.revoked_at is not None or not row.account.active:
        return None
    return row.account_id


def list_sessions(session: Session, account_id: int, now: datetime) -> list[SessionRow]:
    """Sessions an account has open, the latest used first."""
    rows = session.scalars(
        select(WebSession)
        .where(
            WebSession.account_id == account_id,
            WebSession.revoked_at.is_(None),
            WebSession.awaits_code.is_(False),
        )
        .order_by(WebSession.last_seen_at.desc(), WebSession.id.desc())
    )
    return [
        SessionRow(row.id, row.created_at, row.last_seen_at, row.address, row.browser)
        for row in rows
        if not is_idle(row.last_seen_at, now) and now - row.created_at <= LONGEST_SESSION
    ]


def list_accounts(
    session: Session, *, text: str = "", organ_id: int | None = None, role: Role | None = None
) -> list[AccountRow]:
    """Accounts by login or name, organ and role; those that may sign in first."""
    query = select(Account).options(selectinload(Account.holdings).selectinload(RoleHolding.organ))
    if text:
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(
            or_(Account.login.ilike(pattern, escape="\\"), Account.name.ilike(pattern, escape="\\"))
        )
    if organ_id is not None:
        query = query.where(Account.holdings.any(RoleHolding.organ_id == organ_id))
    if role is not None:
        query = query.where(Account.holdings.any(RoleHolding.role == str(role)))
    seen = _last_seen(session)
    accounts = session.scalars(query.order_by(Account.active.desc(), Account.login))
    return [_as_row(account, seen.get(account.id)) for account in accounts]


def get_account(session: Session, account_id: int) -> AccountRow:
    """One account. Raises ``NotFound``."""
    account = session.get(Account, account_id, options=[selectinload(Account.holdings)])
    if account is None:
        raise NotFound(N_("没有找到这个账号。"))
    return _as_row(account, _last_seen(session).get(account_id))


def find_account_by_login(session: Session, login: str) -> Account | None:
    """The account people sign in to with this name; upper and lower case are not told apart."""
    return session.scalar(select(Account).where(Account.login == login.strip().lower()))


def count_recent_failures(session: Session, since: datetime, *, login: str = "", address: str = "") -> int:
    """Failed sign-ins with this login name, or from this address."""
    condition = SignInAttempt.login == login if login else SignInAttempt.address == address
    query = select(func.count()).where(
        condition, SignInAttempt.at > since, SignInAttempt.succeeded.is_(False)
    )
    return session.scalar(query) or 0


def count_active_administrators(session: Session, *, without: int) -> int:
    """Accounts other than the given one that could still administer."""
    query = (
        select(func.count(func.distinct(Account.id)))
        .join(RoleHolding, RoleHolding.account_id == Account.id)
        .where(RoleHolding.role == str(Role.ADMINISTRATOR), Account.active.is_(True), Account.id != without)
    )
    return session.scalar(query) or 0


def _session_of(session: Session, token_hash: str) -> WebSession | None:
    return session.scalars(_session_with_holder(), {"token_hash": token_hash}).unique().one_or_none()


@cache
def _session_with_holder() -> Select[WebSession]:
    """Written once: every page asks it first."""
    whole = joinedload(WebSession.account).joinedload(Account.holdings).joinedload(RoleHolding.organ)
    return select(WebSession).where(WebSession.token_hash == bindparam("token_hash")).options(whole)


def _last_seen(session: Session) -> dict[int, datetime]:
    rows: Sequence[tuple[int, datetime]] = [
        (account_id, at)
        for account_id, at in session.execute(
            select(WebSession.account_id, func.max(WebSession.last_seen_at)).group_by(WebSession.account_id)
        )
    ]
    return dict(rows)


def _as_row(account: Account, last_seen_at: datetime | None) -> AccountRow:
    return AccountRow(
        id=account.id,
        login=account.login,
        name=account.name,
        active=account.active,
        demonstration=account.demonstration,
        must_change_password=account.must_change_password,
        locked_until_at=account.locked_until_at,
        last_seen_at=last_seen_at,
        holdings=tuple(
            HoldingRow(held.id, Role(held.role), held.organ_id, held.organ.name) for held in account.holdings
        ),
        email=account.email,
        has_code=account.code_cipher is not None,
    )
