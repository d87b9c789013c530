"""提醒设置: how early, how often and at what hours the people of an organ are told, kept by the administrator."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, faults_of
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import AlertPolicy as StoredPolicy
from tracker.models import Organ
from tracker.services.alert_sweep import look_again
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def change_policy(ctx: Context, organ_id: int, policy: AlertPolicy, *, expected_version: int) -> None:
    """Store what an organ has set; ``expected_version`` is 0 while it has set nothing. The sweep looks at its running
    clocks again at once; what was told stays told. Raises ``Invalid``, ``Conflict``, ``NotFound``, ``Forbidden``."""
    if not ctx.actor.may_somewhere(Permission.ORGAN_MANAGE):
        raise Forbidden(N_("只有管理员可以修改机关设置。"))
    faults = faults_of(policy)
    if faults:
        raise Invalid(faults)
    with transaction(ctx) as session:
        if session.scalar(select(Organ.id).where(Organ.id == organ_id).with_for_update(of=Organ)) is None:
            raise NotFound(N_("没有找到这个机关。"))
        stored = session.get(StoredPolicy, organ_id)
        if (stored.version_id if stored else 0) != expected_version:
            raise Conflict(N_("这个机关的提醒设置刚被他人修改，请核对最新内容后再提交；您填写的内容已保留。"))
        values = {**asdict(policy), "ahead": list(policy.ahead)}
        if stored is None:
            session.add(StoredPolicy(organ_id=organ_id, **values))
        else:
            for name, value in values.items():
                setattr(stored, name, value)
        look_again(session, ctx.today, organ_id)


def follow_default(ctx: Context, organ_id: int, *, expected_version: int) -> None:
    """恢复全区默认: set what the district sets for everybody. Raises as ``change_policy``."""
    change_policy(ctx, organ_id, DEFAULT_POLICY, expected_version=expected_version)
