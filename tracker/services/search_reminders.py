"""协查任务 that wait: those asked are reminded the working day before and on the day, the handler once it has come."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.alert_schedule import Audience
from tracker.domain.alerts import AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.models import Case, SearchTask
from tracker.queries.recipients import Roster
from tracker.services.alerts import NewAlert
from tracker.services.context import Context
from tracker.services.search_tasks import alert_ref

AHEAD = 1
"""Working days before the day the answer is wanted on which the asked are reminded first."""


def unanswered_searches(
    ctx: Context, session: Session, calendar: WorkCalendar, roster: Roster
) -> Iterator[NewAlert]:
    """What is owed about tasks whose day is near or has come, again each working day after it, while the reply is not
    out."""
    rows = session.execute(
        select(
            Case.id,
            Case.organ_id,
            Case.handler_id,
            SearchTask.id.label("task_id"),
            SearchTask.asked_id,
            SearchTask.asked_on,
            SearchTask.reply_by_on,
        )
        .join(Case, Case.id == SearchTask.case_id)
        .where(SearchTask.answered_on.is_(None), SearchTask.withdrawn_on.is_(None))
        .where(Case.stopped_on.is_(None))
    ).all()
    for row in rows:
        if ctx.today < calendar.workdays_before(row.reply_by_on, AHEAD):
            continue
        come = ctx.today >= row.reply_by_on
        step = calendar.count(row.reply_by_on, ctx.today) if come else -AHEAD
        ref = alert_ref(row.task_id)
        if row.asked_id is not None:
            params = {"search_task": row.task_id}
            yield NewAlert(
                row.asked_id, AlertKind.SEARCH_DUE, row.reply_by_on, ref=ref, step=step, params=params
            )
        if come:
            since = {"since": row.asked_on.isoformat()}
            for recipient in roster.reached(Audience.HANDLER, row.organ_id, row.handler_id):
                yield NewAlert(
                    recipient,
                    AlertKind.SEARCH_WAITING,
                    row.reply_by_on,
                    row.id,
                    row.organ_id,
                    ref=ref,
                    step=step,
                    params=since,
                )
