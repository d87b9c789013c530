"""Accounts and the roles they hold, kept by the administrator; nobody changes their own roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from tracker.adapters.passwords import hash_password, one_time_password, password_matches
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.passwords import password_faults
from tracker.domain.permissions import APART, Permission, Role
from tracker.domain.vocabulary import N_
from tracker.models import Account, Organ, RoleHolding
from tracker.queries.accounts import count_active_administrators, find_account_by_login
from tracker.services.context import Context
from tracker.services.sessions import end_all_sessions
from tracker.services.unit_of_work import transaction

LOGIN_FORM = re.compile(r"[a-z][a-z0-9._-]{1,63}")
NAME_CHARACTERS = 50
LOCKED_UNTIL_UNLOCKED = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A one-time password, to be told to the person once: it is kept nowhere in the clear."""

    account_id: int
    login: str
    one_time_password: str


def create_account(
    ctx: Context,
    login: str,
    name: str,
    holdings: Iterable[tuple[Role, int]] = (),
    *,
    password: str | None = None,
    password_hash: str | None = None,
) -> NewSecret:
    """A new account with its roles (role, organ id). Without a password a one-time password is made, to be changed at
    the first sign-in; a given password is that of a demonstration account and stays (``password_hash``: its hash, made
    once where many share it). Raises ``Invalid``."""
    _authorise(ctx)
    login, name = login.strip().lower(), name.strip()
    holdings = list(dict.fromkeys(holdings))
    _keep_apart({str(role) for role, _ in holdings})
    secret = password or one_time_password()
    hashed = password_hash or hash_password(secret)
    with transaction(ctx) as session:
        faults = _faults_of(ctx, login, name)
        if faults:
            raise Invalid(faults)
        account = Account(
            login=login,
            name=name,
            password_hash=hashed,
            must_change_password=password is None,
            demonstration=password is not None,
            created_at=ctx.now,
            holdings=[RoleHolding(role=str(role), organ_id=organ_id) for role, organ_id in holdings],
        )
        session.add(account)
        session.flush()
        return NewSecret(account.id, login, secret)


def rename(ctx: Context, account_id: int, name: str) -> None:
    """Change the name shown; the log keeps referring to the account. Raises ``Invalid``."""
    _authorise(ctx)
    name = name.strip()
    if not name or len(name) > NAME_CHARACTERS:
        raise Invalid({"name": [N_("请填写姓名，不超过 50 个字。")]})
    with transaction(ctx):
        _load(ctx, account_id).name = name


def grant_role(ctx: Context, account_id: int, role: Role, organ_id: int) -> None:
    """Give a role in an organ; holding it already changes nothing. Raises ``NotLawfulNow`` for 管理员 and 审计 in one
    hand."""
    _authorise(ctx)
    with transaction(ctx) as session:
        account = _load_other(ctx, account_id)
        if session.get(Organ, organ_id) is None:
            raise NotFound(N_("没有找到这个机关。"))
        held = {(holding.role, holding.organ_id) for holding in account.holdings}
        if (str(role), organ_id) not in held:
            _keep_apart({str(role), *(holding.role for holding in account.holdings)})
            account.holdings.append(RoleHolding(role=str(role), organ_id=organ_id))


def revoke_role(ctx: Context, account_id: int, holding_id: int) -> None:
    """Take a role away; at once, also in sessions that are open. Raises ``NotLawfulNow`` for the last administrator."""
    _authorise(ctx)
    with transaction(ctx) as session:
        account = _load_other(ctx, account_id)
        holding = next((held for held in account.holdings if held.id == holding_id), None)
        if holding is None:
            raise NotFound(N_("没有找到这个岗位。"))
        if holding.role == str(Role.ADMINISTRATOR):
            _keep_an_administrator(ctx, account)
        session.delete(holding)
        session.flush()
        session.expire(account)


def reset_password(ctx: Context, account_id: int) -> NewSecret:
    """A new one-time password; every session of the account ends and the lock is lifted."""
    _authorise(ctx)
    secret = one_time_password()
    hashed = hash_password(secret)
    with transaction(ctx):
        account = _load(ctx, account_id)
        account.password_hash = hashed
        account.must_change_password = True
        account.failed_sign_ins = 0
        account.locked_until_at = None
        end_all_sessions(ctx, account_id)
        return NewSecret(account.id, account.login, secret)


def remove_code(ctx: Context, account_id: int) -> None:
    """The telephone with 动态口令 is lost: sign-in by password alone until another is set up; every session ends. Of
    one's own account another administrator does it."""
    _authorise(ctx)
    with transaction(ctx):
        account = _load_other(ctx, account_id)
        account.code_cipher = account.code_step = None
        end_all_sessions(ctx, account_id)


def change_own_password(ctx: Context, old: str, new: str, repeated: str, *, session_id: int | None) -> None:
    """The signed-in person's own password; every other session of theirs ends. Raises ``Invalid`` by field."""
    account = ctx.session.get(Account, ctx.actor.account_id)
    if account is None:
        raise Forbidden(N_("请先登录。"))
    faults: dict[str, list[str]] = {}
    if not password_matches(account.password_hash, old):
        faults["old"] = [N_("原密码不正确，请重新输入。")]
    wrong = password_faults(new, account.login, account.name)
    if wrong:
        faults["new"] = wrong
    elif new == old:
        faults["new"] = [N_("新密码不能与原密码相同。")]
    if new != repeated:
        faults["repeated"] = [N_("两次输入的新密码不一致，请重新输入。")]
    if faults:
        raise Invalid(faults)
    account_id, hashed = account.id, hash_password(new)
    with transaction(ctx):
        account = _load(ctx, account_id)
        account.password_hash = hashed
        account.must_change_password = False
        account.password_changed_at = ctx.now
        end_all_sessions(ctx, account_id, but=session_id)


def lock(ctx: Context, account_id: int) -> None:
    """Refuse sign-in until somebody unlocks it, and end what is open."""
    _authorise(ctx)
    with transaction(ctx):
        _load_other(ctx, account_id).locked_until_at = LOCKED_UNTIL_UNLOCKED
        end_all_sessions(ctx, account_id)


def unlock(ctx: Context, account_id: int) -> None:
    """Allow sign-in again, after a lock by hand or after too many failures."""
    _authorise(ctx)
    with transaction(ctx):
        account = _load(ctx, account_id)
        account.locked_until_at = None
        account.failed_sign_ins = 0


def deactivate(ctx: Context, account_id: int) -> None:
    """The person has left: no sign-in any more, what they did stays. Raises ``NotLawfulNow`` for the last
    administrator."""
    _authorise(ctx)
    with transaction(ctx):
        account = _load_other(ctx, account_id)
        if any(held.role == str(Role.ADMINISTRATOR) for held in account.holdings):
            _keep_an_administrator(ctx, account)
        account.active = False
        end_all_sessions(ctx, account_id)


def reactivate(ctx: Context, account_id: int) -> None:
    """The person is back, with the roles they held."""
    _authorise(ctx)
    with transaction(ctx):
        _load_other(ctx, account_id).active = True


def _authorise(ctx: Context) -> None:
    if ctx.actor != SYSTEM and not ctx.actor.may_somewhere(Permission.ACCOUNT_MANAGE):
        raise Forbidden(N_("只有管理员可以管理账号。"))


def _keep_apart(roles: set[str]) -> None:
    if roles >= {str(role) for role in APART}:
        raise NotLawfulNow(N_("管理和审计须由不同的人担任：请先收回其中一个岗位，或者另建账号。"))


def _load(ctx: Context, account_id: int) -> Account:
    account = ctx.session.scalar(select(Account).where(Account.id == account_id).with_for_update(of=Account))
    if account is None:
        raise NotFound(N_("没有找到这个账号。"))
    return account


def _load_other(ctx: Context, account_id: int) -> Account:
    if ctx.actor.account_id == account_id:
        raise Forbidden(N_("不能更改自己的岗位或停用自己的账号，请由另一名管理员办理。"))
    return _load(ctx, account_id)


def _keep_an_administrator(ctx: Context, account: Account) -> None:
    # Two administrators closing each other at the same moment must not both succeed.
    administrators = Account.holdings.any(RoleHolding.role == str(Role.ADMINISTRATOR))
    ctx.session.execute(
        select(Account.id).where(administrators).order_by(Account.id).with_for_update(of=Account)
    ).all()
    if not count_active_administrators(ctx.session, without=account.id):
        raise NotLawfulNow(N_("这是最后一名管理员，请先指定另一名管理员。"))


def _faults_of(ctx: Context, login: str, name: str) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if not LOGIN_FORM.fullmatch(login):
        faults["login"] = [N_("登录名须以字母开头，用 2 至 64 个小写字母、数字、点、横线或下划线。")]
    elif find_account_by_login(ctx.session, login) is not None:
        faults["login"] = [N_("这个登录名已有人使用，请换一个。")]
    if not name or len(name) > NAME_CHARACTERS:
        faults["name"] = [N_("请填写姓名，不超过 50 个字。")]
    return faults
