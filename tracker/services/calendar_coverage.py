"""From 1 November administrators are reminded each day of a next year that nobody has loaded."""

from __future__ import annotations

from sqlalchemy import and_

from tracker.domain.alerts import AlertKind
from tracker.models import Alert
from tracker.queries.calendar_duties import calendar_keepers, missing_year
from tracker.services.alerts import resolve_alerts, tell
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_OURS = Alert.kind == str(AlertKind.CALENDAR_NOTICE)


def remind_of_missing_year(ctx: Context) -> int:
    """Tell each administrator, once a day, of the year that should be loaded; returns how many were told now.

    Yesterday's reminder no longer holds once today's is there, so that one is open at a time.
    """
    with transaction(ctx) as session:
        year = missing_year(session, ctx.today)
        if year is None:
            return 0
        resolve_alerts(ctx, session, and_(_OURS, Alert.due_on < ctx.today))
        keepers = calendar_keepers(session)
        return tell(
            ctx,
            keepers,
            AlertKind.CALENDAR_NOTICE,
            on=ctx.today,
            subject=_subject(year),
            params={"year": year},
        )


def settle_reminders(ctx: Context, year: int) -> None:
    """The year is loaded: what was told about it no longer holds, and is not sent any more."""
    resolve_alerts(ctx, ctx.session, and_(_OURS, Alert.ref == _subject(year)))


def _subject(year: int) -> str:
    return f"year-{year}"
