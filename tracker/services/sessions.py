"""Signing in and out. Who is signed in is kept in the database, so that it can be seen and ended from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from tracker.adapters.passwords import password_matches, session_token, token_hash, waste_time
from tracker.domain.errors import NotFound, TrackerError
from tracker.domain.passwords import (
    FAILURES_UNTIL_ADDRESS_REFUSED,
    FAILURES_UNTIL_LOCKED,
    LOCKED_FOR,
    SEEN_AT_MOST_EVERY,
)
from tracker.domain.vocabulary import N_
from tracker.models import Account, SignInAttempt, WebSession
from tracker.queries.accounts import awaits_code, count_recent_failures, find_account_by_login
from tracker.queries.first_steps import comes_seldom
from tracker.services.context import Context
from tracker.services.one_time_codes import takes_code
from tracker.services.unit_of_work import transaction

LOGIN_CHARACTERS = 64
ADDRESS_CHARACTERS = 64
BROWSER_CHARACTERS = 200


class SignInRefused(TrackerError):
    """Signing in was refused; the text says what to do and does not tell which logins exist."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened. ``token`` goes into the cookie and nowhere else."""

    token: str
    account_id: int
    must_change_password: bool
    awaits_code: bool = False


def sign_in(
    ctx: Context, login: str, password: str, *, address: str, browser: str, demonstration_allowed: bool
) -> Opened:
    """Check the password and open a session; one that awaits 动态口令 where the account has it. Raises
    ``SignInRefused``.

    Five failures lock an account for fifteen minutes; an address with very many failures is refused as well. The
    slow check runs before the transaction, and the lock is looked at again inside it: guesses sent side by side
    gain nothing.
    """
    login = login.strip().lower()[:LOGIN_CHARACTERS]
    address = address[:ADDRESS_CHARACTERS]
    account = find_account_by_login(ctx.session, login)
    if account is None:
        waste_time(password)
        right = False
    else:
        right = password_matches(account.password_hash, password)
    account_id = account.id if account is not None else None
    refusal: SignInRefused | None = None
    opened: Opened | None = None
    with transaction(ctx) as session:
        account = session.get(Account, account_id, with_for_update=True) if account_id is not None else None
        refusal = _refusal_before_password(ctx, account, login, address)
        if refusal is None:
            session.add(SignInAttempt(login=login, address=address, at=ctx.now, succeeded=right))
            refusal = _refusal_after_password(ctx, account, login, right, demonstration_allowed)
        if refusal is None and account is not None:
            account.locked_until_at = None
            awaited = account.code_cipher is not None
            if not awaited:  # else wrong codes would be forgotten with each right password
                account.failed_sign_ins = 0
            opened = _open(ctx, account, address, browser, awaits_code=awaited)
    # Raised only here: the failure just counted must be committed.
    if refusal is not None or opened is None:
        raise refusal or _wrong()
    return opened


def confirm_code(ctx: Context, token: str, code: str, *, address: str) -> Opened:
    """Give 动态口令 for a session that awaits it; the browser gets another token. Wrong codes count as wrong passwords
    do. Raises ``SignInRefused``, and ``NotFound`` when no such session waits any more."""
    refusal: SignInRefused | None = None
    opened: Opened | None = None
    with transaction(ctx) as session:
        row = session.scalar(select(WebSession).where(WebSession.token_hash == token_hash(token)))
        if row is None or not awaits_code(session, row.token_hash, ctx.now):
            raise NotFound(N_("登录已超时，请重新登录。"))
        account = session.get_one(Account, row.account_id, with_for_update=True)
        if account.locked_until_at is not None and account.locked_until_at > ctx.now:
            refusal = _locked()
        elif not takes_code(ctx, account, code):
            session.add(
                SignInAttempt(
                    login=account.login, address=address[:ADDRESS_CHARACTERS], at=ctx.now, succeeded=False
                )
            )
            refusal = _failed(ctx, account, _wrong_code())
        else:
            account.failed_sign_ins = 0
            opened = _open(ctx, account, row.address, row.browser)
        if opened is not None or account.locked_until_at is not None:
            row.revoked_at = ctx.now
    if refusal is not None or opened is None:
        raise refusal or _wrong_code()
    return opened


def open_session(ctx: Context, account_id: int, *, address: str = "", browser: str = "") -> Opened:
    """Open a session for a person who has proved who they are by other means (tests, later single sign-on)."""
    with transaction(ctx) as session:
        account = session.get(Account, account_id)
        if account is None or not account.active:
            raise NotFound(N_("没有找到这个账号。"))
        return _open(ctx, account, address, browser)


def note_seen(ctx: Context, session_id: int, last_seen_at: datetime) -> bool:
    """Keep a session alive; written at most once a minute. Returns whether it was written.

    While somebody else holds a long write (an import), the page is shown all the same and the next one tries again.
    """
    if ctx.now - last_seen_at < SEEN_AT_MOST_EVERY:
        return False
    try:
        with transaction(ctx) as session:
            session.execute(
                update(WebSession)
                .where(WebSession.id == session_id, WebSession.last_seen_at < ctx.now)
                .values(last_seen_at=ctx.now)
            )
    except OperationalError:
        ctx.session.rollback()
        return False
    return True


def end_session(ctx: Context, session_id: int, *, account_id: int) -> None:
    """Sign one browser of the account out. Raises ``NotFound`` for a session of somebody else."""
    with transaction(ctx) as session:
        row = session.scalar(
            select(WebSession).where(WebSession.id == session_id, WebSession.account_id == account_id)
        )
        if row is None:
            raise NotFound(N_("没有找到这个登录会话。"))
        row.revoked_at = row.revoked_at or ctx.now


def end_all_sessions(ctx: Context, account_id: int, *, but: int | None = None) -> None:
    """Sign every browser of the account out, except one when given."""
    with transaction(ctx) as session:
        query = update(WebSession).where(WebSession.account_id == account_id, WebSession.revoked_at.is_(None))
        if but is not None:
            query = query.where(WebSession.id != but)
        session.execute(query.values(revoked_at=ctx.now))


def _open(ctx: Context, account: Account, address: str, browser: str, *, awaits_code: bool = False) -> Opened:
    token = session_token()
    ctx.session.add(
        WebSession(
            token_hash=token_hash(token),
            account=account,
            created_at=ctx.now,
            last_seen_at=ctx.now,
            address=address,
            browser=browser[:BROWSER_CHARACTERS],
            awaits_code=awaits_code,
            seldom=comes_seldom(ctx.session, account.id, ctx.now),
        )
    )
    return Opened(token, account.id, account.must_change_password, awaits_code)


def _refusal_before_password(
    ctx: Context, account: Account | None, login: str, address: str
) -> SignInRefused | None:
    since = ctx.now - LOCKED_FOR
    if count_recent_failures(ctx.session, since, address=address) >= FAILURES_UNTIL_ADDRESS_REFUSED:
        return SignInRefused(N_("从这台计算机登录失败的次数太多，请 15 分钟后再试。"))
    if account is not None:
        locked = account.locked_until_at is not None and account.locked_until_at > ctx.now
    else:
        # A login that does not exist behaves like one that does.
        locked = count_recent_failures(ctx.session, since, login=login) >= FAILURES_UNTIL_LOCKED
    return _locked() if locked else None


def _refusal_after_password(
    ctx: Context, account: Account | None, login: str, right: bool, demonstration_allowed: bool
) -> SignInRefused | None:
    if account is None:
        failures = count_recent_failures(ctx.session, ctx.now - LOCKED_FOR, login=login)
        return _locked() if failures >= FAILURES_UNTIL_LOCKED else _wrong()
    if not right:
        return _failed(ctx, account, _wrong())
    if not account.active:
        return SignInRefused(N_("这个账号已停用，请联系管理员。"))
    if account.demonstration and not demonstration_allowed:
        return SignInRefused(N_("演示账号不能在正式环境登录，请使用您自己的账号。"))
    return None


def _failed(ctx: Context, account: Account, refusal: SignInRefused) -> SignInRefused:
    """Count one failure more; the last that is allowed locks the account."""
    account.failed_sign_ins += 1
    if account.failed_sign_ins < FAILURES_UNTIL_LOCKED:
        return refusal
    account.failed_sign_ins = 0
    account.locked_until_at = ctx.now + LOCKED_FOR
    return _locked()


def _wrong_code() -> SignInRefused:
    return SignInRefused(N_("动态口令不正确或已经用过，请填写手机上现在显示的 6 位数字。"))


def _wrong() -> SignInRefused:
    return SignInRefused(N_("登录名或密码不正确，请核对后重试；连续 5 次错误将锁定 15 分钟。"))


def _locked() -> SignInRefused:
    return SignInRefused(N_("登录失败次数过多，账号已锁定，请 15 分钟后再试，或联系管理员解锁。"))
