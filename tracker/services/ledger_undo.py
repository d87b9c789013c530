"""A case carried over stands again as it stood before a later register continued it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, delete, insert, literal, select, update
from sqlalchemy.orm import Session

from tracker.domain.case_log import EntryType
from tracker.models import (
    Case,
    CaseItem,
    Consultation,
    Dispatch,
    EntryText,
    LedgerRow,
    Letter,
    StoredEntry,
    VoidedEntry,
    note_for_search,
)
from tracker.queries.ledger_void import Touched
from tracker.services.case_record import recompute
from tracker.services.context import Context
from tracker.services.ledger_facts import CONSULTATION_REF

_ENDS = {str(EntryType.DISPATCHED), str(EntryType.ABANDONED), str(EntryType.WITHDRAWN)}


def undo_continuation(ctx: Context, continued: Touched, import_id: int) -> None:
    """Remove the last entries of a log, those an import added, and what hangs on them. The case is locked and nothing
    was recorded after them."""
    session = ctx.session
    case = session.get_one(Case, continued.case_id)
    entries = session.scalars(
        select(StoredEntry).where(StoredEntry.case_id == case.id, StoredEntry.seq >= continued.first)
    ).all()
    _restore_outcome(session, case, continued, entries)
    texts = [entry.text_id for entry in entries if entry.text_id is not None]
    letters = letters_of(entries)
    consultations = [
        entry.details["consultation_id"] for entry in entries if entry.details.get("consultation_id")
    ]
    resumed = any(entry.type == EntryType.RESUMED for entry in entries)
    added = (StoredEntry.case_id == case.id) & (StoredEntry.seq >= continued.first)
    keep_digests(session, import_id, added)
    for entry in entries:
        session.delete(entry)
    session.flush()
    session.execute(delete(EntryText).where(EntryText.id.in_(texts)))
    session.execute(delete(Consultation).where(Consultation.id.in_(consultations)))
    session.execute(delete(Dispatch).where(Dispatch.letter_id.in_(letters)))
    session.execute(delete(Letter).where(Letter.id.in_(letters)))
    session.execute(delete(LedgerRow).where(LedgerRow.case_id == case.id, LedgerRow.import_id == import_id))
    if resumed:
        asked = (Consultation.case_id == case.id) & (Consultation.ref == CONSULTATION_REF)
        session.execute(update(Consultation).where(asked).values(answered_on=None))
    note_for_search(session, [case.id])
    recompute(ctx, case)


def keep_digests(session: Session, import_id: int, which: ColumnElement[bool]) -> None:
    """Keep place and digest of entries that are about to go; the database lets no other entry go."""
    kept = (StoredEntry.case_id, StoredEntry.seq, StoredEntry.recorded_at, StoredEntry.digest)
    session.execute(
        insert(VoidedEntry).from_select(
            ["import_id", *(column.key for column in kept)], select(literal(import_id), *kept).where(which)
        )
    )


def letters_of(entries: Iterable[StoredEntry]) -> list[int]:
    """Keys of the letters that entries name."""
    return [entry.details["letter_id"] for entry in entries if "letter_id" in entry.details]


def _restore_outcome(
    session: Session, case: Case, continued: Touched, entries: Sequence[StoredEntry]
) -> None:
    if continued.tells_outcome:
        before = continued.outcome_before
    elif _ENDS & {entry.type for entry in entries}:
        before = None
    else:
        return
    case.disposition = before
    item = session.scalar(
        select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.position).limit(1)
    )
    if item is not None:
        item.disposition = before
