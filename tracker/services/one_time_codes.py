"""动态口令 of one's own account: switched on with a first code, off where the roles allow it."""

from __future__ import annotations

from tracker.adapters.one_time_codes import matching_step
from tracker.adapters.passwords import password_matches
from tracker.domain.errors import Forbidden, Invalid
from tracker.domain.one_time_codes import typed_code
from tracker.domain.vocabulary import N_
from tracker.models import Account
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_WRONG_PASSWORD = N_("密码不正确，请重新输入。")
_WRONG_CODE = N_("动态口令不正确，请填写手机上现在显示的 6 位数字；一直不对，请核对手机的时间。")


def takes_code(ctx: Context, account: Account, code: str) -> bool:
    """Whether the code counts now; each counts once. Within the caller's transaction, with the account locked."""
    if account.code_cipher is None:
        return False
    step = matching_step(ctx.adapters.cipher.open(account.code_cipher), typed_code(code), ctx.now)
    if step is None or (account.code_step is not None and step <= account.code_step):
        return False
    account.code_step = step
    return True


def switch_code_on(ctx: Context, secret: str, code: str, password: str) -> None:
    """Keep the secret a telephone has read, proved by its first code. Raises ``Invalid`` by field."""
    faults: dict[str, list[str]] = {}
    step = matching_step(secret, typed_code(code), ctx.now)
    if step is None:
        faults["code"] = [_WRONG_CODE]
    if not password_matches(_own(ctx).password_hash, password):
        faults["password"] = [_WRONG_PASSWORD]
    if faults:
        raise Invalid(faults)
    with transaction(ctx):
        account = _own(ctx)
        account.code_cipher = ctx.adapters.cipher.seal(secret)
        account.code_step = step


def switch_code_off(ctx: Context, code: str, password: str, *, must_use: bool) -> None:
    """Sign in by password alone again. Raises ``Invalid`` by field, ``Forbidden`` where the roles must use a code."""
    if must_use:
        raise Forbidden(N_("管理员和督查必须使用动态口令，不能关闭；更换手机请重新设置。"))
    faults: dict[str, list[str]] = {}
    if not password_matches(_own(ctx).password_hash, password):
        faults["password"] = [_WRONG_PASSWORD]
    with transaction(ctx):
        account = _own(ctx)
        if not takes_code(ctx, account, code):
            faults["code"] = [_WRONG_CODE]
        if faults:
            raise Invalid(faults)
        account.code_cipher = account.code_step = None


def _own(ctx: Context) -> Account:
    account = ctx.session.get(Account, ctx.actor.account_id)
    if account is None:
        raise Forbidden(N_("请先登录。"))
    return account
