"""Work that waits too long with advisor or approver, letters without proof of receipt, periods that have run out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_schedule import Audience
from tracker.domain.alerts import AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.permissions import Role
from tracker.domain.small_clocks import LAPSE_DAYS, PROOF_DAYS
from tracker.domain.stages import Stage
from tracker.domain.statute import PAYMENT_DAYS
from tracker.models import AdviceQuestion, Case, Consultation, CorrectionNotice, FeeNotice, StoredEntry
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.queries.recipients import Roster, read_roster
from tracker.services.alerts import NewAlert, write_alerts
from tracker.services.context import Context
from tracker.services.search_reminders import unanswered_searches
from tracker.services.unit_of_work import transaction

SHORTEST_WAIT = 1


@dataclass(frozen=True, slots=True)
class _Waiting:
    stage: Stage
    began: tuple[EntryType, ...]
    kind: AlertKind
    role: Role
    days: Callable[[AlertPolicy], int]


WAITS: tuple[_Waiting, ...] = (
    _Waiting(
        Stage.UNDER_REVIEW,
        (EntryType.SUBMITTED,),
        AlertKind.REVIEW_WAITING,
        Role.LEGAL_ADVISOR,
        lambda policy: policy.review_days,
    ),
    _Waiting(
        Stage.APPROVED,
        (EntryType.REVIEW_APPROVED, EntryType.REVIEW_WAIVED),
        AlertKind.SIGN_OFF_WAITING,
        Role.APPROVER,
        lambda policy: policy.sign_off_days,
    ),
)
"""Whose desk work waits on, since which entry, and the setting that says how long is too long."""


def tell_of_waiting(ctx: Context) -> int:
    """Tell advisors and approvers of work that has waited too long with them, again each time as many days have
    passed or a question to the advisor is due; handlers of consultation letters without proof of receipt; and those
    who were asked to search. Returns how many alerts were new."""
    with transaction(ctx) as session:
        calendar, roster = current_calendar(session), read_roster(session)
        wanted = [alert for wait in WAITS for alert in _waiting(ctx, session, wait, calendar, roster)]
        wanted += _unproven(ctx, session, calendar, roster)
        wanted += _unadvised(ctx, session, calendar, roster)
        wanted += unanswered_searches(ctx, session, calendar, roster)
        return write_alerts(ctx, session, wanted)


def propose_lapse(ctx: Context) -> int:
    """Propose 视为放弃 where a correction or payment is five working days overdue. Nothing lapses by itself: handler
    and disclosure head look into mail room, mailbox and portal, and decide. Returns how many alerts were new."""
    with transaction(ctx) as session:
        calendar, roster = current_calendar(session), read_roster(session)
        wanted: list[NewAlert] = []
        for row, code, due_on in _run_out(session):
            if ctx.today > calendar.nth_workday(due_on, LAPSE_DAYS):
                people = dict.fromkeys(
                    (
                        *roster.reached(Audience.HANDLER, row.organ_id, row.handler_id),
                        *roster.of(Role.DISCLOSURE_HEAD, row.organ_id),
                    )
                )
                wanted += _for(people, row, AlertKind.LAPSE_PROPOSED, due_on, code, 0, {"period": code})
        return write_alerts(ctx, session, wanted)


def _waiting(
    ctx: Context, session: Session, wait: _Waiting, calendar: WorkCalendar, roster: Roster
) -> Iterator[NewAlert]:
    since = (
        select(func.max(StoredEntry.happened_on))
        .where(StoredEntry.case_id == Case.id, StoredEntry.type.in_([str(kind) for kind in wait.began]))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Case.id, Case.organ_id, since.label("since")).where(
            Case.stage == str(wait.stage), since <= calendar.workdays_before(ctx.today, SHORTEST_WAIT)
        )
    ).all()
    policies = policies_of(session, {row.organ_id for row in rows})
    for row in rows:
        days, limit = calendar.count(row.since, ctx.today), wait.days(policies[row.organ_id])
        if days >= limit:
            people = roster.of(wait.role, row.organ_id)
            params = {"since": row.since.isoformat(), "days": days}
            yield from _for(people, row, wait.kind, row.since, "", days // limit * limit, params)


def _unproven(ctx: Context, session: Session, calendar: WorkCalendar, roster: Roster) -> Iterator[NewAlert]:
    rows = session.execute(
        select(Case.id, Case.organ_id, Case.handler_id, Consultation.ref, Consultation.sent_on)
        .join(Case, Case.id == Consultation.case_id)
        .where(
            Consultation.received_on.is_(None),
            Consultation.returned_on.is_(None),
            Consultation.answer.is_(None),
            Consultation.sent_on <= calendar.workdays_before(ctx.today, PROOF_DAYS),
            Case.stopped_on.is_(None),
        )
    ).all()
    for row in rows:
        if calendar.count(row.sent_on, ctx.today) >= PROOF_DAYS:
            people = roster.reached(Audience.HANDLER, row.organ_id, row.handler_id)
            params = {"since": row.sent_on.isoformat()}
            yield from _for(people, row, AlertKind.PROOF_MISSING, row.sent_on, row.ref, 0, params)


def _unadvised(ctx: Context, session: Session, calendar: WorkCalendar, roster: Roster) -> Iterator[NewAlert]:
    """Questions whose day has come: on that day, and again each working day after it."""
    rows = session.execute(
        select(
            Case.id,
            Case.organ_id,
            AdviceQuestion.id.label("question_id"),
            AdviceQuestion.asked_on,
            AdviceQuestion.answer_by_on,
        )
        .join(Case, Case.id == AdviceQuestion.case_id)
        .where(AdviceQuestion.answered_on.is_(None), AdviceQuestion.answer_by_on <= ctx.today)
        .where(Case.stopped_on.is_(None))
    ).all()
    for row in rows:
        people = roster.of(Role.LEGAL_ADVISOR, row.organ_id)
        params = {"since": row.asked_on.isoformat()}
        step = calendar.count(row.answer_by_on, ctx.today)
        ref = f"advice-{row.question_id}"
        yield from _for(people, row, AlertKind.ADVICE_WAITING, row.answer_by_on, ref, step, params)


def _run_out(session: Session) -> Iterator[tuple[Any, str, date]]:
    columns = (Case.id, Case.organ_id, Case.handler_id)
    corrections = session.execute(
        select(*columns, func.max(CorrectionNotice.answer_due_on).label("due_on"))
        .join(Case, Case.id == CorrectionNotice.case_id)
        .where(Case.stage == str(Stage.AWAITING_CORRECTION), CorrectionNotice.corrected_on.is_(None))
        .group_by(*columns)
    )
    for row in corrections:
        yield row, "correction", row.due_on
    calendar = current_calendar(session)
    payments = session.execute(
        select(*columns, FeeNotice.payment_due_on, FeeNotice.notified_on)
        .join(Case, Case.id == FeeNotice.case_id)
        .where(Case.stage == str(Stage.AWAITING_PAYMENT), FeeNotice.paid_on.is_(None))
    )
    for fee in payments:
        yield fee, "payment", fee.payment_due_on or calendar.nth_workday(fee.notified_on, PAYMENT_DAYS)


def _for(
    people: Sequence[int] | dict[int, None],
    row: Any,
    kind: AlertKind,
    on: date,
    ref: str,
    step: int,
    params: dict[str, Any],
) -> Iterator[NewAlert]:
    for recipient in people:
        yield NewAlert(
            recipient_id=recipient,
            kind=kind,
            on=on,
            case_id=row.id,
            organ_id=row.organ_id,
            ref=ref,
            step=step,
            params=params,
        )
