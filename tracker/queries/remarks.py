"""备注 of the register: what was last written in its cell, or came with the register a case was imported from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.amendments import Amendable
from tracker.domain.case_log import EntryType
from tracker.domain.ledger_line import own_remark
from tracker.models import EntryText, LedgerRow, StoredEntry


def remark_of(session: Session, case_id: int) -> str:
    """The remark of one case, empty for none."""
    return remarks_of(session, [case_id]).get(case_id, "")


def remarks_of(session: Session, case_ids: Sequence[int]) -> dict[int, str]:
    """Remarks of the cases that have one. What a register only said of a case not yet answered is none."""
    remarks: dict[int, str] = {}
    imported = select(LedgerRow.case_id, LedgerRow.remark).where(LedgerRow.case_id.in_(case_ids))
    for case_id, remark in session.execute(imported.order_by(LedgerRow.id)):
        remarks[case_id] = own_remark(remark)
    written = (
        select(StoredEntry.case_id, StoredEntry.details, EntryText.text)
        .outerjoin(EntryText, EntryText.id == StoredEntry.text_id)
        .where(StoredEntry.case_id.in_(case_ids), StoredEntry.type == str(EntryType.REGISTRATION_AMENDED))
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    )
    for case_id, details, text in session.execute(written):
        if details.get("what") == Amendable.REMARK:
            remarks[case_id] = text or ""
    return {case_id: remark for case_id, remark in remarks.items() if remark}
