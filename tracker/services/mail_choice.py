"""提醒方式: the address a person gave and what they want sent to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.domain.alert_topics import CHOOSABLE, FIXED, AlertTopic
from tracker.domain.errors import Forbidden, Invalid, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Account
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z0-9-]{2,}")
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class MailChoice:
    """``email`` None: nothing is sent. ``muted``: topics that are not mailed, among those that can be chosen."""

    email: str | None
    muted: frozenset[AlertTopic]
    digest: bool


def read_own_choice(ctx: Context) -> MailChoice:
    """What the person has chosen."""
    account = ctx.session.get(Account, ctx.actor.account_id)
    if account is None:
        raise Forbidden(N_("请先登录。"))
    muted = frozenset(topic for topic in CHOOSABLE if topic in account.mail_muted)
    return MailChoice(account.email, muted, account.mail_digest)


def choose_mail(ctx: Context, choice: MailChoice) -> None:
    """Keep the person's own choice; it holds from the next alert on. Raises ``Invalid`` for what is no address, and for
    a topic that cannot be switched off."""
    email = _checked(choice.email)
    if choice.muted & FIXED:
        raise Invalid({"mailed": [N_("超期提醒不能关闭。")]})
    with transaction(ctx) as session:
        account = session.get(Account, ctx.actor.account_id, with_for_update=True)
        if account is None:
            raise Forbidden(N_("请先登录。"))
        account.email, account.mail_digest = email, choice.digest
        account.mail_muted = [str(topic) for topic in CHOOSABLE if topic in choice.muted]


def set_address(ctx: Context, account_id: int, email: str | None) -> None:
    """The administrator gives somebody an address, or takes it away; the choices stay theirs. Raises ``Invalid``."""
    if not ctx.actor.may_somewhere(Permission.ACCOUNT_MANAGE):
        raise Forbidden(N_("只有管理员可以管理账号。"))
    checked = _checked(email)
    with transaction(ctx) as session:
        account = session.get(Account, account_id, with_for_update=True)
        if account is None:
            raise NotFound(N_("没有找到这个账号。"))
        account.email = checked


def _checked(email: str | None) -> str | None:
    given = (email or "").strip()
    if given and (len(given) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(given)):
        raise Invalid({"email": [N_("这不是邮箱地址，请按 name@example.gov.cn 的样子填写。")]})
    return given or None
