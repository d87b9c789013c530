"""What stands beside the log (dates of notices, consultations, payments) follows a correction of fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.fact_correction import FactChange
from tracker.domain.periods import last_day
from tracker.domain.statute import RuleKey
from tracker.models import (
    Case,
    Challenge,
    Consultation,
    CorrectionNotice,
    Dispatch,
    Extension,
    FeeNotice,
    StoredEntry,
)
from tracker.queries.calendars import current_calendar
from tracker.services.consultation import answer_due
from tracker.services.context import Context


def follow_correction(ctx: Context, case: Case, entry: StoredEntry, change: FactChange) -> None:
    """Bring the record the entry speaks of in line with its corrected day and fields, or take it back when voided."""
    kind = EntryType(entry.type)
    follow = _FOLLOWERS.get(kind)
    if follow is not None and (change.void or change.on is not None):
        follow(ctx, case, entry, None if change.void else change.on)
    if kind is EntryType.EXTENDED and change.days is not None:
        extension = ctx.session.get(Extension, entry.details.get("extension_id", 0))
        if extension is not None:
            extension.days = change.days
    if kind is EntryType.DISPATCHED and change.by is not None:
        sent = ctx.session.get(Dispatch, entry.details.get("dispatch_id", 0))
        if sent is not None:
            sent.way = str(change.by)


def _received(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    if on is not None:
        case.received_on = on


def _correction_asked(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    notice = ctx.session.get(CorrectionNotice, entry.details.get("correction_id", 0))
    if notice is not None and on is not None:
        notice.requested_on = on


def _corrected(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    notice = ctx.session.get(CorrectionNotice, entry.details.get("correction_id", 0))
    if notice is not None:
        notice.corrected_on = on


def _sent(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    asked = ctx.session.get(Consultation, entry.details.get("consultation_id", 0))
    if asked is not None and on is not None:
        asked.sent_on = on


def _delivered_to_them(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    asked = ctx.session.get(Consultation, entry.details.get("consultation_id", 0))
    if asked is not None:
        asked.received_on = on
        asked.answer_due_on = answer_due(ctx, asked)


def _answered(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    asked = ctx.session.get(Consultation, entry.details.get("consultation_id", 0))
    if asked is None:
        return
    if entry.details.get("returned"):
        asked.returned_on = on
    elif on is None:
        asked.answered_on = asked.answer = None
    elif asked.answered_on is not None:
        asked.answered_on = on


def _extended(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    extension = ctx.session.get(Extension, entry.details.get("extension_id", 0))
    if extension is not None:
        extension.notified_on = on


def _fee_notified(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    notice = ctx.session.get(FeeNotice, entry.details.get("fee_notice_id", 0))
    if notice is None or on is None:
        return
    notice.notified_on = on
    if "received_on" not in entry.details:
        notice.payment_due_on = last_day(RuleKey.PAYMENT, on, current_calendar(ctx.session))


def _fee_paid(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    notice = ctx.session.get(FeeNotice, entry.details.get("fee_notice_id", 0))
    if notice is not None:
        notice.paid_on = on


def _dispatched(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    sent = ctx.session.get(Dispatch, entry.details.get("dispatch_id", 0))
    if sent is not None and on is not None:
        sent.dispatched_on = on


def _delivered(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    sent = ctx.session.get(Dispatch, entry.details.get("dispatch_id", 0))
    if sent is not None:
        sent.delivered_on = on


def _challenged(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    row = ctx.session.get(Challenge, entry.details.get("challenge_id", 0))
    if row is None:
        return
    if on is None:
        row.voided = True
    else:
        row.received_on = on


def _hearing_set(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    row = ctx.session.get(Challenge, entry.details.get("challenge_id", 0))
    if row is not None and on is None:
        row.hearing_on = None


def _challenge_answered(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    row = ctx.session.get(Challenge, entry.details.get("challenge_id", 0))
    if row is not None:
        row.answered_on = on


def _challenge_closed(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    row = ctx.session.get(Challenge, entry.details.get("challenge_id", 0))
    if row is None:
        return
    if on is None:
        row.result = row.result_document = None
    row.result_on = on


def _ordered_anew(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    row = ctx.session.get(Challenge, entry.details.get("challenge_id", 0))
    if row is not None:
        row.ordered_on = on


def _withdrawn(ctx: Context, case: Case, entry: StoredEntry, on: date | None) -> None:
    if on is None:
        case.disposition = None


_FOLLOWERS: dict[EntryType, Callable[[Context, Case, StoredEntry, date | None], None]] = {
    EntryType.RECEIVED: _received,
    EntryType.CORRECTION_REQUESTED: _correction_asked,
    EntryType.CORRECTED: _corrected,
    EntryType.SUSPENDED: _sent,
    EntryType.CONSULTATION_DELIVERED: _delivered_to_them,
    EntryType.RESUMED: _answered,
    EntryType.EXTENDED: _extended,
    EntryType.FEE_NOTIFIED: _fee_notified,
    EntryType.FEE_PAID: _fee_paid,
    EntryType.DISPATCHED: _dispatched,
    EntryType.DELIVERED: _delivered,
    EntryType.WITHDRAWN: _withdrawn,
    EntryType.CHALLENGED: _challenged,
    EntryType.CHALLENGE_HEARING: _hearing_set,
    EntryType.CHALLENGE_ANSWERED: _challenge_answered,
    EntryType.CHALLENGE_CLOSED: _challenge_closed,
    EntryType.ORDERED_ANEW: _ordered_anew,
}
