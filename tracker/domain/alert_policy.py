"""提醒设置: how early, how often and at what hours the people of an organ are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


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
