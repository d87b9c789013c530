"""年度报告提醒: from 1 January each organ that has not handed in is reminded, until it has or the round is over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

from tracker.domain.alert_schedule import Audience
from tracker.domain.alerts import OF_A_REPORT, AlertKind
from tracker.domain.annual_report import SUBMISSION, Reminder
from tracker.models import Alert
from tracker.queries.annual_reports import organs_owing
from tracker.queries.organs import OrganName
from tracker.queries.recipients import Roster, read_roster
from tracker.services.alerts import NewAlert, resolve_alerts, write_alerts
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_OURS = Alert.kind.in_([str(kind) for kind in OF_A_REPORT])


def remind_of_reports(ctx: Context) -> int:
    """Tell the head of each disclosure office that still owes last year's report, and the district's office too once
    the day has passed; returns how many were told now. Of one report a person holds the latest reminder alone.
    """
    year = ctx.today.year - 1
    with transaction(ctx) as session:
        owed = SUBMISSION.owed_on(year, ctx.today)
        owing = organs_owing(session, year) if owed else []
        standing = [_ref(year, organ.id) for organ in owing]
        resolve_alerts(ctx, session, and_(_OURS, Alert.ref.not_in(standing)))
        if owed is None:
            return 0
        roster = read_roster(session)
        told = 0
        for organ in owing:
            resolve_alerts(ctx, session, and_(_about(year, organ.id), _earlier_than(owed)))
            told += write_alerts(ctx, session, _alerts(organ, year, owed, _reached(roster, organ.id, owed)))
        return told


def tell_returned(ctx: Context, organ: OrganName, year: int, times: int) -> None:
    """The district's office has returned it: told at once, within the transaction of the return. ``times`` tells
    returns of one day apart."""
    people = _reached(read_roster(ctx.session), organ.id, Reminder(False, 0))
    alert = _alerts(organ, year, Reminder(False, times), people, AlertKind.REPORT_RETURNED)
    write_alerts(ctx, ctx.session, alert)


def settle_reminders(ctx: Context, organ_id: int, year: int) -> None:
    """It is handed in: what was told about it no longer holds, and is not sent any more."""
    resolve_alerts(ctx, ctx.session, _about(year, organ_id))


def _alerts(
    organ: OrganName, year: int, owed: Reminder, people: Sequence[int], kind: AlertKind | None = None
) -> list[NewAlert]:
    told = kind or (AlertKind.REPORT_LATE if owed.late else AlertKind.REPORT_OWED)
    return [
        NewAlert(
            recipient_id=account_id,
            kind=told,
            on=SUBMISSION.after(year),
            ref=_ref(year, organ.id),
            step=owed.step,
            params={"year": year, "organ": organ.name, "code": organ.code},
        )
        for account_id in people
    ]


def _reached(roster: Roster, organ_id: int, owed: Reminder) -> Sequence[int]:
    heads = roster.reached(Audience.DISCLOSURE_HEAD, organ_id, None)
    office = roster.reached(Audience.SUPERVISOR, organ_id, None) if owed.late else ()
    return list(dict.fromkeys((*heads, *office)))


def _ref(year: int, organ_id: int) -> str:
    return f"report-{year}-{organ_id}"


def _about(year: int, organ_id: int) -> ColumnElement[bool]:
    return and_(_OURS, Alert.ref == _ref(year, organ_id))


def _earlier_than(owed: Reminder) -> ColumnElement[bool]:
    """Steps ahead count down to the day, those after it count up."""
    ahead = Alert.kind == str(AlertKind.REPORT_OWED)
    if not owed.late:
        return and_(ahead, Alert.step > owed.step)
    return or_(ahead, and_(Alert.kind == str(AlertKind.REPORT_LATE), Alert.step < owed.step))
