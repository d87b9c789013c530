"""提醒设置: how early, how often and at what hours the people of an organ are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.statute import REPLY_DAYS
from tracker.domain.vocabulary import N_

MOST_AHEAD = REPLY_DAYS - 1
"""Working days before the due date at most: earlier there is no period yet."""

MOST_EVERY = 5
"""Working days between two reminders of what is overdue at most: a week. Never is no choice."""

MOST_WAITING = REPLY_DAYS - 1

_BETWEEN = re.compile(r"[\s、,，;；]+")


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """``ahead``: working days before the due date; ``overdue_every``: working days between two reminders of what is
    overdue; ``review_days``, ``sign_off_days``: working days after which waiting work is too long.

    Quiet from ``quiet_from`` until ``quiet_until`` (hours of Asia/Shanghai; equal: never), and on days off where
    ``quiet_days_off`` says so. Quiet holds back mail and robots, never the centre, and nothing that is overdue.
    """

    ahead: tuple[int, ...] = (5, 3, 1, 0)
    overdue_every: int = 2
    review_days: int = 3
    sign_off_days: int = 2
    quiet_from: int = 20
    quiet_until: int = 8
    quiet_days_off: bool = True


DEFAULT_POLICY = AlertPolicy()


def earliest_leave(local: datetime, policy: AlertPolicy, is_workday: Callable[[date], bool]) -> datetime:
    """The first moment from ``local`` (in Asia/Shanghai) at which a message may leave."""
    while True:
        later = _after_quiet_hours(local, policy)
        if policy.quiet_days_off and not is_workday(later.date()):
            later = _at(later + timedelta(days=1), 0)
        if later == local:
            return local
        local = later


def _after_quiet_hours(local: datetime, policy: AlertPolicy) -> datetime:
    start, end, hour = policy.quiet_from, policy.quiet_until, local.hour
    if start <= end:
        return _at(local, end) if start <= hour < end else local
    if hour >= start:
        return _at(local + timedelta(days=1), end)
    return _at(local, end) if hour < end else local


def _at(moment: datetime, hour: int) -> datetime:
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def ahead_of(text: str) -> tuple[int, ...] | None:
    """Days as an office writes them, ``5、3、1、0``: each once, the earliest first; None for what is no number."""
    words = [word for word in _BETWEEN.split(text) if word]
    if not all(word.isdecimal() and len(word) <= 3 for word in words):
        return None
    return tuple(sorted({int(word) for word in words}, reverse=True))


def faults_of(policy: AlertPolicy) -> dict[str, list[str]]:
    """What cannot be set, by the name of the field."""
    faults: dict[str, list[str]] = {}
    if not policy.ahead:
        faults["ahead"] = [N_("到期前至少提醒一次，请填写提前的工作日数，0 表示到期当天。")]
    elif not all(0 <= days <= MOST_AHEAD for days in policy.ahead):
        faults["ahead"] = [N_("提前的工作日数须在 0 到 19 之间：答复期限共 20 个工作日。")]
    if not 1 <= policy.overdue_every <= MOST_EVERY:
        faults["overdue_every"] = [N_("超期提醒不能关闭，请填写 1 到 5 之间的工作日数。")]
    for name in ("review_days", "sign_off_days"):
        if not 1 <= getattr(policy, name) <= MOST_WAITING:
            faults[name] = [N_("请填写 1 到 19 之间的工作日数。")]
    for name in ("quiet_from", "quiet_until"):
        if not 0 <= getattr(policy, name) <= 23:
            faults[name] = [N_("请填写 0 到 23 之间的整点。")]
    return faults
