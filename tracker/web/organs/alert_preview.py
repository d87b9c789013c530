"""What an alert policy comes to, in words: an example received today, and the district's default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import gettext as _

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, earliest_leave
from tracker.domain.alert_preview import foretell
from tracker.domain.alert_schedule import Audience, Timetable
from tracker.domain.alerts import ALERT_NAMES, URGENT, AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind
from tracker.domain.statute import REPLY_DAYS
from tracker.domain.urgency import Thresholds, Urgency, urgency_on
from tracker.domain.vocabulary import N_
from tracker.web.i18n import full_day, instant, tell
from tracker.web.organs.alert_form import written

AUDIENCE_NAMES: dict[Audience, str] = {
    Audience.HANDLER: N_("经办人"),
    Audience.DISCLOSURE_HEAD: N_("工作机构负责人"),
    Audience.SUPERVISOR: N_("督查"),
}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One day and those who are told the same; ``leaves``: when mail of it may leave at the earliest."""

    day: str
    kind: str
    light: str
    audience: str
    leaves: str


@dataclass(frozen=True, slots=True)
class Preview:
    """An example and the lines it comes to."""

    received: str
    due: str
    lines: list[PreviewLine]


def preview_of(policy: AlertPolicy, thresholds: Thresholds, calendar: WorkCalendar, today: date) -> Preview:
    """A request received today and never answered."""
    due_on = calendar.nth_workday(today, REPLY_DAYS)
    days = Timetable(ClockKind.REPLY, due_on, False, calendar, policy)
    rows: dict[tuple[date, AlertKind, int], list[Audience]] = {}
    for told in foretell(days):
        rows.setdefault((told.on, told.owed.kind, told.owed.step), []).append(told.owed.audience)
    lines = [
        _line(*row, audiences, policy, urgency_on(due_on, row[0], calendar, thresholds), calendar)
        for row, audiences in rows.items()
    ]
    return Preview(full_day(today), full_day(due_on), lines)


def _line(
    on: date,
    kind: AlertKind,
    step: int,
    audiences: list[Audience],
    policy: AlertPolicy,
    light: Urgency,
    calendar: WorkCalendar,
) -> PreviewLine:
    midnight = datetime.combine(on, time(0), SHANGHAI)
    return PreviewLine(
        day=full_day(on),
        kind=_("临期，还剩 %(left)s 个工作日", left=step)
        if kind is AlertKind.DUE_SOON
        else tell(ALERT_NAMES[kind]),
        light=str(light),
        audience="、".join(tell(AUDIENCE_NAMES[each]) for each in audiences),
        leaves=_("随时")
        if kind in URGENT
        else instant(earliest_leave(midnight, policy, calendar.is_workday)),
    )


def default_notes() -> dict[str, str]:
    """The district's default of each field, to stand beside the organ's own."""
    plain = DEFAULT_POLICY
    days_off = _("是") if plain.quiet_days_off else _("否")
    values = {
        "ahead": written(plain.ahead),
        "overdue_every": str(plain.overdue_every),
        "review_days": str(plain.review_days),
        "sign_off_days": str(plain.sign_off_days),
        "quiet_from": str(plain.quiet_from),
        "quiet_until": str(plain.quiet_until),
        "quiet_days_off": days_off,
    }
    return {name: _("全区默认：%(value)s。", value=value) for name, value in values.items()}
