"""A case on record, continued by what a later register knows of it: letters whose text is not held, and its log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerRow
from tracker.models import Case, CaseItem, Consultation, Dispatch, Letter
from tracker.queries.case_log import read_log
from tracker.services.case_record import append
from tracker.services.context import Context
from tracker.services.ledger_facts import (
    CONSULTATION_REF,
    REASON,
    Hanging,
    consultation_values,
    dispatch_values,
    imported_entry,
    letter_kinds,
    letter_values,
    new_entries,
    news_of,
)
from tracker.services.ledger_origin import Origin


def continue_case(
    ctx: Context, case: Case, row: LedgerRow, origin: Origin, *, number_free: bool
) -> tuple[bool, tuple[Column, ...]]:
    """Add what a later register knows of a case carried over. Returns whether anything was added, and the columns that
    were left alone: those that contradict what is recorded, and all that is new to a case worked on in the system.
    ``number_free``: the row's 发文字号 is on no other letter yet. Raises ``Refusal``."""
    log = read_log(ctx.session, case.id)
    known = {entry.type for entry in log}
    if not case.historic:
        return False, tuple(dated.column for dated in news_of(row, known))
    contradicting = tuple(d.column for d in row.entries if _contradicts(log, d.entry))
    if contradicting or not _brings_news(row, known):
        return False, contradicting
    _record(ctx, case, row, origin, known, number_free=number_free)
    return True, ()


def _brings_news(row: LedgerRow, known: Collection[EntryType]) -> bool:
    return bool(news_of(row, known)) or (row.archived_on is not None and EntryType.ARCHIVED not in known)


def _contradicts(log: Sequence[LogEntry], told: LogEntry) -> bool:
    days = {entry.on for entry in [*log, *effective(log)] if entry.type is told.type}
    return bool(days) and told.on not in days


def _record(
    ctx: Context,
    case: Case,
    row: LedgerRow,
    origin: Origin,
    known: Collection[EntryType],
    *,
    number_free: bool,
) -> None:
    hanging = Hanging(
        _letters(ctx, case, row, known, number_free=number_free),
        _consultation(ctx, case, row, known),
        _advisor(ctx, case, row, origin, known),
    )
    if number_free and Column.REPLIED_ON in hanging.letters:
        origin.note_number(row, case.organ_id)
    entries = new_entries(row, known, hanging)
    before = {"outcome_before": case.disposition} if row.outcome is not None else {}
    imported = imported_entry(row, origin.import_id, ctx.today, len(entries) + 1, **before)
    if row.outcome is not None:
        case.disposition = str(row.outcome)
        _first_item(ctx, case).disposition = str(row.outcome)
    append(ctx, case, imported, *entries, reason=REASON)


def _advisor(
    ctx: Context, case: Case, row: LedgerRow, origin: Origin, known: Collection[EntryType]
) -> int | None:
    if row.reviewed_on is None or EntryType.REVIEW_APPROVED in known:
        return None
    return origin.advisor(ctx.session, case.organ_id, row.advisor)


def _first_item(ctx: Context, case: Case) -> CaseItem:
    return ctx.session.scalars(
        select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.position).limit(1)
    ).one()


def _letters(
    ctx: Context, case: Case, row: LedgerRow, known: Collection[EntryType], *, number_free: bool
) -> dict[Column, int]:
    letters = {
        column: Letter(
            **letter_values(row, column, kind, case.id, case.organ_id, case.run or 1, number_free=number_free)
        )
        for column, kind in letter_kinds(row, known).items()
    }
    ctx.session.add_all(letters.values())
    ctx.session.flush()
    reply = letters.get(Column.REPLIED_ON)
    dispatch = dispatch_values(row, reply.id) if reply is not None else None
    if dispatch is not None:
        ctx.session.add(Dispatch(**dispatch))
    return {column: letter.id for column, letter in letters.items()}


def _consultation(ctx: Context, case: Case, row: LedgerRow, known: Collection[EntryType]) -> int | None:
    """The party asked: a new one, or the one on record where only the answer is new."""
    told = {dated.entry.type: dated.entry for dated in news_of(row, known)}
    sent, answered = told.get(EntryType.SUSPENDED), told.get(EntryType.RESUMED)
    answered_on: date | None = answered.on if answered else None
    if sent is not None:
        asked = Consultation(**consultation_values(case.id, case.description, sent, answered_on))
        ctx.session.add(asked)
        ctx.session.flush()
        return asked.id
    if answered is not None:
        _answer(ctx, case, answered.on)
    return None


def _answer(ctx: Context, case: Case, on: date) -> None:
    asked = ctx.session.scalar(
        select(Consultation).where(Consultation.case_id == case.id, Consultation.ref == CONSULTATION_REF)
    )
    if asked is not None:
        asked.answered_on = on
